/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/pace.h"

#define MILLISECOND_NS INT64_C(1000000)

/* The time for which the share allows such a cost, within the bounds. */
static int64_t allowed(const struct pace *pace, int64_t cost_ns)
{
	double time = (double)cost_ns / pace->share;

	if (time >= (double)PACE_MOST_NS)
		return PACE_MOST_NS;
	return time > (double)PACE_LEAST_NS ? (int64_t)time : PACE_LEAST_NS;
}

void pace_add(struct pace *pace, int64_t now_ns, int64_t cost_ns)
{
	const int64_t latest = now_ns + PACE_REST_NS + PACE_MOST_NS;
	int64_t begin = pace->next_ns > now_ns ? pace->next_ns : now_ns;

	pace->next_ns = begin + allowed(pace, cost_ns);
	/* News that the user waits for are shown early, however often: others need not pay. */
	if (pace->next_ns > latest)
		pace->next_ns = latest;
}

int pace_wait(const struct pace *pace, int64_t now_ns)
{
	int64_t early = pace->next_ns - PACE_REST_NS - now_ns;

	return early > 0 ? (int)((early + MILLISECOND_NS - 1) / MILLISECOND_NS) : 0;
}
