/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/fold_label.h"

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/fold.h"
#include "layout/names.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "ui/picture/band_match.h"
#include "ui/picture/band_folds.h"
#include "ui/scene.h"
#include "ui/text/words.h"

#define NAMES_MIN 10 /* columns that names behind a count of hidden mappings are worth */

#define AND_COLUMNS 5 /* of " and " */

#define LIKE_MIN 3 /* of one kind and more are counted */

/* Whether all that it holds beside gaps is one mapping, or one part, with what guards it. */
static bool is_single(const struct fold *fold)
{
	if (fold->accessible == 0)
		return fold->mappings == 1 && fold->parts <= 1;
	return fold->accessible == 1 && fold->guards + fold->reserves <= 1;
}

/* The index of the region of a fold's only mapping. */
static size_t only_mapping(const struct scene *scene, const struct band *band,
			   const struct fold *fold)
{
	size_t index = band->region;

	if (fold->accessible)
		return fold->only;
	while (scene->regions->regions[index].vma == REGION_GAP)
		index++;
	return index;
}

/* Whether all are pieces of one sort: thread stacks, arenas, or memory of one size each. */
static bool is_like(const struct fold *fold)
{
	if (fold->accessible < LIKE_MIN || fold->hidden)
		return false;
	return fold->like == KIND_THREAD_STACK || fold->like == KIND_ARENA ||
	       (fold->like == KIND_ANON && fold->like_size);
}

/* Whether it is nothing but the parts of one object. */
static bool is_object(const struct fold *fold)
{
	return fold->object && fold->accessible == fold->mappings && !fold->hidden;
}

/* "libc text rodata relro data": every kind once, from the lowest address up. */
static void append_object(struct text *text, const struct scene *scene, const struct band *band,
			  const struct fold *fold)
{
	bool said[KIND_COUNT] = {false};
	size_t length;
	const char *name = names_short(fold->object->name, &length);

	utf8_append_escaped(text, name, length);
	for (size_t i = band->region; i < band->region + band->count; i++) {
		enum kind kind = (enum kind)scene->regions->regions[i].kind;

		if (kind == KIND_GAP || said[kind])
			continue;
		said[kind] = true;
		text_append_format(text, " %s", kind_name(kind));
	}
}

/* The index of the lowest gap of a fold that has one. */
static size_t first_gap(const struct scene *scene, const struct band *band)
{
	size_t index = band->region;

	while (scene->regions->regions[index].vma != REGION_GAP)
		index++;
	return index;
}

/* Whether it is a mapping of the kernel's in what no process can map. */
static bool is_beyond(const struct fold *fold)
{
	return fold->is_beyond && fold->mappings == 1 && fold->gaps;
}

/*
 * What lies beyond user addresses, and what is mapped there, for that has the bar and the size: as
 * much of the former as leaves room for the latter.
 */
static void append_beyond(struct text *text, const struct scene *scene, const struct band *band,
			  const struct fold *fold, int columns)
{
	const struct region_list *regions = scene->regions;
	size_t first = first_gap(scene, band);
	const char *gap = words_gap(regions, first);
	struct text mapping = {0};
	int need;

	words_append_region(&mapping, scene->space, regions, only_mapping(scene, band, fold));
	need = (int)utf8_columns(gap) + AND_COLUMNS + (int)utf8_columns(text_string(&mapping));
	if (need <= columns)
		text_append(text, gap);
	else
		text_append_format(text, "%s, %s",
				   regions->regions[first].start < regions->user_end ? "unmapped"
										     : "kernel",
				   text_string(&mapping));
	text_finish(&mapping);
}

void fold_label_append(struct text *text, const struct scene *scene, const struct band *band,
		       const struct fold *fold, int columns)
{
	char number[FORMAT_NUMBER_LENGTH];

	if (fold->mappings == 0)
		words_append_hidden(text, fold->hidden);
	else if (is_beyond(fold))
		append_beyond(text, scene, band, fold, columns);
	else if (fold->runtime)
		text_append(text, runtime_label(fold->runtime));
	else if (is_single(fold))
		words_append_region(text, scene->space, scene->regions,
				    only_mapping(scene, band, fold));
	else if (is_like(fold))
		words_append_alike(text,
				   &(struct words_alike){.count = fold->accessible,
							 .each = fold->like_size,
							 .kind = (uint8_t)fold->like},
				   scene->glyphs);
	else if (is_object(fold))
		append_object(text, scene, band, fold);
	else if (fold->mappings == 1)
		text_append_format(text, "%s parts", format_number(number, fold->parts));
	else
		text_append_format(text, "%s maps", format_number(number, fold->mappings));
}

/* Whether mappings are named that are not all it holds: what guards them is no wonder. */
static bool has_beside(const struct fold *fold)
{
	if (is_single(fold))
		return fold->mappings && (fold->gaps || fold->guards || fold->reserves);
	return is_like(fold) && fold->reserves;
}

/* What there is beside the mappings that are named. */
static void append_beside(struct text *text, const struct scene *scene, const struct band *band,
			  const struct fold *fold)
{
	text_append(text, "and ");
	if (is_like(fold))
		text_append(text, "reserves");
	else if (is_beyond(fold))
		words_append_region(text, scene->space, scene->regions,
				    only_mapping(scene, band, fold));
	else if (fold->accessible && (fold->guards || fold->reserves))
		text_append(text, fold->guards ? "its guard" : "its reservation");
	else
		text_append(text, fold->gaps == 1 ? "a gap" : "gaps");
}

/* How many more are hidden; what is beside mappings, whole or not at all; the names of several. */
static void append_rest(struct text *text, const struct scene *scene, const struct band *band,
			const struct fold *fold, int columns)
{
	char number[FORMAT_NUMBER_LENGTH];

	if (fold->hidden && fold->mappings) {
		text_append_format(text, "+%s hidden ", format_number(number, fold->hidden));
		columns -= (int)text->length;
	}
	if (fold->runtime)
		return;
	if (has_beside(fold)) {
		struct text beside = {0};

		append_beside(&beside, scene, band, fold);
		if ((int)utf8_columns(text_string(&beside)) <= columns)
			text_append_bytes(text, beside.bytes, beside.length);
		else if (fold->reserves)
			text_append(text, scene->glyphs->ellipsis);
		text_finish(&beside);
	}
	if (fold->mappings && !is_single(fold) && !is_like(fold) && !is_object(fold) &&
	    columns > (fold->hidden ? NAMES_MIN : 0))
		band_folds_append_names(scene->folds, text, scene->space, scene->regions, band,
					(size_t)columns, scene->glyphs->ellipsis);
}

void fold_label_draw(struct canvas *canvas, const struct scene *scene, const struct band *band,
		     const struct fold *fold, const struct band_match *match, int column, int line,
		     int end)
{
	bool single = is_single(fold);
	struct text text = {0};

	fold_label_append(&text, scene, band, fold, end - column);
	column += canvas_write(canvas, column, line, end - column, text_string(&text),
			       band_match_role(match, single           ? ROLE_DEFAULT
						      : fold->mappings ? ROLE_FOLD
								       : ROLE_KIND_GAP)) +
		  1;
	if (fold->writable_executable)
		column += canvas_write(canvas, column, line, end - column, "w+x", ROLE_DANGER) + 1;
	text_clear(&text);
	append_rest(&text, scene, band, fold, end - column);
	canvas_write(canvas, column, line, end - column, text_string(&text),
		     single || has_beside(fold) || match->dimmed ? ROLE_MUTED : ROLE_DEFAULT);
	text_finish(&text);
}
