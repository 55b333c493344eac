/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/part_list.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pattern.h"
#include "base/search.h"
#include "inside/heap_usage.h"
#include "inside/inside_object.h"
#include "model/kind.h"

/* Older C libraries do not know it: glibc since 2.36. */
#ifndef SHT_RELR
#define SHT_RELR 19
#endif

void part_list_finish(struct part_list *list)
{
	free(list->parts);
	*list = (struct part_list){0};
}

struct part_maker part_maker_begin(struct part_list *list, uint64_t start, uint64_t end)
{
	*list = (struct part_list){0};
	return (struct part_maker){.list = list, .at = start, .end = end};
}

void part_maker_append(struct part_maker *maker, struct inside_part part)
{
	struct part_list *list = maker->list;

	part.start = maker->at;
	if (part.end > maker->end)
		part.end = maker->end;
	if (part.start >= part.end)
		return;
	list->parts =
		memory_array_grow(list->parts, list->count, &maker->capacity, sizeof(*list->parts));
	list->parts[list->count++] = part;
	maker->at = part.end;
}

static void append_nameless(struct part_maker *maker, uint64_t end, uint8_t kind)
{
	part_maker_append(maker,
			  (struct inside_part){.end = end, .type = PART_NAMELESS, .kind = kind});
}

void part_list_sections(struct part_list *list, const struct part_source *source, uint64_t start,
			uint64_t end)
{
	struct part_maker maker = part_maker_begin(list, start, end);
	const struct section_list *sections = source->object ? &source->object->sections : NULL;
	size_t index = sections ? section_list_from(sections, start - source->bias) : 0;

	for (; sections && index < sections->count && maker.at < end; index++) {
		const struct inside_section *section = &sections->sections[index];

		/* The bias may wrap round, but not between two addresses of one mapping. */
		if (section->start + source->bias >= end)
			break;
		append_nameless(&maker, section->start + source->bias, KIND_GAP);
		part_maker_append(&maker, (struct inside_part){.end = section->end + source->bias,
							       .index = (uint32_t)index,
							       .type = PART_SECTION,
							       .kind = section->kind});
	}
	append_nameless(&maker, end, KIND_GAP);
}

/* The kind of the section at the address. */
static uint8_t kind_at(const struct part_source *source, uint64_t address)
{
	const struct inside_section *section =
		section_list_at(&source->object->sections, address - source->bias);

	return section ? section->kind : KIND_GAP;
}

void part_list_symbols(struct part_list *list, const struct part_source *source, uint64_t start,
		       uint64_t end)
{
	struct part_maker maker = part_maker_begin(list, start, end);
	const struct symbol_list *symbols = source->object ? &source->object->symbols : NULL;
	size_t index = symbols ? symbol_list_from(symbols, start - source->bias) : 0;
	size_t last = symbols ? symbol_list_from(symbols, end - source->bias) : 0;
	size_t each = (last - index) / PARTS_MAX + 1;
	uint8_t kind = symbols ? kind_at(source, start) : KIND_GAP;

	for (size_t next; symbols && index <= last && index < symbols->symbol_count; index = next) {
		const struct inside_symbol *symbol = &symbols->symbols[index];
		size_t left = symbols->symbol_count - index, count = each < left ? each : left;

		next = index + count;
		if (symbol->start + source->bias >= end)
			break;
		append_nameless(&maker, symbol->start + source->bias, kind);
		part_maker_append(
			&maker,
			(struct inside_part){.end = symbols->symbols[next - 1].end + source->bias,
					     .index = (uint32_t)index,
					     .count = count > 1 ? (uint32_t)count : 0,
					     .type = count > 1 ? PART_SYMBOLS : PART_SYMBOL,
					     .kind = kind_at(source, maker.at)});
	}
	append_nameless(&maker, end, kind);
}

void part_list_pages(struct part_list *list, uint64_t start, uint64_t end, uint64_t page_size,
		     uint64_t most)
{
	struct part_maker maker = part_maker_begin(list, start, end);
	uint64_t size = page_size;

	while ((end - 1) / size - start / size >= (most > 2 ? most : 2))
		size *= 2;
	while (maker.at < end)
		part_maker_append(&maker, (struct inside_part){.end = (maker.at / size + 1) * size,
							       .type = PART_PAGES,
							       .kind = KIND_GAP});
}

const struct inside_part *part_list_at(const struct part_list *list, uint64_t address)
{
	size_t index = SEARCH_ABOVE(list->parts, list->count, end, address);

	return index < list->count && list->parts[index].start <= address ? &list->parts[index]
									  : NULL;
}

const char *part_name(const struct inside_part *part, const struct part_source *source)
{
	switch (part->type) {
	case PART_SECTION: return source->object->sections.sections[part->index].name;
	case PART_SYMBOL: return source->object->symbols.symbols[part->index].shown;
	default: return NULL;
	}
}

