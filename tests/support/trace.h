/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_TRACE_H
#define SUPPORT_TRACE_H

/*
 * What keys and the mouse do to a screen, step by step, as a text to compare with a file of
 * tests/golden: of each step what it asked the loop for, where the cursor is, what was said, and
 * the lines that changed, with their roles. A wrong line of any pane that a user could see is in
 * there.
 */

#include "base/text.h"

struct canvas;
struct pane_ops;
struct stage;

struct trace {
	struct stage *stage;
	struct text text;
	struct canvas *before; /* what was shown before the step */
};

/* Begins with the whole screen. */
void trace_begin(struct trace *trace, struct stage *stage);

/*
 * Steps with a space between each two: the name of a key; "=TEXT" types each of its letters;
 * "@TEXT" clicks where the screen has that text, "@@TEXT" twice, "@^TEXT" and "@_TEXT" turn the
 * wheel up and down there; "#COLUMNSxLINES" makes the screen that large. In texts "_" stands for a
 * space, unless it is all of it.
 */
void trace_steps(struct trace *trace, const char *steps);

/* All of it with one course of steps. */
void trace_run(struct stage *stage, const char *steps, const char *name);

/* A heading for what the test did itself, and what this changed. */
void trace_note(struct trace *trace, const char *note);

/*
 * Of a pane so many lines from one of its own on (negative: counted from its end), at each width of
 * the screen from 40 columns to that: what goes and what is cut where there is less room. Compared
 * with tests/golden/<name>.txt.
 */
void trace_widths(struct stage *stage, const struct pane_ops *pane, int first, int lines, int most,
		  const char *name);

/*
 * Presses every line of a pane and one around it, at its left end, within and at its right end,
 * each time from its second entry on: the cursor then, which is the pane's own number. Compared
 * with tests/golden/<name>.txt.
 */
void trace_presses(struct stage *stage, const struct pane_ops *pane, size_t *cursor,
		   const char *name);

/* Compares all of it with tests/golden/<name>.txt, and frees it. */
void trace_end(struct trace *trace, const char *name);

#endif
