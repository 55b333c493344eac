/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_LIMITS_H
#define MODEL_LIMITS_H

/*
 * How near a process is to the limits of its address space: what it uses of each against what the
 * kernel allows, counted as the kernel counts (mm/mmap.c: may_expand_vm(), acct_stack_growth()).
 * Bytes, but for mappings, which are a number.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;

/* Pages that the kernel keeps free below a stack: stack_guard_gap (mm/mmap.c), its default. */
#define LIMIT_GUARD_PAGES 256

enum limit_item {
	LIMIT_MAPPINGS,      /* against vm.max_map_count; [vsyscall] is none */
	LIMIT_STACK,         /* the main stack against RLIMIT_STACK and what lies below it */
	LIMIT_ADDRESS_SPACE, /* all mappings against RLIMIT_AS */
	LIMIT_DATA,          /* private writable mappings but the stack, against RLIMIT_DATA */
	LIMIT_COUNT,
};

enum limit_level {
	LIMIT_FINE,
	LIMIT_NEAR,  /* from 80 percent of the limit on */
	LIMIT_SHORT, /* from 95 percent on */
};

struct limit_use {
	uint64_t used;  /* or TARGET_UNKNOWN */
	uint64_t limit; /* or TARGET_UNLIMITED, TARGET_UNKNOWN */
	enum limit_level level;
};

struct limits {
	struct limit_use uses[LIMIT_COUNT];
	bool has_stack;
	uint64_t stack_gap;      /* unmapped bytes below the main stack; 0 without one */
	uint64_t gap, gap_start; /* the largest unmapped range below the end of user addresses,
				  * and where it begins; 0 when there is none */
	enum limit_level level;  /* the worst of all */
};

/* Measures the snapshot. O(n). */
void limits_measure(const struct address_space *space, struct limits *ret_limits);

/* The level of so much used of a limit; LIMIT_FINE where there is none, or none is known. */
enum limit_level limit_level(uint64_t used, uint64_t limit);

/* "mappings", "stack", "address space", "data". */
const char *limit_name(enum limit_item item);

#endif
