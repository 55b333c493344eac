/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_TORN_READ_H
#define SAMPLER_TORN_READ_H

/*
 * Tells lists that were torn. A long list takes several read() calls, and what the process does
 * in between may leave a mapping out that was there all the time, or show one twice that moved.
 * Shown, such a mapping would flash.
 *
 * What the kernel counts as the size (statm) is the sum over all mappings. So the sum over a list
 * lies between the sizes before and after it, or the list was torn. A mapping that was lost and
 * another one that appeared, of exactly that size, are not distinguished from a moved one.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct pulse;

/* All zeroes is a valid object. */
struct torn_read {
	uint64_t uncounted; /* bytes listed but not counted, modulo 2^64; 0 on all that is known */
};

/*
 * Whether the list is torn, given a pulse right before and one right after it. False where the
 * pulses do not have the size.
 */
bool torn_read_check(const struct torn_read *torn, const struct pulse *before,
		     const struct address_space *space, const struct pulse *after);

/*
 * A list that seemed torn was read again, with pulses before the first and after the second. When
 * both lists have the same sum and the pulses the same size, then neither was torn, but this is
 * how the kernel counts: that is learnt.
 */
void torn_read_learn(struct torn_read *torn, const struct pulse *before,
		     const struct address_space *first, const struct address_space *again,
		     const struct pulse *after);

#endif
