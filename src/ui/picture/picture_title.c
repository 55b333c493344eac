/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/picture_title.h"

#include <inttypes.h>

#include "base/format.h"
#include "base/text.h"
#include "ui/colour_mode.h"
#include "ui/find.h"
#include "ui/scene.h"
#include "ui/text/words.h"

/* How many there are comes first: it stays where there is not room for all. */
void picture_title_append_filter(struct text *text, const struct scene *scene)
{
	const struct find *find = scene->find;
	const struct query_matches *kept = find_filtered(find);
	char count[FORMAT_NUMBER_LENGTH], all[FORMAT_NUMBER_LENGTH];

	if (!kept)
		return;
	text_append_format(text, ", %s%s of %s: %s", find->filter == FILTER_HIDE ? "only " : "",
			   format_number(count, find_count(kept, scene->space)),
			   format_number(all, scene->space->mappings), find->filtered.text);
}

void picture_title_append(struct text *text, const struct scene *scene)
{
	const struct view_window *window = view_window(scene->view);
	size_t index = region_list_find(scene->regions, window->start);

	text_append(text, "address space");
	if (colour_mode_title(scene->colours))
		text_append_format(text, ", %s", colour_mode_title(scene->colours));
	picture_title_append_filter(text, scene);
	if (scene->view->depth == 0)
		return;
	text_append(text, scene->glyphs->inside);
	if (index < scene->regions->count && scene->regions->regions[index].end >= window->end)
		words_append_region(text, scene->space, scene->regions, index);
	else
		text_append_format(text, "%" PRIx64 " to %" PRIx64, window->start, window->end);
}
