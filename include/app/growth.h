/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_GROWTH_H
#define APP_GROWTH_H

/* --growth: listens to the page faults of a process for some time, and writes who touched what. */

struct launch;
struct options;
struct source;

/*
 * Listens for the seconds of the options, until the process ends or a signal asks to end, and
 * writes to stdout in the options' format. A launched command (NULL: none) is let go once it is
 * listened to. Takes the source over. Returns the exit status.
 */
int growth_run(const struct options *options, struct source *source, struct launch *launch);

#endif
