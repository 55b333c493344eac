/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture_title.h"

#include <inttypes.h>

#include "base/text.h"
#include "ui/scene.h"
#include "ui/words.h"

void picture_title_append(struct text *text, const struct scene *scene)
{
	const struct view_window *window = view_window(scene->view);
	size_t index = region_list_find(scene->regions, window->start);

	text_append(text, "address space");
	if (lens_title(scene->lens))
		text_append_format(text, ", %s", lens_title(scene->lens));
	if (scene->filtered)
		text_append_format(text, ", only: %s", kind_label(scene->only));
	if (scene->view->depth == 0)
		return;
	text_append(text, scene->glyphs->inside);
	if (index < scene->regions->count && scene->regions->regions[index].end >= window->end)
		words_append_region(text, scene->space, scene->regions, index);
	else
		text_append_format(text, "%" PRIx64 " to %" PRIx64, window->start, window->end);
}
