/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SAMPLE_PAIRS_H
#define TESTS_UNIT_SAMPLE_PAIRS_H

/* Pairs of the samples of support/sample.h, as one process at two times. */

#include "model/address_space.h"
#include "support/sample.h"

#define SAMPLE_PAIRS 12

static inline struct address_space *sample_of_pair(int number)
{
	switch (number) {
	case 0: return sample_python();
	case 1: return sample_python_grown(1 << 20);
	case 2: return sample_python_without(0x7f83aa564000);
	case 3: return sample_stacks(1);
	case 4: return sample_stacks(3);
	case 5: return sample_large(20);
	case 6: return sample_large(30);
	default: return sample_empty();
	}
}

/* Both are the caller's. */
static inline void sample_pair(int pair, struct address_space **before, struct address_space **now)
{
	static const int numbers[SAMPLE_PAIRS][2] = {{0, 1}, {1, 0}, {0, 2}, {2, 0},
						     {3, 4}, {4, 3}, {5, 6}, {6, 5},
						     {0, 3}, {3, 1}, {7, 0}, {0, 7}};

	*before = sample_of_pair(numbers[pair][0]);
	*now = sample_of_pair(numbers[pair][1]);
	(*now)->time_ns += 1000000000;
	address_space_share_list(*now, *before);
}

#endif
