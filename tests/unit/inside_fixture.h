/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UNIT_INSIDE_FIXTURE_H
#define UNIT_INSIDE_FIXTURE_H

/*
 * What could be inside the program of sample_python(): sections and symbols, .data and .bss of
 * which share a page, and the state of pages.
 */

#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/inside_object.h"
#include "inside/part_list.h"
#include "model/page_pieces.h"
#include "support/stage.h"
#include "ui/inside/inside.h"
#include "ui/inside/inside_pane.h"
#include "ui/inside/inside_wants.h"

#define BIAS      UINT64_C(0x55b5c3c00000)
#define TEXT      (BIAS + 0x6a000)
#define DATA      (BIAS + 0x5f4000) /* the mapping */
#define DATA_END  (BIAS + 0x749000)
#define HEAP      UINT64_C(0x55b5f7c8d000)
#define BSS_START UINT64_C(0x748a40) /* of the section, within the last page of the mapping */
#define PAGE_SIZE UINT64_C(4096)

static const struct inside_section fixture_sections[] = {
	{0x0, 0x69800, ".rodata", SHT_PROGBITS, SHF_ALLOC, 0, false, KIND_RODATA},
	{0x6a000, 0x2fa800, ".text", SHT_PROGBITS, SHF_ALLOC, 0x6a000, false, KIND_TEXT},
	{0x5f3000, 0x5f4000, ".init_array", SHT_INIT_ARRAY, SHF_ALLOC, 0x5f2000, false, KIND_RELRO},
	{0x5f4000, 0x5f4800, ".got", SHT_PROGBITS, SHF_ALLOC, 0x5f3000, false, KIND_DATA},
	{0x5f4880, BSS_START, ".data", SHT_PROGBITS, SHF_ALLOC, 0x5f3880, false, KIND_DATA},
	{BSS_START, 0x78d000, ".bss", SHT_NOBITS, SHF_ALLOC, 0, true, KIND_BSS},
};

#define NAME(where, bytes, word, what, who)                                          \
	{                                                                            \
		.address = (where), .size = (bytes), .name = (word), .kind = (what), \
		.reach = (who)                                                       \
	}

static const struct inside_name fixture_names[] = {
	NAME(0x6a100, 0x200, "main", INSIDE_FUNCTION, INSIDE_GLOBAL),
	NAME(0x6a300, 0x10000, "_PyEval_EvalFrameDefault", INSIDE_FUNCTION, INSIDE_GLOBAL),
	NAME(0x7a400, 0x30, "parse", INSIDE_FUNCTION, INSIDE_LOCAL),
	NAME(0x5f4880, 0x2100, "small_ints", INSIDE_VARIABLE, INSIDE_LOCAL),
	NAME(0x5f7000, 0x198, "PyType_Type", INSIDE_VARIABLE, INSIDE_GLOBAL),
	NAME(0x5f7198, 0x198, "PyLong_Type", INSIDE_VARIABLE, INSIDE_GLOBAL),
	NAME(0x600000, 0x40000, "builtins", INSIDE_VARIABLE, INSIDE_LOCAL),
	NAME(0x748a00, 0x40, "last", INSIDE_VARIABLE, INSIDE_GLOBAL),
	NAME(0x748a80, 0x9000, "_PyRuntime", INSIDE_VARIABLE, INSIDE_GLOBAL),
	NAME(0x752000, 8, "counter", INSIDE_VARIABLE, INSIDE_GLOBAL),
};

#define FIXTURE_SECTIONS (sizeof(fixture_sections) / sizeof(fixture_sections[0]))
#define FIXTURE_NAMES    (sizeof(fixture_names) / sizeof(fixture_names[0]))

/* An object of the first so many sections and symbols. */
static inline struct inside_object *fixture_part(size_t sections, size_t names)
{
	struct inside_parts parts = {
		.sections = {.sections = memory_resize(NULL, sizeof(fixture_sections)),
			     .count = sections},
		.names = memory_resize(NULL, sizeof(fixture_names)),
		.name_count = names,
		.source = names ? INSIDE_SOURCE_SYMTAB : INSIDE_SOURCE_NONE,
		.lack = names ? INSIDE_LACK_NOTHING : INSIDE_LACK_STRIPPED,
	};

	memcpy(parts.sections.sections, fixture_sections, sizeof(fixture_sections));
	memcpy(parts.names, fixture_names, sizeof(fixture_names));
	for (size_t i = 0; i < FIXTURE_NAMES; i++)
		parts.names[i].limit = UINT64_MAX;
	return inside_object_create(&parts);
}

static inline struct inside_object *fixture_object(void)
{
	return fixture_part(FIXTURE_SECTIONS, FIXTURE_NAMES);
}

/* Of each four pages of a range: one of the file, one written, one of zeroes, one absent. */
static inline void fixture_pages(struct page_pieces *pieces, uint64_t start, uint64_t end)
{
	static const enum page_sort sorts[] = {PAGES_FILE, PAGES_ANON, PAGES_ZERO, PAGES_ABSENT};

	page_pieces_init(pieces, start, end);
	for (uint64_t at = start; at < end; at += PAGE_SIZE)
		page_pieces_add(pieces, at, at + PAGE_SIZE, sorts[at / PAGE_SIZE % 4], false);
}

/* The pane on a stage. */
static inline struct inside *fixture_inside(const struct stage *stage)
{
	return &((struct inside_pane *)stage_pane(stage, &inside_pane))->inside;
}

/* Tells what is in the object and which pages are in memory, as the loop does. */
static inline void fixture_tell(struct stage *stage, struct inside_object *object)
{
	const struct inside *inside = fixture_inside(stage);
	struct page_pieces *pieces = memory_alloc(sizeof(*pieces));

	inside_wants_take_object(&stage->ui, inside->place.start,
				 &(struct inside_found){.object = object, .bias = BIAS});
	ui_layout(&stage->ui);
	fixture_pages(pieces, inside->place.start, inside->place.end);
	inside_wants_take_pages(&stage->ui, pieces, 0);
	free(pieces);
}

#endif
