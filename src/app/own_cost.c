/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/own_cost.h"

#include <sys/resource.h>

#define WINDOW_NS INT64_C(2000000000)

static int64_t timeval_ns(struct timeval time)
{
	return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

bool own_cost_add(struct own_cost *cost, int64_t now_ns, int64_t cpu_ns)
{
	if (cost->time_ns == 0) {
		cost->time_ns = now_ns;
		cost->cpu_ns = cpu_ns;
	} else if (now_ns - cost->time_ns >= WINDOW_NS) {
		cost->share = (double)(cpu_ns - cost->cpu_ns) / (double)(now_ns - cost->time_ns);
		cost->time_ns = now_ns;
		cost->cpu_ns = cpu_ns;
		cost->known = true;
	}
	return cost->known;
}

bool own_cost_measure(struct own_cost *cost, int64_t now_ns)
{
	struct rusage usage;

	if (cost->time_ns && now_ns - cost->time_ns < WINDOW_NS)
		return cost->known;
	if (getrusage(RUSAGE_SELF, &usage))
		return cost->known;
	return own_cost_add(cost, now_ns, timeval_ns(usage.ru_utime) + timeval_ns(usage.ru_stime));
}