static const char *section_type_name(const struct inside_section *section)
{
	static const struct {
		uint32_t type;
		const char *name;
	} names[] = {
		{SHT_SYMTAB, "symtab"},
		{SHT_STRTAB, "strtab"},
		{SHT_RELA, "rela"},
		{SHT_HASH, "hash"},
		{SHT_DYNAMIC, "dynamic"},
		{SHT_NOTE, "note"},
		{SHT_REL, "rel"},
		{SHT_DYNSYM, "dynsym"},
		{SHT_INIT_ARRAY, "init_array"},
		{SHT_FINI_ARRAY, "fini_array"},
		{SHT_PREINIT_ARRAY, "preinit_array"},
		{SHT_GROUP, "group"},
		{SHT_RELR, "relr"},
		{SHT_GNU_HASH, "gnu_hash"},
		{SHT_GNU_LIBLIST, "gnu_liblist"},
		{SHT_GNU_verdef, "gnu_verdef"},
		{SHT_GNU_verneed, "gnu_verneed"},
		{SHT_GNU_versym, "gnu_versym"},
	};

	/* A segment that stands in has no type of its own. */
	if (section->type == SHT_PROGBITS || section->type == SHT_NOBITS ||
	    section->type == SHT_NULL)
		return kind_name((enum kind)section->kind);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].type == section->type)
			return names[i].name;
	return "section";
}

static const char *symbol_type_name(const struct inside_symbol *symbol)
{
	switch (symbol->kind) {
	case INSIDE_FUNCTION: return "function";
	case INSIDE_VARIABLE: return "variable";
	default: return "symbol";
	}
}

const char *part_type_name(const struct inside_part *part, const struct part_source *source)
{
	switch (part->type) {
	case PART_SECTION:
		return section_type_name(&source->object->sections.sections[part->index]);
	case PART_SYMBOL: return symbol_type_name(&source->object->symbols.symbols[part->index]);
	case PART_SYMBOLS: return "symbols";
	case PART_PAGES: return "pages";
	case PART_CHUNK: return heap_use_name((enum heap_use)part->index);
	case PART_CHUNKS: return "chunks";
	default: return NULL;
	}
}

/* A search through names that ascend by address. */
struct searching {
	const struct part_source *source;
	const struct pattern *pattern;
	uint64_t from, to; /* names at addresses of this range only, half-open */
	int direction;
	uint64_t steps;
};

/* Takes a match over, where it is nearer than the one before. */
static void take(const struct searching *searching, uint64_t address, bool is_section, bool *found,
		 struct part_match *match)
{
	bool nearer =
		searching->direction > 0 ? address < match->address : address > match->address;

	if (*found && !nearer)
		return;
	*found = true;
	match->address = address;
	match->is_section = is_section;
}

/* Looks at one name; returns 1 when it matches, 0, or -ELOOP. */
static int look_at(struct searching *searching, uint64_t address, const char *name)
{
	if (address < searching->from || address >= searching->to)
		return 0;
	return pattern_match(searching->pattern, name, strlen(name), &searching->steps);
}

/* The nearest match within the range; -ENOENT or -ELOOP. */
static int search(struct searching *searching, struct part_match *match)
{
	const struct section_list *sections = &searching->source->object->sections;
	const struct symbol_list *symbols = &searching->source->object->symbols;
	uint64_t bias = searching->source->bias;
	bool found = false;
	int result = 0;

	for (size_t i = 0; i < sections->count && result >= 0; i++) {
		uint64_t address = sections->sections[i].start + bias;

		result = look_at(searching, address, sections->sections[i].name);
		if (result > 0)
			take(searching, address, true, &found, match);
	}
	for (size_t i = 0; i < symbols->name_count && result >= 0; i++) {
		bool up = searching->direction > 0;
		size_t index = up ? i : symbols->name_count - 1 - i;
		uint64_t address = symbols->names[index].address + bias;

		result = look_at(searching, address, symbols->names[index].name);
		/* As people write it, too. */
		if (result == 0 && symbols->names[index].shown != symbols->names[index].name)
			result = look_at(searching, address, symbols->names[index].shown);
		if (result > 0) {
			take(searching, address, false, &found, match);
			break;
		}
	}
	if (result < 0)
		return result;
	return found ? 0 : -ENOENT;
}

int part_find_name(const struct part_source *source, uint64_t start, uint64_t end,
		   const struct pattern *pattern, uint64_t address, int direction,
		   struct part_match *ret_match)
{
	struct searching searching = {.source = source,
				      .pattern = pattern,
				      .from = direction > 0 ? address + 1 : start,
				      .to = direction > 0 ? end : address,
				      .direction = direction,
				      .steps = PATTERN_STEPS_A_KEY};
	struct part_match match = {0};
	int error;

	if (!source->object)
		return -ENOENT;
	error = search(&searching, &match);
	if (error == -ENOENT) {
		match.wrapped = true;
		searching.from = direction > 0 ? start : address;
		searching.to = direction > 0 ? address + 1 : end;
		error = search(&searching, &match);
	}
	if (!error)
		*ret_match = match;
	return error;
}
