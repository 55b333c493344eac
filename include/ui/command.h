/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

/*
 * All that the reader can do: one table, a row a command. Keys, help screen, footer and manual
 * page come from it.
 */

#include <stddef.h>
#include <stdint.h>

struct ui;

/* What the loop has to do after a command; bits. */
enum reaction {
	REACT_NONE = 0,
	REACT_REDRAW = 1,
	REACT_RELAYOUT = 2 | REACT_REDRAW,
	REACT_RESAMPLE = 4,                /* take a sample now */
	REACT_INTERVAL = 8 | REACT_REDRAW, /* ui->interval_ns has changed */
	REACT_REPAINT = 16 | REACT_REDRAW, /* send the whole screen again */
	REACT_QUIT = 32,
	REACT_SMAPS = 64 | REACT_REDRAW,  /* read smaps once */
	REACT_THEME = 128 | REACT_REDRAW, /* show the next theme */
	REACT_MOUSE = 256 | REACT_REDRAW, /* ui->mouse has changed */
	REACT_PICK = 512 | REACT_REDRAW,  /* let another process be chosen */
};

/* Where a command does something. */
enum command_place {
	COMMAND_ANYWHERE,
	COMMAND_PICTURE, /* not while the table is shown */
	COMMAND_TABLE,   /* only then */
};

#define COMMAND_KEYS_MAX 5

struct command {
	const char
		*section;   /* that begins with this row; NULL: it is in the one of the row above */
	const char *name;   /* stable, for key files: "zoom-in" */
	const char *help;   /* what it does, for the help screen and the manual page */
	const char *footer; /* one word for the footer; NULL: not there */
	int rank;           /* of the word: those from 1 on that there is room for are shown */
	unsigned (*run)(struct ui *ui);
	/* Why it can do nothing now: a sentence; NULL when it can. NULL function: it always can. */
	const char *(*unavailable)(const struct ui *ui);
	enum command_place place;
	uint32_t keys[COMMAND_KEYS_MAX]; /* 0 ends the list; the first is shown in the footer */
};

/* The table; *ret_count rows. */
const struct command *command_table(size_t *ret_count);

/* The command of a key; NULL when it has none. */
const struct command *command_find(uint32_t key);

#endif
