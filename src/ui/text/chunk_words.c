/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/chunk_words.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"

/* So many characters are a text; what is none is shown as so many bytes in hexadecimal. */
#define TEXT_LEAST 4
#define HEX_BYTES  8

static const struct use_words {
	const char *name, *neighbour;
	const char *one, *many;           /* behind a number, among others */
	const char *only_one, *only_many; /* the same where there are no others */
	const char *meaning;
} words[HEAP_USE_COUNT] = {
	[HEAP_USE_USED] = {"used chunk", "a used chunk", "used", "used", "used chunk",
			   "used chunks", "malloc(3) gave it out"},
	[HEAP_USE_CACHED] = {"cached chunk", "a cached chunk", "cached", "cached", "cached chunk",
			     "cached chunks",
			     "freed, but its thread keeps it for a malloc(3) of that size"},
	[HEAP_USE_FREE] = {"hole", "a hole", "hole", "holes", "hole", "holes",
			   "a free chunk, which malloc(3) gives out again"},
	[HEAP_USE_TOP] = {"top", "top", "top", "tops", "top", "tops",
			  "the free end of the arena, from which new chunks are cut"},
	[HEAP_USE_MAPPED] = {"large chunk", "a large chunk", "large", "large", "large chunk",
			     "large chunks",
			     "by its looks a chunk of malloc(3) with a mapping of its own"},
	[HEAP_USE_OTHER] = {"malloc's own", "malloc's own", "of malloc's own", "of malloc's own",
			    "of malloc's own", "of malloc's own",
			    "malloc's own, or of others that move the program break"},
	[HEAP_USE_UNKNOWN] = {"not walked", "memory not walked", "not walked", "not walked",
			      "not walked", "not walked",
			      "not in memory, or it changed meanwhile: what it holds is not known"},
};

/* In which they are named: what there is most of as a rule comes first. */
static const enum heap_use order[HEAP_USE_COUNT] = {
	HEAP_USE_USED, HEAP_USE_CACHED, HEAP_USE_FREE,    HEAP_USE_MAPPED,
	HEAP_USE_TOP,  HEAP_USE_OTHER,  HEAP_USE_UNKNOWN,
};

const char *chunk_words_name(enum heap_use use)
{
	return words[use].name;
}

static unsigned count_uses(const struct heap_tally *tally)
{
	unsigned uses = 0;

	for (unsigned use = 0; use < HEAP_USE_COUNT; use++)
		uses += tally->of[use].count > 0;
	return uses;
}

static void append_tally(struct text *text, const struct heap_tally *tally, bool sizes)
{
	bool only = count_uses(tally) == 1;
	const char *apart = "";

	for (size_t i = 0; i < HEAP_USE_COUNT; i++) {
		const struct use_words *use = &words[order[i]];
		uint64_t count = tally->of[order[i]].count, size = tally->of[order[i]].size;
		char number[FORMAT_NUMBER_LENGTH];

		if (!count)
			continue;
		/* Names that are in the plural need none. */
		text_append(text, apart);
		apart = ", ";
		if (order[i] == HEAP_USE_TOP && count == 1) {
			text_append(text, use->name);
			continue;
		}
		text_append_format(text, "%s %s", format_number(number, count),
				   only         ? count == 1 ? use->only_one : use->only_many
				   : count == 1 ? use->one
						: use->many);
		if (sizes && size)
			text_append_format(text, " of %s", format_number(number, size));
		if (sizes && size && only)
			text_append(text, " bytes");
	}
}

void chunk_words_append(struct text *text, const struct heap_usage *heap, uint64_t start,
			uint64_t end, size_t columns)
{
	const struct heap_tally tally = heap_usage_tally(heap, start, end);
	struct text said = {0};

	append_tally(&said, &tally, true);
	if (utf8_columns(text_string(&said)) > columns) {
		text_clear(&said);
		append_tally(&said, &tally, false);
	}
	text_append(text, text_string(&said));
	text_finish(&said);
}

void chunk_words_append_share(struct text *text, const struct heap_usage *heap, uint64_t start,
			      uint64_t end)
{
	const struct heap_tally tally = heap_usage_tally(heap, start, end);
	uint64_t free = tally.of[HEAP_USE_FREE].bytes + tally.of[HEAP_USE_TOP].bytes, known = 0;
	unsigned share;

	for (unsigned use = 0; use < HEAP_USE_COUNT; use++)
		known += use == HEAP_USE_UNKNOWN ? 0 : tally.of[use].bytes;
	if (!known)
		return;
	share = (unsigned)((unsigned __int128)free * 100 / known);
	text_append_format(text, free && !share ? "<1 %% free" : "%u %% free", share);
}

/* "a hole of 48"; where nothing of malloc's is "no chunk". */
static void append_neighbour(struct text *text, const struct heap_piece *piece, bool touches)
{
	char size[FORMAT_NUMBER_LENGTH];

	if (!touches)
		text_append(text, "no chunk");
	else
		text_append_format(text, "%s of %s", words[piece->use].neighbour,
				   format_number(size, piece->end - piece->start));
}

void chunk_words_append_neighbours(struct text *text, const struct heap_usage *heap,
				   const struct heap_piece *piece)
{
	size_t index = (size_t)(piece - heap->pieces);

	text_append(text, "before it ");
	append_neighbour(text, piece - 1, index > 0 && piece[-1].end == piece->start);
	text_append(text, ", after it ");
	append_neighbour(text, piece + 1,
			 index + 1 < heap->piece_count && piece[1].start == piece->end);
}

static bool is_printable(uint8_t byte)
{
	return byte >= ' ' && byte <= '~';
}

void chunk_words_append_first(struct text *text, const struct chunk_first *first)
{
	size_t printable = 0;

	if (first->absent) {
		text_append(text, "its first bytes are not in memory");
		return;
	}
	while (printable < first->size && is_printable(first->bytes[printable]))
		printable++;
	text_append(text, "begins with ");
	if (printable >= TEXT_LEAST)
		text_append_format(text, "\"%.*s\"", (int)printable, (const char *)first->bytes);
	for (size_t i = 0; i < first->size && i < HEX_BYTES && printable < TEXT_LEAST; i++)
		text_append_format(text, "%s%02x", i ? " " : "", first->bytes[i]);
}

static void append_arena(struct text *text, const struct heap_usage *heap,
			 const struct heap_piece *piece)
{
	if (piece->use == HEAP_USE_MAPPED || piece->arena >= heap->count)
		return;
	if (heap->arenas[piece->arena].is_main)
		text_append(text, ", main arena");
	else
		text_append_format(text, ", arena %" PRIx64, heap->arenas[piece->arena].address);
}

void chunk_words_append_about(struct text *text, const struct heap_usage *heap,
			      const struct heap_piece *piece)
{
	char size[FORMAT_NUMBER_LENGTH];

	text_append_format(text, "%s, %s bytes", words[piece->use].name,
			   format_number(size, piece->end - piece->start));
	append_arena(text, heap, piece);
}

const char *chunk_words_meaning(enum heap_use use)
{
	return words[use].meaning;
}
