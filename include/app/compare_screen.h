/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_COMPARE_SCREEN_H
#define APP_COMPARE_SCREEN_H

/*
 * vastop --diff A B on the screen: B is watched, played or shown as any other, and compared with A,
 * side by side (ui/difference/difference_pane.h).
 */

#include <stdbool.h>

struct options;

/* Whether --diff is for the screen: in a terminal, unless text or a format is asked for. */
bool compare_screen_is_meant(const struct options *options);

/* Returns the exit status, after saying what went wrong. */
int compare_screen_run(const struct options *options);

#endif
