/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_RANDOM_SPACE_H
#define TESTS_RANDOM_SPACE_H

/* Address spaces made up from a seed: the same seed always gives the same space. */

#include <stddef.h>
#include <stdint.h>

#include "model/address_space.h"

#define PAGE UINT64_C(4096)

struct random {
	uint64_t state; /* the seed */
};

uint64_t random_next(struct random *random);

/* From 0 to limit - 1. */
uint64_t random_below(struct random *random, uint64_t limit);

/* Spread evenly over the powers of two: from 1 to limit. */
uint64_t random_magnitude(struct random *random, uint64_t limit);

/*
 * Fills count VMAs: sorted, disjoint, page-aligned, half of them touching the one below, of all
 * kinds; now and then one at address 0, one that ends where user addresses do and [vsyscall].
 */
void random_vmas(struct random *random, struct vma *vmas, size_t count);

/* A snapshot of the VMAs; address_space_destroy() frees it. */
struct address_space *space_of(const struct vma *vmas, size_t count);

#endif
