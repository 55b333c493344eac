/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_OUTPUT_H
#define APP_OUTPUT_H

/*
 * Standard output as a stream that keeps why writing failed. Those of the C library only keep that
 * it did: a full disk is found when a buffer is written, by whichever call that happens in, and is
 * the error of the whole. A file that must not grow further is an error here, too, and not the end
 * by SIGXFSZ.
 */

#include <stdio.h>

#define OUTPUT_BYTES 65536 /* of one write(2); as much as a pipe holds */

struct output {
	FILE *stream; /* to write to, in any way */
	/* Private: */
	int error;    /* the first one, -errno */
	char *buffer; /* the stream's */
};

/* Opens it; must not move until it is closed. */
void output_open(struct output *output);

/*
 * Closes it, what was written being written out. Returns the exit status: EXIT_DONE, or
 * EXIT_TROUBLE after saying what failed: the first error of the stream, else the error of what
 * wrote to it (0 or -errno).
 */
int output_close(struct output *output, int error);

/* Says that writing failed. Returns EXIT_TROUBLE. */
int output_say_error(int error);

/* Makes it an error of write(2) that a file must not grow further (RLIMIT_FSIZE). */
void output_refuse_signal(void);

#endif
