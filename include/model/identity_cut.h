/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_IDENTITY_CUT_H
#define MODEL_IDENTITY_CUT_H

/*
 * Where the lists of two snapshots differ, the first step of finding identities (model/identity.h).
 * A mapping is as it was when range, permissions, backing and name are equal; then no mapping of
 * the other side but its equal has to do with it.
 */

#include <stdbool.h>

#include "model/identity_trace.h"

struct vma;

/*
 * Fills in the hunks, their pieces by address, and of the traces which mappings and pieces they are
 * of; the rest is zero. O(n) in the mappings.
 */
void identity_cut(struct identity *identity);

/* The zeroed traces of both sides, by their numbers: one allocation, which that of before is. */
void identity_allocate_traces(struct identity *identity);

/* Whether the two have the same backing at the addresses that they share. */
bool identity_same_backing(const struct vma *a, const struct vma *b);

/*
 * Whether it has a file behind it: System V shared memory with the id 0 has inode 0, but a device
 * and a path.
 */
bool identity_is_of_file(const struct vma *vma);

#endif
