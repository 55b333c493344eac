/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SAVE_H
#define APP_SAVE_H

/*
 * What the screen shows, saved in a new file of the current folder that only its owner can read:
 * vastop-PID-DATE-TIME.txt, .svg or .json. A thread writes it, as a file system may not answer.
 */

#include <stdbool.h>

#include "ui/ui.h"

struct answerer;
struct canvas;

/* All zeroes: nothing was saved yet. */
struct save {
	struct answerer *answerer; /* NULL: the thread was not started yet */
};

/* What a drawing needs to know. */
struct save_page {
	const struct canvas *canvas; /* the screen */
	const char *theme;           /* its theme, as theme_file_read() takes it */
	bool dark;
};

/* Begins to save the page, or of UI_SAVE_JSON the snapshot that is shown. */
void save_begin(struct save *save, struct save_page page, enum ui_save form, struct ui *ui);

/* Readable when save_take() has something to say; -1: nothing to wait for. */
int save_descriptor(const struct save *save);

/* Says where it was saved, or why not. */
void save_take(struct save *save, struct ui *ui);

/* Ends the thread, after a file that is being written where it can be. */
void save_finish(struct save *save);

#endif
