/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/waits.h"

#include <errno.h>

#include "kernel/clock.h"

void waits_init(struct waits *waits)
{
	*waits = (struct waits){0};
	for (int i = 0; i < WAIT_COUNT; i++)
		waits->descriptors[i] = -1;
}

int waits_wait(struct waits *waits, int timeout)
{
	int early = pace_wait(&waits->pace, clock_ns(CLOCK_MONOTONIC));

	for (int i = 0; i < WAIT_COUNT; i++)
		waits->polls[i] = (struct pollfd){
			.fd = early && i >= WAIT_SAMPLE ? -1 : waits->descriptors[i],
			.events = POLLIN,
		};
	if (early && (timeout < 0 || early < timeout))
		timeout = early;
	return poll(waits->polls, WAIT_COUNT, timeout) < 0 && errno != EINTR ? -errno : 0;
}

bool waits_came(const struct waits *waits, enum wait wait)
{
	return waits->polls[wait].revents != 0;
}

bool waits_have_news(const struct waits *waits)
{
	for (int i = WAIT_SAMPLE; i < WAIT_COUNT; i++)
		if (waits->polls[i].revents)
			return true;
	return false;
}
