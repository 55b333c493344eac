/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_CAPTURE_H
#define SUPPORT_CAPTURE_H

/* What a function under test writes to a descriptor (1 or 2), caught in a temporary file. */

struct capture {
	int descriptor, saved, file;
};

void capture_begin(struct capture *capture, int descriptor);

/* Ends the capture; the caller frees the text. */
char *capture_end(struct capture *capture);

/*
 * What a child of this process does that calls the function, with an empty stdin; what that returns
 * is its exit status. The caller frees what came on stdout and stderr.
 */
struct captured {
	char *out, *said;
	int status; /* as from waitpid(2) */
};

struct captured capture_child(int (*function)(const void *context), const void *context);
void captured_finish(struct captured *captured);

#endif
