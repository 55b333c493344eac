/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_COMPARE_H
#define APP_COMPARE_H

/* vastop --diff A B: what is different in two address spaces, on stdout. */

struct options;

/* Compares the two operands. Returns the exit status, after saying what went wrong. */
int compare_run(const struct options *options);

#endif
