/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_CUT_H
#define APP_CUT_H

/* vastop --export=FILE RECORDING: a part of a recording as a recording of its own. */

struct options;

/* Returns the exit status, after saying what went wrong. */
int cut_run(const struct options *options);

#endif
