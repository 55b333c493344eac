/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/show.h"

#include <stdlib.h>

#include "base/memory.h"
#include "layout/selection.h"
#include "ui/command.h"
#include "ui/ui.h"

/* Whether what is under the cursor has a band of its own. */
static bool is_alone(const struct ui *ui)
{
	return view_band(&ui->view, ui->diagram)->count == 1;
}

static void try_zoom(struct ui *ui, unsigned zoom)
{
	view_set_zoom(&ui->view, zoom);
	ui_layout(ui);
}

/* The regions of the window, as a list that borrows them. */
static struct region_list list_window(const struct ui *ui, size_t *ret_first)
{
	const struct view_window *window = view_window(&ui->view);
	size_t first = region_list_find(&ui->regions, window->start);
	size_t last = region_list_find(&ui->regions, window->end - 1);
	struct region_list list = ui->regions;

	if (last >= list.count)
		last = list.count - 1;
	list.regions += first;
	list.count = last - first + 1;
	*ret_first = first;
	return list;
}

/*
 * The least zoom above low at which the layout is going to show the cursor's region by itself. What
 * is shown alone is shown alone with more rows, too, so that the zoom can be halved for; choosing
 * costs much less than laying out.
 */
static unsigned find_zoom(const struct ui *ui, unsigned low)
{
	unsigned high = VIEW_ZOOM_MAX;
	size_t first;
	struct region_list list = list_window(ui, &first);
	size_t index = region_list_find(&ui->regions, ui->view.cursor) - first;
	bool *shown = memory_alloc(list.count * sizeof(*shown));

	while (low + 1 < high && index < list.count) {
		unsigned middle = low + (high - low) / 2;

		selection_choose(&list, ui->view.lines << middle, NULL, shown);
		if (shown[index])
			high = middle;
		else
			low = middle;
	}
	free(shown);
	return high;
}

/* The diagram before has a say in the next one, so the zoom that was found may be one too low. */
static void unfold(struct ui *ui)
{
	unsigned zoom = view_window(&ui->view)->zoom;

	ui_layout(ui);
	if (is_alone(ui) || zoom == VIEW_ZOOM_MAX)
		return;
	for (zoom = find_zoom(ui, zoom); zoom <= VIEW_ZOOM_MAX; zoom++) {
		try_zoom(ui, zoom);
		if (is_alone(ui))
			return;
	}
}

unsigned show_address(struct ui *ui, uint64_t address)
{
	view_show(&ui->view, address);
	unfold(ui);
	return REACT_RELAYOUT;
}
