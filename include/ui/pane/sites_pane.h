/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_SITES_PANE_H
#define UI_PANE_SITES_PANE_H

/*
 * Whose code touches new pages (ui/pane/sites_draw.h), as a list or as a tree of functions. The
 * process is listened to as long as the pane is open (ui/sites_wants.h). Enter goes to the band
 * that the site under the cursor touched most of, a command to its code.
 */

#include <stdbool.h>
#include <stddef.h>

#include "ui/pane.h"
#include "ui/pane/sites_lines.h"

struct ui;

struct sites_pane {
	struct pane pane;
	struct sites_lines lines; /* of the sites that are shown */
	enum sites_order order;
	bool all_frames;
	size_t wanted; /* lines, when room was made for them, */
	size_t words;  /* and bytes of words, which are there instead of them */
	size_t top, cursor;
};

extern const struct pane_ops sites_pane;

/* Other sites are shown, or none. The pane must have been made. */
void sites_pane_take(struct ui *ui);

/*
 * The command: a list, a tree of callers, one of callees, and both with the functions that worked
 * for a site, in turn.
 */
void sites_pane_next_order(struct ui *ui);

/* The command: what is inside the mapping of the code under the cursor, or why not. */
void sites_pane_show_code(struct ui *ui);

#endif
