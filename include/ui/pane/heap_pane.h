/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HEAP_PANE_H
#define UI_PANE_HEAP_PANE_H

/*
 * What malloc's arenas hold (ui/pane/heap_draw.h). The heap is walked as long as the pane is seen
 * (ui/heap_wants.h), and the picture shows what of it is free. Enter shows the chunks of the arena
 * under the cursor in the main view.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/allocator.h"
#include "ui/pane.h"

struct ui;

struct heap_pane {
	struct pane pane;
	struct allocator_found found; /* of the process, as its mappings or a walk tell */
	int64_t found_ns;             /* time of the snapshot that was walked; 0: none was */
	int error;                    /* why the last one knew nothing: -errno, 0 */
	size_t lines;                 /* of arenas, when room was made for them */
	size_t top, cursor;           /* lines */
};

extern const struct pane_ops heap_pane;

/*
 * The heap that is shown is another one, or none is known (error: why, -errno; 0: not yet). The
 * pane must have been made.
 */
void heap_pane_take(struct ui *ui, int error);

/* Which malloc the process of the snapshot of that time has, as its symbols tell, too. */
void heap_pane_take_allocator(struct ui *ui, const struct allocator_found *found, int64_t time_ns);

#endif
