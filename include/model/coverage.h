/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_COVERAGE_H
#define MODEL_COVERAGE_H

/*
 * Which changes of a process are looked for at every interval, and how long those and the others
 * must last to be seen for certain: one that is undone before is perhaps in no list of mappings.
 */

#include <stdint.h>

enum coverage_level {
	COVERAGE_ALL,   /* every change */
	COVERAGE_CODE,  /* sizes, and what is executable; neither r and w nor moves of equal size */
	COVERAGE_SIZES, /* sizes alone */
};

struct coverage {
	enum coverage_level level;
	uint64_t seen_ns; /* what is looked for: the interval, or more where the budget is short */
	uint64_t rest_ns; /* the others: from one list to the next that nothing asks for */
};

#endif
