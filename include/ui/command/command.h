/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_COMMAND_H
#define UI_COMMAND_COMMAND_H

/*
 * What the user can do: a row of the table in ui/command/commands.c. Keys, help, footer, manual
 * page and the user's key file come from it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pane_ops;
struct ui;

#define COMMAND_KEYS_MAX 5

/* The one word that the footer has for a command; all zeroes: none. */
struct command_word {
	const char *word;
	int rank; /* those from 1 on that there is room for are shown */
};

struct command {
	const char
		*section;   /* that begins with this row; NULL: it is in the one of the row above */
	const char *name;   /* stable, for key files: "zoom-in" */
	const char *former; /* a name it had before, which key files may still have; NULL: none */
	const char *help;   /* what it does, for the help and the manual page */
	struct command_word footer;
	void (*run)(struct ui *ui); /* NULL: opens the pane, or closes it */
	/* Why it can do nothing now: a sentence; NULL when it can. NULL function: it always can. */
	const char *(*why_not)(const struct ui *ui);
	const struct pane_ops *pane;     /* that it opens; NULL: none */
	const struct pane_ops *where;    /* acts only while this is shown; NULL: whatever is */
	bool everywhere;                 /* acts also while a modal pane has the focus */
	uint32_t keys[COMMAND_KEYS_MAX]; /* 0 ends the list; the first is shown in the footer */
};

#endif
