/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_MAPS_SPACE_H
#define TESTS_UNIT_MAPS_SPACE_H

/*
 * Snapshots for tests, written as in /proc/PID/maps. The kinds are those that the program itself
 * finds where no file can be read.
 */

#include <stdlib.h>

#include "maps_lines.h"
#include "model/address_space.h"
#include "model/classify.h"

static inline struct target maps_space_target(void)
{
	return (struct target){.pid = 4711,
			       .start_ticks = 1000,
			       .comm = "x",
			       .exe = "/bin/x",
			       .state = 'S',
			       .threads = 1,
			       .page_size = 4096,
			       .start_brk = 0x5000000,
			       .start_stack = 0x7ffc00020000,
			       .rss = TARGET_UNKNOWN,
			       .swap = TARGET_UNKNOWN};
}

/* A snapshot of the target (NULL: an ordinary one), which the caller destroys. */
static inline struct address_space *maps_space_create(const struct target *target, const char *maps)
{
	struct target ordinary = maps_space_target();
	struct address_space *space = NULL;
	struct classify_facts facts;
	struct maps_lines lines;

	facts = (struct classify_facts){.target = target ? target : &ordinary};
	maps_lines_init(&lines, maps);
	classify(lines.vmas, lines.count, &facts);
	if (address_space_create(facts.target, lines.vmas, lines.count, INT64_C(1000000000), 0,
				 &space))
		abort();
	maps_lines_finish(&lines);
	return space;
}

#endif
