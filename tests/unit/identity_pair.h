/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_IDENTITY_PAIR_H
#define TESTS_UNIT_IDENTITY_PAIR_H

/* Two snapshots, written as in /proc/PID/maps, and their identity. */

#include "maps_space.h"
#include "model/identity.h"

struct pair {
	struct address_space *before, *now;
	struct identity identity;
};

static inline void pair_init(struct pair *pair, const char *before, const char *now)
{
	pair->before = maps_space_create(NULL, before);
	pair->now = maps_space_create(NULL, now);
	identity_init(&pair->identity, pair->before, pair->now);
}

static inline void pair_finish(struct pair *pair)
{
	identity_finish(&pair->identity);
	address_space_destroy(pair->before);
	address_space_destroy(pair->now);
}

#endif
