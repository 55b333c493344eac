/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ONCE_PICTURE_H
#define APP_ONCE_PICTURE_H

/* The picture that --once writes. */

#include <stdio.h>

struct once_target;
struct options;
struct theme;

/*
 * Writes the picture of the target's sample in the format of the options, of the size of the
 * options, else that of the terminal on stdout. What the filter of the options leaves out is
 * dimmed. Returns 0, or -errno when writing failed.
 */
int once_picture_write(FILE *stream, const struct options *options,
		       const struct once_target *target, const struct theme *theme);

#endif
