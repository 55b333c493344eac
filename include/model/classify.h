/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_H
#define MODEL_CLASSIFY_H

/*
 * Finds the kind, its source, the owner and the thread of every VMA. Pure: all that was read of
 * the process and of its files comes in as arguments.
 */

#include <stddef.h>

#include "model/classify_facts.h"

struct thread_stacks;

/*
 * Fills kind, kind_source, owner, identity and tid of count VMAs, sorted and disjoint; all other
 * fields are input (name without " (deleted)" where deleted is set). What the threads' stacks make
 * of the mappings besides is added to *ret_stacks, which starts as all zeroes. O(count log count).
 */
void classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
	      struct thread_stacks *ret_stacks);

#endif
