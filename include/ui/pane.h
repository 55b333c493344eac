/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_H
#define UI_PANE_H

/*
 * A pane: a part of the screen with a state, a picture and answers to keys and the mouse of its
 * own. Each is one file that defines a struct pane_ops, and one row of the command table
 * (ui/command/commands.c) that opens it. Its state begins with a struct pane and belongs to its
 * file alone.
 *
 * All panes are made when the screen starts. Those that are open form a stack: in each place the
 * topmost one is shown, and keys go to the topmost one that takes the focus. In the functions, NULL
 * stands for what the comment after it says. A scene is const: panes show it; what they change is
 * the struct ui (ui/ui.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/frame.h"

struct band;
struct canvas;
struct mouse;
struct pane;
struct query_matches;
struct scene;
struct ui;
struct view;

/* Where on the screen a pane stands. */
enum pane_place {
	PANE_MAIN,   /* the main view; there is always one */
	PANE_ASIDE,  /* beside the main view, or over it where there is no room beside */
	PANE_BOTTOM, /* below the main view */
	PANE_BODY,   /* over all of these, between header and footer */
	PANE_SCREEN, /* over the header, too */
};

/* What may be new since the last frame when nothing else is; disjoint bits. */
enum pane_news {
	PANE_NEWS_PULSE = 1,  /* series have new points */
	PANE_NEWS_SAMPLE = 2, /* a sample of the same list: its time, the process, its limits */
	PANE_NEWS_USAGE = 4,  /* what is in memory */
	PANE_NEWS_LIST = 8,   /* another list, and so another diagram */
};

#define PANE_NEWS_ALL (PANE_NEWS_PULSE | PANE_NEWS_SAMPLE | PANE_NEWS_USAGE | PANE_NEWS_LIST)

#define PANE_WHEEL_LINES 3 /* that a step of the wheel scrolls by */

/* How far a key moves. */
enum pane_step {
	PANE_LINE,
	PANE_HALF, /* half a page */
	PANE_PAGE,
	PANE_END,
};

/* How a main view with names of its own searches them, in place of the names of mappings. */
struct pane_search {
	void (*ask)(struct ui *ui); /* has what is searched for typed */
	/* Why there is no next match: a sentence, or NULL when there may be one. */
	const char *(*why_no_match)(const struct ui *ui);
	void (*again)(struct ui *ui, int direction); /* the next match down (+1) or up (-1) */
};

struct pane_ops {
	const char *name;
	enum pane_place place;
	bool focus;      /* keys that move and Enter go there while it is open */
	bool leavable;   /* Esc closes it */
	bool from_start; /* it is open when the screen starts */
	bool modal;  /* only its own commands and those for everywhere act while it has the focus */
	bool typing; /* letters are typed into it, and are no commands there */
	const char *only_here; /* of a modal pane: why others do not; a sentence */
	const char *not_here;  /* why its own commands do nothing while it is not shown */
	const char *no_key;    /* what is said of a key without a command; NULL: the usual */
	unsigned ignores;      /* news, enum pane_news, that leave the picture as it is */
	size_t size; /* bytes of the state, which begins with a struct pane and is all zeroes */

	/* Makes what of the state is not zero. NULL: nothing. */
	void (*init)(struct pane *pane);

	/* Frees what the state owns. NULL: it owns nothing. */
	void (*finish)(struct pane *pane);

	/* It is opened: starts from the beginning. NULL: continues as it was. */
	void (*open)(struct pane *pane, struct ui *ui);

	/* It was closed. NULL: nothing. */
	void (*close)(struct pane *pane, struct ui *ui);

	/* The lines wanted on a screen of that size, with the border; NULL: all there are. */
	int (*lines)(struct pane *pane, const struct scene *scene, int columns, int lines);

	/* What is shown has changed: snapshot, baseline, usage or filter. NULL: it keeps nothing.
	 */
	void (*take)(struct pane *pane, struct ui *ui);

	/* Size, diagram or cursor may have changed: keeps its own place in sight. NULL: nothing. */
	void (*settle)(struct pane *pane, struct ui *ui);

	/* Draws all of its place, where may be what was drawn before: box_draw() blanks it. */
	void (*draw)(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		     const struct scene *scene);

	/* Takes a key before any command; false: it is not for the pane. NULL: none is. */
	bool (*key)(struct pane *pane, struct ui *ui, uint32_t key);

	/* Moves up (-1) or down (+1). NULL: the pane below has it. */
	void (*move)(struct pane *pane, struct ui *ui, enum pane_step step, int direction);

