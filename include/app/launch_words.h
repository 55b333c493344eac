/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LAUNCH_WORDS_H
#define APP_LAUNCH_WORDS_H

/* What vastop says about a command that it starts: sentences on stderr, and exit statuses. */

#include "app/launch.h"

/*
 * Says why the command cannot be started, as launch_start() returned it. Returns the exit status:
 * 127 when there is no such command, 126 when it cannot be executed (as shells do), else
 * EXIT_TROUBLE.
 */
int launch_say_error(const char *command, const char *output, int error, enum launch_step step);

/*
 * Says how the command ended, or as which process it continues, and where its output is. With wait
 * true its end was seen, and its status is waited for. A fresh file that stayed empty is removed.
 * Nothing is said a second time, of a command that is still held (it will never run), and of NULL.
 */
void launch_say_end(struct launch *launch, bool wait);

#endif
