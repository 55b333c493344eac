/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_DIFF_PAIRS_H
#define MODEL_DIFF_PAIRS_H

/*
 * Which mapping of one address space is which of another, that need not be of the same process.
 *
 * Mappings are aligned by what they are a part of (model/diff_objects.h), their kind and their
 * order, not by their address, which the kernel chooses at random in each run. Only where half of
 * the mappings are the very same in both, as in samples of one process or in a fork, they are the
 * same where they overlap. Of what is left alone then mappings of one place of a file are the same,
 * and of one address where addresses count, so that one of another kind is not taken for two.
 */

#include <stddef.h>

#include "model/diff_sum.h"

struct diff_objects;

#define DIFF_NONE SIZE_MAX

struct diff_pairs {
	size_t *others[DIFF_SIDES]; /* for each VMA the one that it is on the other side */
};

/* Finds them; diff_pairs_finish() frees what it has. O(n log n) in the mappings, but for what
 * model/diff_align.h says. */
void diff_pairs_init(struct diff_pairs *pairs, const struct diff_subject *subjects,
		     const struct diff_objects *objects);
void diff_pairs_finish(struct diff_pairs *pairs);

#endif
