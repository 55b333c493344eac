/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_DEBUG_FILES_H
#define FILES_DEBUG_FILES_H

/*
 * Separate debug files, as distributions install them below /usr/lib/debug and as programs have
 * them beside themselves (inside/debug_link.h). They are looked for from this process's root and
 * from the target's, and only what is proven by its build-id or CRC is taken. Waits as long as the
 * file systems do.
 */

#include "base/text.h"

struct debug_finder;
struct mapped_root;

struct debug_files {
	int descriptor; /* of the file that was found; negative: none */
	/* Private: */
	struct mapped_root *root;
	const char *object;
	struct text path;
};

/* object is the path of the object's mapping, or any name that is no path; both outlive it. */
void debug_files_init(struct debug_files *files, struct mapped_root *root, const char *object);

/* Closes what the finder found. */
void debug_files_finish(struct debug_files *files);

/* A finder, as long as the files live and stay where they are. */
struct debug_finder debug_files_finder(struct debug_files *files);

#endif
