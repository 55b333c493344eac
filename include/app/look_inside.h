/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LOOK_INSIDE_H
#define APP_LOOK_INSIDE_H

/* The action --inside: what is inside the mapping at a place, on stdout, as lines or as JSON. */

struct options;
struct source;

/* Runs it. Returns the exit status. */
int look_inside_run(const struct options *options, struct source *source);

#endif
