/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_UI_H
#define UI_UI_H

/*
 * The interactive picture: holds the reader's place, lays the newest snapshot out, runs commands
 * and draws. It reads no clock, no terminal and no process: all that comes in from the loop.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "layout/diagram.h"
#include "layout/region.h"
#include "model/headroom.h"
#include "model/identity.h"
#include "ui/ever.h"
#include "ui/find.h"
#include "ui/frame.h"
#include "ui/glyphs.h"
#include "ui/kept_usage.h"
#include "ui/lower.h"
#include "ui/marks.h"
#include "ui/minimap.h"
#include "ui/prompt.h"
#include "ui/scene.h"
#include "ui/table.h"
#include "ui/view.h"

struct address_space;
struct canvas;
struct chronicle;
struct command;
struct keymap;
struct mouse;
struct residency;
struct usage_table;

enum overlay {
	OVERLAY_NONE,
	OVERLAY_HELP,
	OVERLAY_INSPECTOR, /* on screens too narrow for it beside the picture */
};

/* What stands in the place of the picture. */
enum body {
	BODY_DIAGRAM,
	BODY_TABLE,
};

struct ui;

/*
 * What a line is typed for. The functions return reactions and find the line in ui->prompt; before
 * accept and cancel the prompt is closed, and they may open it again.
 */
struct ui_prompt {
	const char *label;                 /* before the line: "/", "filter: " */
	unsigned (*change)(struct ui *ui); /* after each change of the text; NULL: nothing */
	unsigned (*accept)(struct ui *ui); /* Enter */
	unsigned (*cancel)(struct ui *ui); /* Esc; NULL: nothing */
};

struct ui {
	struct view view;
	struct frame frame;
	enum overlay overlay;
	int help_top;   /* first line of the help that is shown */
	bool inspector; /* beside the picture, where there is room */
	enum body body;
	struct table table; /* its cursor is the view's while it is shown */
	bool table_stale;   /* its rows are to be made anew by ui_layout() */
	struct lower lower;
	bool lower_chosen;    /* the reader chose it; before, the size of the screen does */
	bool paused;          /* the picture stays; the chronicle goes on */
	uint64_t moment;      /* of the history, while paused */
	bool ended;           /* there will be no more samples */
	uint64_t interval_ns; /* between two frames; 0: not known here */
	enum lens lens;       /* what the colours of bars stand for */
	struct find find;     /* what the reader looks for */
	struct view asked_at; /* where the reader was when a search was asked for */
	uint64_t smaps_ns;    /* what reading smaps would cost, by the loop; 0: it cannot be read */
	const char *why_no_picker;      /* why no other process can be chosen; NULL: it can */
	bool has_mouse;                 /* the terminal has one; by the loop */
	bool mouse;                     /* what is done with it is reported here */
	const struct ui_prompt *asking; /* what a line is typed for now; NULL: nothing */
	struct prompt prompt;           /* that line; afterwards the last one */
	uint64_t keys;                  /* how many were pressed so far */
	uint64_t confirm_at; /* the key of that number, if it is the same again, means yes */
	char answer[256];    /* for a message that is no constant */
	struct text told;    /* for one that may be long, or names keys (ui/sentence.h) */
	const char *message; /* the answer to the last key; NULL for none */
	const struct glyphs *glyphs;
	const struct keymap *keymap;       /* not owned; NULL: the command table's own keys */
	const struct address_space *space; /* what is shown: the newest snapshot, or past */
	struct address_space *past;        /* owned; NULL while the newest is shown */
	struct chronicle *chronicle;       /* not owned; NULL for a picture on paper */
	struct identity growth;            /* of the space since the mark; with a chronicle */
	struct headroom headroom;          /* of the space */
	/* Of the newest snapshot, not owned; NULL: not known. */
	const struct usage_table *usage;
	const struct residency *residency;
	struct kept_usage kept; /* of the moment of pausing */
	struct marks marks;
	struct ever ever;
	struct region_list regions;
	struct diagram *diagram;
	struct minimap minimap; /* with a chronicle */
};

/* Starts a picture on paper of a snapshot, which must live as long. */
void ui_init(struct ui *ui, const struct address_space *space, bool unicode);

/* Starts an interactive picture of a chronicle, which must live as long. */
void ui_init_live(struct ui *ui, struct chronicle *chronicle, bool unicode);
void ui_finish(struct ui *ui);

/*
 * Takes over that the chronicle has a new snapshot (the one before is not there any more). now_ns
 * is any clock that does not go back, for the marks. Returns reactions.
 */
unsigned ui_take_snapshot(struct ui *ui, int64_t now_ns);

/*
 * What of the newest snapshot is in memory: the usage of its mappings and the pages (NULL: not
 * known). Neither is owned; they must live until the next call, which comes after each
 * ui_take_snapshot(), as that forgets them. Past moments are shown without. Returns reactions.
 */
unsigned ui_set_usage(struct ui *ui, const struct usage_table *usage,
		      const struct residency *residency);

/* The addresses that are on the screen, half-open; needs a ui_layout() before. */
void ui_visible(const struct ui *ui, uint64_t *ret_start, uint64_t *ret_end);

/*
 * Lets marks settle. Returns reactions and sets *ret_next_ns to when this is due again;
 * MARKS_NEVER when nothing is marked.
 */
unsigned ui_settle_marks(struct ui *ui, int64_t now_ns, int64_t *ret_next_ns);

/*
 * Shows that snapshot, which must live as long as it is shown: remakes all that depends on it.
 * Needs a ui_layout().
 */
void ui_set_space(struct ui *ui, const struct address_space *space);

/* Opens or closes the pane below the picture. Needs a ui_layout(). */
void ui_set_lower(struct ui *ui, enum lower_pane pane);

/* Takes over what is hidden and marked, after ui->find has changed. Needs a ui_layout(). */
void ui_take_find(struct ui *ui);

/*
 * What is known of what is shown: of the newest snapshot, and of the moment that was the newest one
 * when the picture was paused. NULL: nothing, as of all other moments.
 */
const struct usage_table *ui_usage(const struct ui *ui);
const struct residency *ui_residency(const struct ui *ui);

/* Takes a new size of the screen over. Needs a ui_layout(). */
void ui_resize(struct ui *ui, int columns, int lines);

/* The same for a picture on paper: no panes but header and picture. */
void ui_resize_plain(struct ui *ui, int columns, int lines);

/* Makes the diagram and the table's rows anew, after the space, the size or the view changed. */
void ui_layout(struct ui *ui);

/* Has the reader type a line, which begins as that text; until it ends, all keys go there. */
void ui_ask(struct ui *ui, const struct ui_prompt *asking, const char *text);

/* Runs a command, or says why it can do nothing; returns reactions. */
unsigned ui_run(struct ui *ui, const struct command *command);

/* Does what a press of the mouse means where it happened; returns reactions. */
unsigned ui_handle_mouse(struct ui *ui, const struct mouse *mouse);

/* Runs the command of a key; returns reactions (ui/command.h). */
unsigned ui_handle_key(struct ui *ui, uint32_t key);

#endif
