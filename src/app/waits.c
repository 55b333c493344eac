/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/waits.h"

#include <errno.h>

#include "kernel/clock.h"

void waits_init(struct waits *waits, double share)
{
	*waits = (struct waits){
		.pace.share = share,
		.spent_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID),
	};
	for (int i = 0; i < WAIT_COUNT; i++)
		waits->descriptors[i] = -1;
}

/* Whether it is to be waited for although it is early for news. */
static bool is_urgent(const struct waits *waits, int wait)
{
	return wait < WAIT_SAMPLE || (waits->awaited && (wait == WAIT_NEWS || wait >= WAIT_PROBES));
}

int waits_wait(struct waits *waits, int timeout)
{
	int early = pace_wait(&waits->pace, clock_ns(CLOCK_MONOTONIC));

	for (int i = 0; i < WAIT_COUNT; i++)
		waits->polls[i] = (struct pollfd){
			.fd = early && !is_urgent(waits, i) ? -1 : waits->descriptors[i],
			.events = POLLIN,
		};
	if (early && (timeout < 0 || early < timeout))
		timeout = early;
	if (poll(waits->polls, WAIT_COUNT, timeout) < 0 && errno != EINTR)
		return -errno;
	return 0;
}

bool waits_came(const struct waits *waits, enum wait wait)
{
	const int end = wait == WAIT_PROBES ? WAIT_COUNT : (int)wait + 1;

	for (int i = (int)wait; i < end; i++)
		if (waits->polls[i].revents)
			return true;
	return false;
}

bool waits_have_news(const struct waits *waits)
{
	for (int i = WAIT_SAMPLE; i < WAIT_COUNT; i++)
		if (waits->polls[i].revents)
			return true;
	return false;
}

void waits_shown(struct waits *waits)
{
	int64_t spent;

	if (!waits_have_news(waits))
		return;
	spent = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
	pace_add(&waits->pace, clock_ns(CLOCK_MONOTONIC), spent - waits->spent_ns);
	waits->spent_ns = spent;
}
