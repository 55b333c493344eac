/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_FILE_H
#define APP_WATCH_FILE_H

/*
 * The file behind the mapping that the screen answers about (ui/pane/go_to_pane.h): looked at by a
 * thread that is started when there is something to look at for the first time.
 */

#include <stdint.h>

struct file_looker;
struct options;
struct ui;

struct watch_file {
	const struct options *options;
	struct file_looker *looker; /* NULL: not started, or it cannot be */
	/* What was asked last. */
	uint64_t start;
	int64_t time_ns; /* of the snapshot; 0: nothing */
};

/* Asks about what the screen shows, if that is something else or newer than before. */
void watch_file_look(struct watch_file *file, const struct ui *ui);

/* Readable when watch_file_take() has something new; -1 while there is nothing to wait for. */
int watch_file_descriptor(const struct watch_file *file);

/* Gives what was found to the screen. */
void watch_file_take(struct watch_file *file, struct ui *ui);

void watch_file_finish(struct watch_file *file);

#endif
