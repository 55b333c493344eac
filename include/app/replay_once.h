/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_ONCE_H
#define APP_REPLAY_ONCE_H

/* vastop --once --replay=FILE[@TIME]: one sample of a recording, as of a process that runs. */

struct options;

/* Returns the exit status, after saying what went wrong. */
int replay_once_run(const struct options *options);

#endif
