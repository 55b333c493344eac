/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/place_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/names.h"
#include "model/address_space.h"
#include "model/place.h"
#include "screen/suggest.h"

#define SUGGESTED_MAX 4096 /* names that are compared: a moment's work */
#define PART_COLUMNS  24   /* of the expression that are repeated */

/* The names that there are. */
struct known {
	struct arena arena;
	const char **names;
	size_t count, capacity;
};

static void add_name(struct known *known, const char *name)
{
	known->names = memory_array_grow(known->names, known->count, &known->capacity,
					 sizeof(*known->names));
	known->names[known->count++] = name;
}

static void collect(struct known *known, const struct address_space *space)
{
	const char *last = NULL, *name;
	size_t length;

	for (size_t i = 0; place_name_word(i); i++)
		add_name(known, place_name_word(i));
	for (size_t i = 0; i < space->vma_count && known->count < SUGGESTED_MAX; i++) {
		const struct vma *vma = &space->vmas[i];

		if (vma->name == last || (vma->name[0] != '/' && vma->name[0] != '['))
			continue;
		last = vma->name;
		name = names_short(last, &length);
		add_name(known, arena_copy(&known->arena, name, length));
		add_name(known, name);
	}
}

static void append_suggestion(struct text *text, const struct address_space *space,
			      const char *bytes, const struct place_mistake *mistake)
{
	const char *written = bytes + mistake->offset;
	struct known known = {0};
	const char *nearest;

	collect(&known, space);
	nearest = suggest_word(written, mistake->length, known.names, known.count);
	if (nearest) {
		text_append(text, "; did you mean ");
		utf8_append_escaped(text, nearest, strlen(nearest));
		text_append_char(text, '?');
	} else {
		text_append(text, mistake->symbols
					  ? "; use a symbol, a file name, a kind, heap or stack."
					  : "; use a file name, a kind, heap or stack (symbols are "
					    "not known).");
	}
	arena_finish(&known.arena);
	free(known.names);
}

/* The files that could be meant; by addresses where their names do not tell them apart. */
static void append_meant(struct text *text, const struct place_mistake *mistake, const char *end)
{
	struct text first = {0}, label = {0};
	bool alike = false;

	vma_append_label(&first, mistake->meant[0]);
	for (size_t i = 1; i < mistake->meant_count; i++) {
		text_clear(&label);
		vma_append_label(&label, mistake->meant[i]);
		alike |= !strcmp(text_string(&first), text_string(&label));
	}
	for (size_t i = 0; i < mistake->meant_count; i++) {
		text_append(text, i ? ", " : "");
		vma_append_label(text, mistake->meant[i]);
		if (alike)
			text_append_format(text, " at %" PRIx64, mistake->meant[i]->start);
	}
	text_append(text, mistake->meant_more ? " or others" : "");
	text_append(text, end);
	text_finish(&first);
	text_finish(&label);
}

/* The part that is wrong, in quotes, not longer than somebody reads. */
static void append_part(struct text *text, const char *bytes, const struct place_mistake *mistake)
{
	size_t length = mistake->length < PART_COLUMNS ? mistake->length : PART_COLUMNS;

	text_append_char(text, '\'');
	utf8_append_escaped(text, bytes + mistake->offset, length);
	text_append(text, length < mistake->length ? "...'" : "'");
}

static const char *words_before(enum place_fault fault)
{
	switch (fault) {
	case PLACE_NUMBER: return "Not a number: ";
	case PLACE_NUMBER_HEX: return "Write hexadecimal numbers with 0x: ";
	case PLACE_SIGN: return "Expected + or - before ";
	case PLACE_NAME: return "Unknown name: ";
	case PLACE_SYMBOL: return "No such symbol: ";
	case PLACE_NAME_SEVERAL:
	case PLACE_SYMBOL_SEVERAL: return "";
	default: return NULL;
	}
}

static const char *words_alone(enum place_fault fault)
{
	switch (fault) {
	case PLACE_EMPTY: return "Expected an address or a name: 7f12a000, heap+0x100, libc.";
	case PLACE_LONG: return "Too long: at most 16 numbers and names.";
	case PLACE_TERM: return "Expected a number or a name at column ";
	default: return "Out of range: addresses lie between 0 and 2^64.";
	}
}

void place_words_append(struct text *text, const struct address_space *space, const char *bytes,
			const struct place_mistake *mistake)
{
	enum place_fault fault = mistake->fault;
	const char *before = words_before(fault);

	if (fault == PLACE_NAME_ABSENT) {
		append_part(text, bytes, mistake);
		text_append(text, " is not mapped in this process, or its place is unknown.");
		return;
	}
	if (!before) {
		text_append(text, words_alone(fault));
		if (fault == PLACE_TERM)
			text_append_format(text, "%zu.", mistake->offset + 1);
		return;
	}
	text_append(text, before);
	append_part(text, bytes, mistake);
	if (fault == PLACE_NAME) {
		append_suggestion(text, space, bytes, mistake);
	} else if (fault == PLACE_SYMBOL_SEVERAL) {
		text_append(text, " is several symbols of ");
		append_meant(text, mistake, ".");
	} else if (fault == PLACE_SYMBOL) {
		text_append(text, " in ");
		append_meant(text, mistake, ".");
	} else if (fault == PLACE_NAME_SEVERAL) {
		text_append(text, " is ambiguous: ");
		append_meant(text, mistake, "?");
	} else {
		text_append_char(text, '.');
	}
}
