/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HEAP_PANE_H
#define UI_PANE_HEAP_PANE_H

/*
 * What malloc's arenas hold (ui/pane/heap_draw.h). The heap is walked as long as the pane is open,
 * and the picture shows what of it is free. Enter shows the arena under the cursor in the main
 * view.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/allocator.h"
#include "ui/pane.h"

struct heap_usage;
struct ui;

struct heap_pane {
	struct pane pane;
	enum allocator allocator; /* of the process, for every snapshot while it is shown */
	int error;                /* why the last one knew nothing: -errno, 0 */
	size_t top, cursor;       /* lines */
};

extern const struct pane_ops heap_pane;

/* Whether the heap of the newest snapshot is to be walked. */
bool heap_pane_wants(const struct ui *ui);

/*
 * Shows what a walk found, or why it found nothing (-errno; then heap is NULL). The heap is not
 * owned, and must live until the next call.
 */
void heap_pane_take(struct ui *ui, const struct heap_usage *heap, int error);

#endif
