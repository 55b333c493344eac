/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_REPLAY_H
#define APP_WATCH_REPLAY_H

/* What the user asks of a recording that is played; of a process nothing is done. */

#include <stdint.h>

struct ui_host;
struct ui_request;
struct ui;
struct watch;

/* Does what is requested. interval_ns is that at which it plays as it was. */
void watch_replay_act(struct watch *watch, struct ui *ui, uint64_t interval_ns,
		      const struct ui_request *request);

/* Says how it is played. */
void watch_replay_tell(const struct watch *watch, struct ui_host *host);

#endif
