/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_words.h"

#include <errno.h>

#include "base/format.h"
#include "base/text.h"
#include "inside/heap_usage.h"
#include "inside/inside_object.h"
#include "model/address_space.h"
#include "ui/box.h"
#include "ui/inside/inside.h"
#include "ui/scene.h"
#include "ui/text/needle_words.h"
#include "ui/text/part_words.h"
#include "ui/text/sentence.h"

#define OTHER_COLUMNS 60 /* what is said beside the names of what a fold holds takes that */

/* What there is room for. */
struct room {
	int columns, lines;
};

/* Appends a clause where it fits, and empties it. */
static void append_if_fits(struct text *text, struct text *clause, struct room room)
{
	struct text longer = {0};

	if (!clause->length)
		return;
	text_append_format(&longer, "%s; %s.", text_string(text), text_string(clause));
	if (box_write_wrapped(NULL, 0, 0, room.columns, room.lines, text_string(&longer),
			      ROLE_DEFAULT) <= room.lines)
		text_append_format(text, "; %s", text_string(clause));
	text_finish(&longer);
	text_clear(clause);
}

/* The chunk under the cursor; false: there is no single one. */
static bool append_chunk(struct text *text, const struct inside *inside, const struct scene *scene,
			 struct room room)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct inside_part *part = inside_level_part(level, inside_level_band(level));
	const struct heap_usage *heap = inside->stuff.source.heap;
	const struct chunk_first *first = &inside->first;
	const struct heap_piece *piece;
	struct text clause = {0};
	uint64_t data = 0;
	size_t index;

	if (!heap || !part || part->type != PART_CHUNK)
		return false;
	index = heap_usage_find(heap, part->start);
	if (index == heap->piece_count)
		return false;
	piece = &heap->pieces[index];
	chunk_words_append_about(text, heap, piece);
	if (inside_chunk(inside, needle_words_word(scene->space), &data) && first->size &&
	    first->address == data)
		chunk_words_append_first(&clause, first);
	append_if_fits(text, &clause, room);
	chunk_words_append_neighbours(&clause, heap, piece);
	append_if_fits(text, &clause, room);
	text_append(&clause, chunk_words_meaning(piece->use));
	append_if_fits(text, &clause, room);
	text_finish(&clause);
	return true;
}

/* "main_arena, variable, 2 200 bytes". */
static void append_what(struct text *text, const struct inside *inside, const struct scene *scene,
			int columns)
{
	const struct inside_level *level = inside_level_const(inside);
	const struct band *band = inside_level_band(level);
	const struct inside_part *part = inside_level_part(level, band);
	const struct part_source *source = &inside->stuff.source;
	const char *type = part ? part_type_name(part, source) : NULL;
	char bytes[FORMAT_NUMBER_LENGTH];

	if (!part || part->type == PART_CHUNKS) {
		part_words_append_fold(text, &level->parts.parts[band->region], band->count, source,
				       columns > OTHER_COLUMNS ? (size_t)(columns - OTHER_COLUMNS)
							       : 0,
				       scene->glyphs->ellipsis);
	} else {
		part_words_append(text, part, source, inside->stuff.page_size,
				  level->grain == INSIDE_SYMBOLS);
		if (type && part_name(part, source))
			text_append_format(text, ", %s", type);
	}
	text_append_format(text, ", %s bytes", format_number(bytes, band->end - band->start));
}

static const char *why_no_pages(int error, const struct scene *scene)
{
	const struct scene_status *status = scene->status;

	switch (error) {
	case 0:
		return status && (status->paused || status->ended)
			       ? "their state at that moment is not known"
			       : "their state is not known yet";
	case -EACCES:
	case -EPERM: return "their state may not be read by this user";
	case -E2BIG: return "too many to be read one by one on this kernel";
	default: return "their state cannot be read here";
	}
}

/* ": 3 of the file, 1 absent", of what is not pages itself "; 4 pages: …". */
static void append_state(struct text *text, const struct inside *inside, const struct scene *scene)
{
	const struct band *band = inside_level_band(inside_level_const(inside));
	uint64_t size = inside->stuff.page_size;
	uint64_t pages = (band->end - 1) / size - band->start / size + 1;
	struct page_sums sums = inside_pages(inside, band->start, band->end);
	const struct vma *vma = inside_mapping(inside, scene->space);
	char number[FORMAT_NUMBER_LENGTH];

	if (inside_level_const(inside)->grain != INSIDE_PAGES)
		text_append_format(text, "; %s %s", format_number(number, pages),
				   pages == 1 ? "page" : "pages");
	text_append(text, ": ");
	if (sums.known && vma)
		part_words_explain_state(text, &sums, size, vma);
	else
		text_append(text, why_no_pages(inside->pieces_error, scene));
}

/* What is missing of the names of symbols, where it matters. */
static const char *lack_of(const struct inside *inside)
{
	static const char *const lacks[INSIDE_LACK_COUNT] = {
		[INSIDE_LACK_STRIPPED] = "The file is stripped: not all symbols have names.",
		[INSIDE_LACK_TOO_LARGE] = "The file has more symbols than vastop reads.",
		[INSIDE_LACK_DAMAGED] = "The file's symbol table is damaged.",
	};
	const struct inside_object *object = inside->stuff.source.object;

	if (!inside->told)
		return "Reading sections and symbols.";
	if (!object)
		return inside->why;
	if (object->sections.from_segments)
		return "The file has no usable section headers: its segments stand in.";
	return lacks[object->lack];
}

/* Why no chunks are shown where they would be; NULL: they are, or there would be none. */
static const char *lack_of_chunks(const struct inside *inside, const struct scene *scene)
{
	if (!inside_may_have_chunks(inside) || inside_has_chunks(inside))
		return NULL;
	if (scene->status && (scene->status->earlier || scene->status->ended))
		return "Chunks are known of the newest moment only.";
	if (!inside->heap_told)
		return "The heap is being walked.";
	return "What malloc keeps here is not known; " SENTENCE_KEY("heap") " says why.";
}

void inside_words_append(struct text *text, const struct inside *inside, const struct scene *scene,
			 int columns, int lines)
{
	const struct inside_level *level = inside_level_const(inside);
	const char *lack;

	if (!level || !level->diagram || inside->gone) {
		sentence_append(
			text, scene->keymap,
			"This mapping is no longer there; " SENTENCE_KEY("out") " goes back.");
		return;
	}
	if (!append_chunk(text, inside, scene, (struct room){columns, lines})) {
		append_what(text, inside, scene, columns * lines);
		append_state(text, inside, scene);
	}
	text_append(text, ".");
	lack = lack_of_chunks(inside, scene);
	if (lack) {
		text_append(text, " ");
		sentence_append(text, scene->keymap, lack);
		return;
	}
	lack = lack_of(inside);
	if (lack)
		text_append_format(text, " %s", lack);
}
