/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_EXPORT_H
#define APP_EXPORT_H

/*
 * vastop --once --format=openmetrics: the memory of processes as metrics, once to stdout or, with
 * --output, again and again to a file that is never half written. Processes that are named by a
 * pattern come and go between rounds. What a round costs is bounded: by EXPORT_PROCESSES_MAX, and
 * by the budget, which makes it take longer.
 */

struct options;

#define EXPORT_PROCESSES_MAX 512

/* Returns the exit status; what went wrong was said. */
int export_run(const struct options *options);

#endif
