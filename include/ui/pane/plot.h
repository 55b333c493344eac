/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_PLOT_H
#define UI_PANE_PLOT_H

/*
 * A value over time as a line of dots, 2 by 4 a cell (Braille patterns; ASCII canvases: ' . : |).
 * Each step has one column of dots: from its lowest to its highest value, and joined to the last
 * value of the step before, so that a jump is an upright line. Unknown steps stay blank. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/series.h"
#include "ui/frame.h"

struct canvas;

#define PLOT_STEPS_PER_COLUMN 2

/* The values at the bottom and the top of a chart; low < high. */
struct plot_scale {
	uint64_t low, high;
};

/*
 * A scale with round ends around all known steps. It begins at 0 where the lowest value is less
 * than half of what changes, else just below that value; one that does not change stands in the
 * middle. Returns false and leaves *ret_scale untouched when no step is known.
 */
bool plot_scale_fit(struct plot_scale *ret_scale, const struct series_step *steps, size_t count);

/* Draws the steps from the left on; those that have no room are not shown. */
void plot_draw(struct canvas *canvas, struct rect rect, const struct plot_scale *scale,
	       const struct series_step *steps, size_t count);

#endif
