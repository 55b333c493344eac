/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RESIDENCY_EQUAL_H
#define TESTS_UNIT_RESIDENCY_EQUAL_H

#include "model/residency.h"

/* Both say the same of the same ranges; NULL is nothing. */
static inline void assert_same_residency(const struct residency *a, const struct residency *b)
{
	assert_int_equal(!a, !b);
	if (!a)
		return;
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		assert_true(a->runs[i].start == b->runs[i].start &&
			    a->runs[i].end == b->runs[i].end &&
			    a->runs[i].flags == b->runs[i].flags);
	assert_int_equal(a->covered_count, b->covered_count);
	if (a->covered_count)
		assert_memory_equal(a->covered, b->covered, a->covered_count * sizeof(*a->covered));
	assert_int_equal(a->blurred_count, b->blurred_count);
	if (a->blurred_count)
		assert_memory_equal(a->blurred, b->blurred, a->blurred_count * sizeof(*a->blurred));
	assert_int_equal(a->source, b->source);
	assert_int_equal(a->partial, b->partial);
	assert_int_equal(a->swap_hides, b->swap_hides);
}

#endif
