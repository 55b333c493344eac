/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/random_key.h"

#include <sys/random.h>
#include <time.h>

#include "kernel/clock.h"

struct hash_key random_key(void)
{
	struct hash_key key;

	if (getrandom(&key, sizeof(key), GRND_NONBLOCK) != (ssize_t)sizeof(key))
		key = (struct hash_key){{(uint64_t)clock_ns(CLOCK_MONOTONIC), (uintptr_t)&key}};
	return key;
}
