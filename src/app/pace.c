/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/pace.h"

#define MILLISECOND_NS INT64_C(1000000)

void pace_add(struct pace *pace, int64_t now_ns)
{
	int64_t begin = pace->next_ns > now_ns ? pace->next_ns : now_ns;

	pace->next_ns = begin + PACE_FRAME_NS;
}

int pace_wait(const struct pace *pace, int64_t now_ns)
{
	int64_t early = pace->next_ns - (PACE_AT_ONCE - 1) * PACE_FRAME_NS - now_ns;

	return early > 0 ? (int)((early + MILLISECOND_NS - 1) / MILLISECOND_NS) : 0;
}
