/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HEADROOM_H
#define MODEL_HEADROOM_H

/*
 * How near a process is to the limits of its address space: what it uses of each against what the
 * kernel allows, counted as the kernel counts (mm/mmap.c: may_expand_vm(), acct_stack_growth()).
 * Bytes, but for mappings, which are a number.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;

/* Pages that the kernel keeps free below a stack: stack_guard_gap (mm/mmap.c), its default. */
#define HEADROOM_GUARD_PAGES 256

enum headroom_item {
	HEADROOM_MAPPINGS,      /* against vm.max_map_count; [vsyscall] is none */
	HEADROOM_STACK,         /* the main stack against RLIMIT_STACK and what lies below it */
	HEADROOM_ADDRESS_SPACE, /* all mappings against RLIMIT_AS */
	HEADROOM_DATA,          /* private writable mappings but the stack, against RLIMIT_DATA */
	HEADROOM_COUNT,
};

enum headroom_level {
	HEADROOM_FINE,
	HEADROOM_NEAR,  /* from 80 percent of the limit on */
	HEADROOM_SHORT, /* from 95 percent on */
};

struct headroom_use {
	uint64_t used;
	uint64_t limit; /* or TARGET_UNLIMITED, TARGET_UNKNOWN */
	enum headroom_level level;
};

struct headroom {
	struct headroom_use uses[HEADROOM_COUNT];
	bool has_stack;
	uint64_t stack_gap;        /* unmapped bytes below the main stack; 0 without one */
	uint64_t gap, gap_start;   /* the largest unmapped range below the end of user addresses,
				    * and where it begins; 0 when there is none */
	enum headroom_level level; /* the worst of all */
};

/* Measures the snapshot. O(n). */
void headroom_measure(const struct address_space *space, struct headroom *ret_headroom);

/* The level of so much used of a limit; HEADROOM_FINE where there is none, or none is known. */
enum headroom_level headroom_level(uint64_t used, uint64_t limit);

/* "mappings", "stack", "address space", "data". */
const char *headroom_item_name(enum headroom_item item);

#endif
