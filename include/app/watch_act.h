/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WATCH_ACT_H
#define APP_WATCH_ACT_H

/* Does with the process that is watched what the screen asks for. */

struct ui;
struct ui_host;
struct ui_request;
struct watch;

/*
 * Samples now, reads smaps, samples at another interval, plays a recording in another way, or
 * begins or ends one: what of it the request has.
 */
void watch_act(struct watch *watch, struct ui *ui, const struct ui_request *request);

/* Tells the screen whether it is recorded, and how a recording is played. */
void watch_act_tell(const struct watch *watch, struct ui_host *host);

#endif
