/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_WAITS_H
#define APP_WAITS_H

/*
 * What the loop waits for: the user, signals and news. Between two frames nothing but the user and
 * signals wakes it, so that news are shown together; and what the user waits for.
 */

#include <poll.h>
#include <stdbool.h>

#include "app/pace.h"
#include "app/watch_probes.h"

enum wait {
	WAIT_KEYS,
	WAIT_SIGNALS,
	WAIT_SAMPLE, /* this and what follows are news */
	WAIT_SURVEY,
	WAIT_NEWS,
	WAIT_EXIT,
	WAIT_LIST,
	WAIT_ATTACH,
	WAIT_SAVE,
	WAIT_RECORD,
	WAIT_PROBES, /* the first of as many as there are */
	WAIT_COUNT = WAIT_PROBES + WATCH_PROBES
};

struct waits {
	int descriptors[WAIT_COUNT]; /* to be set before waiting; -1: none */
	bool awaited; /* the user waits for what another thread finds: to be set, too */
	struct pollfd polls[WAIT_COUNT]; /* of the last time */
	struct pace pace;
	int64_t spent_ns; /* the program's processor time when news were shown last */
};

/* Nothing to wait for yet. share is that of one core which the program may take. */
void waits_init(struct waits *waits, double share);

/*
 * Waits until something comes, a signal interrupts, so many milliseconds have passed (-1: any
 * time), or it is time again for news. Returns 0 or -errno.
 */
int waits_wait(struct waits *waits, int timeout);

/* Whether that came, of WAIT_PROBES any of them; and whether any news did. */
bool waits_came(const struct waits *waits, enum wait wait);
bool waits_have_news(const struct waits *waits);

/* A frame was drawn of what came. */
void waits_shown(struct waits *waits);

#endif
