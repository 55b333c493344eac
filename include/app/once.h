/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ONCE_H
#define APP_ONCE_H

/* vastop --once: samples of one or several processes, as pictures or reports on stdout. */

#include <stddef.h>

#include "app/once_target.h"

struct options;

/*
 * Finds the processes of the options and reports on them, as often as the options say. Returns the
 * exit status; what went wrong was said. A process that cannot be read, or ends, is left out and
 * gives the status, the others are reported on.
 */
int once_run(const struct options *options);

/* The same of targets that were opened, which it closes; scan as in app/once_target.h. */
int once_run_targets(const struct options *options, struct once_target *targets, size_t count,
		     once_scan *scan);

/* The same of one that has a sample already, which was recorded, and no source. */
int once_run_recorded(const struct options *options, struct once_target *target);

#endif
