/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_GROW_DOWN_H
#define MODEL_GROW_DOWN_H

/*
 * Whether an access to an unmapped address makes the next mapping above grow down to it: the main
 * stack, and what was mapped with MAP_GROWSDOWN of mmap(2). As expand_downwards() and
 * acct_stack_growth() of the kernel's mm/ decide; since Linux 4.20 it does not matter where the
 * stack pointer is.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct page_facts;
struct vma;

enum grow_down_answer {
	GROW_DOWN_NO,
	GROW_DOWN_PERHAPS, /* flags that are not known decide */
	GROW_DOWN_YES,
};

struct grow_down {
	const struct vma *vma; /* that grows */
	uint64_t more;         /* bytes that it grows by, whole pages */
	bool limited;          /* a limit that is not known may refuse it */
};

/* Fills *ret_growth unless the answer is no. O(log mappings). */
enum grow_down_answer grow_down_find(const struct address_space *space, uint64_t address,
				     const struct page_facts *facts, struct grow_down *ret_growth);

#endif
