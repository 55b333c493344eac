/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_HEAP_WANTS_H
#define UI_HEAP_WANTS_H

/*
 * Which panes want to know what is inside the heap: that of its arenas
 * (ui/pane/heap_pane.h), and that of a mapping's inside (ui/inside/inside_pane.h) with chunks; and
 * once it was walked the growers and the chart, which follow what of it is in use and what is free.
 * A worker walks it; the loop asks, and gives what was found to them and to the picture.
 */

#include <stdbool.h>
#include <stdint.h>

struct heap_usage;
struct ui;

/* Whether the heap of the newest snapshot is to be walked: one of them is seen. */
bool heap_wants(const struct ui *ui);

/*
 * Shows what a walk of the snapshot of that time found, or why it found nothing (-errno; then heap
 * is NULL). The heap is not owned, and must live until the next call. False, and nothing changes,
 * when it is of a program that the process no longer runs.
 */
bool heap_wants_take(struct ui *ui, const struct heap_usage *heap, int error, int64_t time_ns);

/* Stops showing it once no pane is open that has it renewed. */
void heap_wants_release(struct ui *ui);

#endif
