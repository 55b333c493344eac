/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_title.h"

#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "ui/box.h"
#include "ui/inside/inside.h"
#include "ui/scene.h"
#include "ui/text/words.h"

#define CORNERS 8 /* columns that the title does not have: corners, blanks and the line between */

static void append_scale(struct text *text, const struct inside *inside, const struct scene *scene)
{
	const struct inside_level *level = inside_level_const(inside);

	if (level)
		text_append_format(text, "%s  %s%u", scale_name(level->view.scale),
				   scene->glyphs->times, 1u << level->view.windows[0].zoom);
}

static void append_mapping(struct text *text, const struct inside *inside,
			   const struct scene *scene)
{
	const struct region_list *regions = scene->regions;
	size_t index = region_list_find(regions, inside->place.start);

	if (inside_mapping(inside, scene->space) && index < regions->count &&
	    !regions->regions[index].hidden)
		words_append_region(text, scene->space, regions, index);
	else
		text_append(text, "mapping");
}

/* The steps from number first on; 0 is the mapping. */
static void append_way(struct text *text, const struct inside *inside, const struct scene *scene,
		       size_t first)
{
	if (first)
		text_append(text, scene->glyphs->ellipsis);
	else
		append_mapping(text, inside, scene);
	for (size_t i = first ? first : 1; i < inside->depth; i++)
		text_append_format(text, "%s%s", scene->glyphs->inside,
				   text_string(&inside->levels[i].name));
	if (inside->depth && inside_level_is_switched(inside_level_const(inside)))
		text_append_format(text, "%spages", scene->glyphs->inside);
}

void inside_title_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		       const struct inside *inside, const struct scene *scene)
{
	struct text title = {0}, note = {0};
	size_t first = 0;
	int room;

	append_scale(&note, inside, scene);
	room = rect.columns - CORNERS - (int)utf8_columns(text_string(&note));
	append_way(&title, inside, scene, first);
	while ((int)utf8_columns(text_string(&title)) > room && first + 1 < inside->depth) {
		text_clear(&title);
		append_way(&title, inside, scene, ++first);
	}
	box_draw(canvas, frame, rect,
		 &(struct box){.title = text_string(&title),
			       .note = note.length ? text_string(&note) : NULL});
	text_finish(&title);
	text_finish(&note);
}

bool inside_title_is_scale(const struct inside *inside, const struct scene *scene, struct rect rect,
			   int column)
{
	int end = rect.column + rect.columns - 2;
	struct text note = {0};
	int columns;

	append_scale(&note, inside, scene);
	columns = (int)utf8_columns(text_string(&note));
	text_finish(&note);
	return column >= end - columns && column < end;
}
