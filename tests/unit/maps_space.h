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
#include "model/thread_stack.h"

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

/* A snapshot of what the facts say of the lines, which the caller destroys. */
static inline struct address_space *maps_space_classify(const struct classify_facts *facts,
							const char *maps)
{
	struct thread_stacks stacks = {0};
	struct address_space *space = NULL;
	struct maps_lines lines;

	maps_lines_init(&lines, maps);
	classify(lines.vmas, lines.count, facts, &stacks);
	if (address_space_create(facts->target, lines.vmas, lines.count, INT64_C(1000000000), 0,
				 &space) ||
	    address_space_set_stacks(space, stacks.parts, stacks.part_count, stacks.lodged,
				     stacks.lodged_count))
		abort();
	thread_stacks_finish(&stacks);
	maps_lines_finish(&lines);
	return space;
}

/* A snapshot of the target (NULL: an ordinary one), which the caller destroys. */
static inline struct address_space *maps_space_create(const struct target *target, const char *maps)
{
	struct target ordinary = maps_space_target();
	struct classify_facts facts = {.target = target ? target : &ordinary};

	return maps_space_classify(&facts, maps);
}

#endif
