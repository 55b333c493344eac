/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_LINK_H
#define APP_REPLAY_LINK_H

/*
 * What the thread that plays a recording and the screen say to each other: what was in memory, as a
 * source has no place for it; where the user wants to be; how fast it plays. Each side holds it; it
 * is freed with the second one.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/kept_usage.h"
#include "model/replay.h"

struct replay_link;

struct replay_link *replay_link_create(const struct replay_state *state);

/* NULL is allowed. */
void replay_link_release(struct replay_link *link);

/* Of the screen. */

/* The next sample is the one that is wished, and it is held then; a question changes neither. */
void replay_link_wish(struct replay_link *link, const struct replay_wish *wish);
void replay_link_set_held(struct replay_link *link, bool held);
void replay_link_set_speed(struct replay_link *link, unsigned speed);
struct replay_state replay_link_state(struct replay_link *link);

/*
 * Moves what was known of the newest sample to *ret_usage, for kept_usage_finish(). False: it is
 * not of that time, or was taken before.
 */
bool replay_link_take_usage(struct replay_link *link, int64_t time_ns,
			    struct kept_usage *ret_usage);

/* What there is to say since the last call: a sentence that the caller frees; NULL: nothing. */
char *replay_link_take_words(struct replay_link *link);

/* Of the thread. */

/* Takes the wish, of REPLAY_NOTHING where there is none, and the state. */
struct replay_state replay_link_take_wish(struct replay_link *link, struct replay_wish *ret_wish);

/* The sample was read; what was in memory of it, owned from then on. */
void replay_link_publish(struct replay_link *link, int64_t sample, int64_t time_ns,
			 const struct kept_usage *kept);
void replay_link_say(struct replay_link *link, const char *words);

#endif
