/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/shown_picture.h"

struct shown_layout shown_layout_of(const struct view *view)
{
	const struct view_window *window = view_window(view);

	return (struct shown_layout){
		.request = {.start = window->start,
			    .end = window->end,
			    .rows = view_rows(view),
			    .scale = view->scale},
		.pin = view->pinned ? view->pin : 0,
		.pinned = view->pinned,
		.low_on_top = view->low_on_top,
		.lines = view->lines,
	};
}

bool shown_layout_same(const struct shown_layout *a, const struct shown_layout *b)
{
	return a->request.start == b->request.start && a->request.end == b->request.end &&
	       a->request.rows == b->request.rows && a->request.scale == b->request.scale &&
	       a->pin == b->pin && a->pinned == b->pinned && a->low_on_top == b->low_on_top &&
	       a->lines == b->lines;
}

/* before: the diagrams to stay calm to; NULL: none. */
static void lay_out(struct shown_picture *picture, const struct shown_picture_source *source,
		    const struct diagram *before, const struct diagram *whole_before)
{
	struct diagram_request request;

	picture->layout = shown_layout_of(source->view);
	request = picture->layout.request;
	request.regions = source->regions;
	request.hint = before;
	request.found = source->found;
	request.pin = picture->layout.pinned ? &picture->layout.pin : NULL;
	picture->diagram = diagram_build(&request);
	if (source->on_paper)
		return;
	band_folds_make(&picture->folds, source->space, source->regions, picture->diagram);
	minimap_update(&picture->minimap, &(struct minimap_source){
						  .space = source->space,
						  .regions = source->regions,
						  .found = source->found,
						  .view = source->view,
						  .diagram = picture->diagram,
						  .folds = &picture->folds,
						  .before = whole_before,
					  });
}

void shown_picture_lay_out(struct shown_picture *picture, const struct shown_picture_source *source)
{
	struct diagram *before = picture->diagram;

	lay_out(picture, source, before, before);
	diagram_destroy(before);
}

void shown_picture_outdate(struct shown_picture *picture)
{
	picture->layout = (struct shown_layout){0};
	picture->minimap.current = false;
	band_folds_finish(&picture->folds);
}

void shown_picture_finish(struct shown_picture *picture)
{
	band_folds_finish(&picture->folds);
	minimap_finish(&picture->minimap);
	diagram_destroy(picture->diagram);
	*picture = (struct shown_picture){.diagram = NULL};
}

bool shown_wish_make(const struct shown_picture *picture, const struct view *view,
		     const struct find *find, struct shown_wish *ret_wish)
{
	struct diagram *whole = picture->minimap.whole;

	if (!picture->diagram)
		return false;
	*ret_wish = (struct shown_wish){
		.find = find_wish_make(find),
		.view = *view,
		.before = diagram_share(picture->diagram),
		.whole_before = diagram_share(whole ? whole : picture->diagram),
	};
	return true;
}

bool shown_wish_same(const struct shown_wish *a, const struct shown_wish *b)
{
	const struct shown_layout one = shown_layout_of(&a->view),
				  other = shown_layout_of(&b->view);

	return shown_layout_same(&one, &other) && find_wish_same(&a->find, &b->find);
}

void shown_wish_finish(struct shown_wish *wish)
{
	diagram_destroy(wish->before);
	diagram_destroy(wish->whole_before);
	wish->before = wish->whole_before = NULL;
}

void shown_wish_lay_out(const struct shown_wish *wish, const struct address_space *space,
			const struct region_list *regions, const struct candidates *found,
			struct shown_picture *ret_picture)
{
	struct view view = wish->view;

	view_follow(&view, regions);
	*ret_picture = (struct shown_picture){.diagram = NULL};
	lay_out(ret_picture,
		&(struct shown_picture_source){
			.space = space, .regions = regions, .found = found, .view = &view},
		wish->before, wish->whole_before);
}