	/*
	 * The left button of the mouse is pressed in the pane. Returns whether on something that
	 * a double click goes into, as Enter does. NULL: it means nothing.
	 */
	bool (*press)(struct pane *pane, struct ui *ui, const struct mouse *mouse);

	/* The wheel is turned up (-1) or down (+1) over the pane. NULL: it moves by a line. */
	void (*wheel)(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction);

	/* Why Enter can do nothing: a sentence, or NULL when it can. NULL function: it always can.
	 */
	const char *(*why_not_enter)(const struct pane *pane, const struct ui *ui);

	/* Enter. NULL: there is nothing to go into. */
	void (*enter)(struct pane *pane, struct ui *ui);

	/*
	 * The same for Backspace and the right button, the way back. NULL: Backspace means that of
	 * the main view, and the button means nothing.
	 */
	const char *(*why_not_out)(const struct pane *pane, const struct ui *ui);
	void (*out)(struct pane *pane, struct ui *ui);

	/* Esc: leaves something inside the pane; false: there was nothing. NULL: there never is. */
	bool (*leave)(struct pane *pane, struct ui *ui);

	/*
	 * Of a main view that is a picture: its view, for the commands of any picture. NULL: it is
	 * none.
	 */
	struct view *(*view)(struct pane *pane, struct ui *ui);

	const struct pane_search *search; /* of a main view; NULL: mappings are searched */

	/*
	 * Of a main view with a cursor of its own: what is under it, as a band; false: nothing.
	 * NULL: the view's cursor is the pane's.
	 */
	bool (*selected)(const struct pane *pane, const struct scene *scene, struct band *ret_band);

	/*
	 * Of a main view with an order of its own: the VMA of the next match down (+1) or up (-1)
	 * the screen, of which there is one at least, and whether that is round the end; and the
	 * the rank of one from the top, from 1 on. NULL: the order of addresses.
	 */
	size_t (*next_match)(struct pane *pane, struct ui *ui, const struct query_matches *matches,
			     int direction, bool *ret_wrapped);
	size_t (*match_rank)(struct pane *pane, struct ui *ui, const struct query_matches *matches,
			     size_t vma);

	/* Of a main view: the addresses on the screen, half-open; false: none. NULL: the diagram's.
	 */
	bool (*visible)(const struct pane *pane, const struct scene *scene, uint64_t *ret_start,
			uint64_t *ret_end);
};

struct pane {
	const struct pane_ops *ops;
	struct rect
		rect; /* where it stands, with its border; no lines or columns: it is not seen */
	int wanted;   /* of PANE_BOTTOM: the lines that it wanted when room was made for it */
	bool asked;   /* opened by the user; false of what is there from the start */
	bool over;    /* of PANE_ASIDE: asked for over the main view */
};

/* Whether what is about one pane is about the other, too: they are one, or both are pictures. */
bool pane_ops_is_about(const struct pane_ops *ops, const struct pane_ops *where);

#define PANES_MAX 24

/* All panes, and which are open. All zeroes: none. */
struct pane_stack {
	struct pane *panes[PANES_MAX]; /* owned */
	size_t count;
	struct pane *open[PANES_MAX]; /* of those, the topmost last */
	size_t depth;
};

/* Makes the pane, closed; does nothing when it was made before. */
void pane_stack_add(struct pane_stack *stack, const struct pane_ops *ops);

/* Frees all panes. */
void pane_stack_finish(struct pane_stack *stack);

/* The pane; NULL when it was not made. */
struct pane *pane_stack_find(const struct pane_stack *stack, const struct pane_ops *ops);

/* Whether it is open. */
bool pane_stack_is_open(const struct pane_stack *stack, const struct pane *pane);

/* Puts it on top. */
void pane_stack_push(struct pane_stack *stack, struct pane *pane);

/* Takes it out; does nothing when it is not open. */
void pane_stack_remove(struct pane_stack *stack, const struct pane *pane);

/* The topmost pane of a place; NULL when none is open. */
struct pane *pane_stack_top(const struct pane_stack *stack, enum pane_place place);

/*
 * The pane that has the focus: of those that take it the topmost, but what lies over others goes
 * before what was opened later below it. NULL when none is open.
 */
struct pane *pane_stack_focused(const struct pane_stack *stack);

/*
 * Returns the pane that takes the focus next: the one on the screen that lost the focus longest
 * ago, or NULL if no other pane is on the screen.
 */
struct pane *pane_stack_next(const struct pane_stack *stack);

#endif
