/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/view.h"

#include <stdlib.h>

#include "model/kind.h"

static uint64_t last_end(const struct region_list *regions)
{
	return regions->regions[regions->count - 1].end;
}

/* The heap if there is one, else the main stack, else the highest mapping of the user's half. */
static uint64_t find_start(const struct region_list *regions)
{
	uint64_t highest = 0, stack = 0;

	for (size_t i = 0; i < regions->count; i++) {
		const struct region *region = &regions->regions[i];

		if (region->kind == KIND_HEAP)
			return region->start;
		if (region->kind == KIND_STACK)
			stack = region->start;
		if (region->vma != REGION_GAP && region->end <= regions->user_end)
			highest = region->start;
	}
	return stack ? stack : highest;
}

void view_init(struct view *view, const struct region_list *regions)
{
	*view = (struct view){.cursor = find_start(regions)};
	view->windows[0].end = last_end(regions);
}

const struct view_window *view_window(const struct view *view)
{
	return &view->windows[view->depth];
}

uint64_t view_rows(const struct view *view)
{
	return (view->lines ? view->lines : 1) << view_window(view)->zoom;
}

uint64_t view_line_of_row(const struct view *view, const struct diagram *diagram, uint64_t row)
{
	return view->low_on_top ? row : diagram->rows - 1 - row;
}

uint64_t view_row_of_line(const struct view *view, const struct diagram *diagram, uint64_t line)
{
	return view_line_of_row(view, diagram, line);
}

void view_visible(const struct view *view, const struct diagram *diagram, uint64_t *ret_start,
		  uint64_t *ret_end)
{
	uint64_t last = view->top + view->lines, start, end, from, to;

	last = last > diagram->rows ? diagram->rows - 1 : last - 1;
	diagram_row_range(diagram, view_row_of_line(view, diagram, view->top), &start, &end);
	diagram_row_range(diagram, view_row_of_line(view, diagram, last), &from, &to);
	*ret_start = start < from ? start : from;
	*ret_end = end > to ? end : to;
}

const struct band *view_band(const struct view *view, const struct diagram *diagram)
{
	return &diagram->bands[diagram_band_at_address(diagram, view->cursor)];
}

static uint64_t cursor_line(const struct view *view, const struct diagram *diagram)
{
	return view_line_of_row(view, diagram, diagram_address_row(diagram, view->cursor));
}

void view_follow(struct view *view, const struct region_list *regions)
{
	view->windows[0].end = last_end(regions);
}

void view_settle(struct view *view, const struct diagram *diagram)
{
	uint64_t line, last_top = diagram->rows > view->lines ? diagram->rows - view->lines : 0;

	if (view->cursor < diagram->start)
		view->cursor = diagram->start;
	if (view->cursor >= diagram->end)
		view->cursor = diagram->end - 1;
	line = cursor_line(view, diagram);
	if (view->lines && view->cursor_at >= view->lines)
		view->cursor_at = view->lines - 1;
	view->top = line > view->cursor_at ? line - view->cursor_at : 0;
	if (view->top > last_top)
		view->top = last_top;
	view->cursor_at = line - view->top;
}

/* Puts the cursor on a line of the picture and scrolls only as far as needed. */
static void go_to_line(struct view *view, const struct diagram *diagram, uint64_t line)
{
	uint64_t start, end;

	diagram_row_range(diagram, view_row_of_line(view, diagram, line), &start, &end);
	view->cursor = start;
	view->cursor_at = line > view->top ? line - view->top : 0;
	view_settle(view, diagram);
}

/*
 * A band is selected at its lowest row: where its address and its name stand. Where it has more
 * rows than bytes, that is the lowest one that is not empty.
 */
static uint64_t band_line(const struct view *view, const struct diagram *diagram, size_t index)
{
	return view_line_of_row(view, diagram,
				diagram_address_row(diagram, diagram->bands[index].start));
}

void view_move_band(struct view *view, const struct diagram *diagram, int direction)
{
	uint64_t line = cursor_line(view, diagram), step = view->lines / 2 + 1;
	size_t index = diagram_band_at_address(diagram, view->cursor);
	uint64_t target = band_line(view, diagram, index);
	bool upwards = (direction < 0) != view->low_on_top; /* in addresses */

	if (upwards || target == line) {
		if (upwards ? index + 1 >= diagram->band_count : index == 0) {
			/* The last band: to its far end. */
			target = direction < 0 ? 0 : diagram->rows - 1;
		} else {
			target = band_line(view, diagram, upwards ? index + 1 : index - 1);
		}
	}
	if (target > line && target - line > step)
		target = line + step;
	if (target < line && line - target > step)
		target = line - step;
	go_to_line(view, diagram, target);
}

void view_move_lines(struct view *view, const struct diagram *diagram, uint64_t lines,
		     int direction)
{
	uint64_t line = cursor_line(view, diagram), last = diagram->rows - 1;

	if (direction < 0)
		line = line > lines ? line - lines : 0;
	else
		line = last - line > lines ? line + lines : last;
	go_to_line(view, diagram, line);
}

void view_move_end(struct view *view, const struct diagram *diagram, int direction)
{
	go_to_line(view, diagram, direction < 0 ? 0 : diagram->rows - 1);
}

void view_select(struct view *view, const struct diagram *diagram, uint64_t line)
{
	uint64_t last = diagram->rows - 1 - view->top;

	/* The exact address stays when its line is chosen again. */
	if (line != view->cursor_at)
		go_to_line(view, diagram, view->top + (line < last ? line : last));
}

bool view_scroll(struct view *view, const struct diagram *diagram, int lines)
{
	uint64_t line = cursor_line(view, diagram), top = view->top, way = (uint64_t)llabs(lines);
	uint64_t end = diagram->rows > view->lines ? diagram->rows - view->lines : 0;

	if (lines < 0)
		top -= top < way ? top : way;
	else
		top += end - top < way ? end - top : way;
	if (top == view->top)
		return false;
	view->top = top;
	if (line < top)
		go_to_line(view, diagram, top);
	else if (line >= top + view->lines)
		go_to_line(view, diagram, top + view->lines - 1);
	else
		view->cursor_at = line - top;
	return true;
}

bool view_enter(struct view *view, const struct diagram *diagram)
{
	const struct band *band = view_band(view, diagram);
	const struct view_window *window = view_window(view);

	if (band->start == window->start && band->end == window->end)
		return false;
	if (view->depth + 1 == VIEW_DEPTH)
		return false;
	view->windows[++view->depth] = (struct view_window){.start = band->start, .end = band->end};
	return true;
}

bool view_leave(struct view *view)
{
	if (view->depth == 0)
		return false;
	view->depth--;
	return true;
}

void view_go(struct view *view, uint64_t address)
{
	while (address < view_window(view)->start || address >= view_window(view)->end)
		if (!view_leave(view))
			break;
	view->cursor = address;
	view->cursor_at = view->lines / 2;
}

void view_show(struct view *view, uint64_t address)
{
	view_go(view, address);
	view->pin = address;
	view->pinned = true;
}

bool view_unpin(struct view *view)
{
	bool pinned = view->pinned;

	view->pinned = false;
	return pinned;
}

bool view_set_zoom(struct view *view, unsigned zoom)
{
	struct view_window *window = &view->windows[view->depth];

	if (zoom > VIEW_ZOOM_MAX || zoom == window->zoom)
		return false;
	window->zoom = zoom;
	return true;
}
