/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_DIFFERENCE_DIFFERENCE_PANE_H
#define UI_DIFFERENCE_DIFFERENCE_PANE_H

/*
 * A main view: two address spaces side by side (ui/difference/difference_draw.h): what is shown,
 * and what it is compared with, its baseline unless another was given. Enter unfolds a run of
 * mappings, and shows what is inside one; Backspace folds the run. A click selects a row, the
 * wheel scrolls.
 *
 * What it shows is made elsewhere, as long as it is seen: difference_pane_wants().
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/diff_rows.h"
#include "ui/pane.h"

struct comparison;
struct ui;

struct difference_pane {
	struct pane pane;
	struct comparison *comparison; /* owned; NULL: it is not made yet */
	struct diff_rows rows;         /* of it */
	uint64_t *heights; /* of the rows, in lines, where all are on the screen; else NULL */
	struct diff_place cursor, unfolded;
	bool is_unfolded;  /* a run is */
	bool low_on_top;   /* as the picture was last */
	size_t at, top;    /* of the cursor and the first line: places from the top */
	uint64_t followed; /* the view's cursor when the pane set or took it last */
};

extern const struct pane_ops difference_pane;

/* Whether the screen shows it, and so wants it to be up to date. */
bool difference_pane_wants(const struct ui *ui);

/* Shows the comparison, which it owns from then on. The pane must have been made. */
void difference_pane_take(struct ui *ui, struct comparison *comparison);

#endif
