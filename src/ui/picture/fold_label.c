/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/fold_label.h"

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/fold.h"
#include "screen/canvas.h"
#include "ui/picture/band_match.h"
#include "ui/scene.h"
#include "ui/text/words.h"

#define NAMES_MIN 10 /* columns that names behind a count of hidden mappings are worth */

/* Whether all that it holds beside gaps is one mapping, or one part. */
static bool is_single(const struct fold *fold)
{
	return fold->mappings == 1 && fold->parts <= 1;
}

/* The index of the region of a fold's only mapping. */
static size_t only_mapping(const struct scene *scene, const struct band *band)
{
	size_t index = band->region;

	while (scene->regions->regions[index].vma == REGION_GAP)
		index++;
	return index;
}

static void append_count(struct text *text, const struct scene *scene, const struct band *band,
			 const struct fold *fold)
{
	char number[FORMAT_NUMBER_LENGTH];

	if (fold->mappings == 0) {
		words_append_hidden(text, fold->hidden);
		return;
	}
	if (fold->mappings == 1 && fold->parts > 1)
		text_append_format(text, "%s parts", format_number(number, fold->parts));
	else if (fold->mappings == 1)
		words_append_region(text, scene->space, scene->regions, only_mapping(scene, band));
	else
		text_append_format(text, "%s maps", format_number(number, fold->mappings));
}

/* How many more are hidden; gaps beside a mapping, whole or not at all; the names of several. */
static void append_rest(struct text *text, const struct scene *scene, const struct band *band,
			const struct fold *fold, int columns)
{
	const char *gaps = fold->gaps == 1 ? "and a gap" : "and gaps";
	char number[FORMAT_NUMBER_LENGTH];

	if (fold->hidden && fold->mappings) {
		text_append_format(text, "+%s hidden ", format_number(number, fold->hidden));
		columns -= (int)text->length;
	}
	if (is_single(fold) && fold->gaps && (int)utf8_columns(gaps) <= columns)
		text_append(text, gaps);
	if (fold->mappings && !is_single(fold) && columns > (fold->hidden ? NAMES_MIN : 0))
		fold_append_names(text, scene->space, scene->regions, band, (size_t)columns,
				  scene->glyphs->ellipsis);
}

void fold_label_draw(struct canvas *canvas, const struct scene *scene, const struct band *band,
		     const struct fold *fold, const struct band_match *match, int column, int line,
		     int end)
{
	bool single = is_single(fold);
	struct text text = {0};

	append_count(&text, scene, band, fold);
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
		     single || match->dimmed ? ROLE_MUTED : ROLE_DEFAULT);
	text_finish(&text);
}
