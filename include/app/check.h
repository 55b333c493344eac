/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CHECK_H
#define APP_CHECK_H

/* vastop --check: what makes processes easier to attack, or about to fail, on stdout. */

struct options;

/*
 * Checks each process of the options, after watching it for the samples of the options (0: one is
 * taken). Returns the exit status: EXIT_FOUND when something was found, else that of what went
 * wrong, EXIT_UNDECIDED when not everything could be decided, or EXIT_DONE.
 */
int check_run(const struct options *options);

#endif
