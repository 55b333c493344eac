/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_COURSE_SCRIPT_H
#define TESTS_UNIT_COURSE_SCRIPT_H

/* A course that looks at a process of two mappings. */

#include "scan_script.h"

#define SECOND INT64_C(1000000000)

static const struct procfs_options options = {.root = "/p", .avoid = 5};
static struct address_space *space;
static struct scan_course course;

static inline int begin(void **state)
{
	(void)state;
	script_reset();
	space = script_space();
	assert_int_equal(scan_course_init(&course, &options, 4711, 0.02), 0);
	call_log_clear();
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	scan_course_finish(&course);
	address_space_destroy(space);
	return 0;
}

/* A step with the snapshot; what is seen of it ends there. */
static inline uint64_t look_to(uint64_t visible_end)
{
	struct scan_scope look = scan_scope_at(space, 0x400000, visible_end);
	uint64_t pause = scan_course_step(&course, &look, false);

	scan_scope_finish(&look);
	return pause;
}

static inline uint64_t step(void)
{
	return scan_course_step(&course, NULL, false);
}

/* Forgets what was found. */
static inline void take(void)
{
	scan_finish(&course.found);
	course.has_found = false;
	call_log_clear();
}

/* Walks and reads all of it. */
static inline void finish_first(void)
{
	look_to(0x402000);
	while (!scan_course_is_idle(&course))
		step();
	take();
}

#endif
