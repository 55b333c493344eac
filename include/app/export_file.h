/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_EXPORT_FILE_H
#define APP_EXPORT_FILE_H

/*
 * A file that others read while it is written again and again: they see the old one, or the new one
 * as a whole. What is being written has the same name with ".new" behind it, which no collector of
 * "*.prom" reads, and takes the place of the file at the end.
 */

#include <stdio.h>

struct export_file {
	FILE *stream; /* to write to */
	/* Private: */
	const char *path; /* not owned */
	char *fresh;
};

/* Begins a new file at the path, which must live until it is closed. Returns 0 or -errno. */
int export_file_open(struct export_file *file, const char *path);

/*
 * Puts what was written in the place of the file, readable for all as far as umask(2) allows.
 * Returns 0; or -errno, the first error of writing: then the file is as it was.
 */
int export_file_close(struct export_file *file);

#endif
