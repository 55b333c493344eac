/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CHANGE_EQUAL_H
#define TESTS_UNIT_CHANGE_EQUAL_H

/* Changes compared field by field, but for time, kind and name. */

#include "model/change.h"

static inline void assert_change(const struct change *change, const struct change *expected)
{
	assert_int_equal(change->type, expected->type);
	assert_int_equal(change->start, expected->start);
	assert_int_equal(change->end, expected->end);
	assert_int_equal(change->old_start, expected->old_start);
	assert_int_equal(change->old_end, expected->old_end);
	assert_int_equal(change->size, expected->size);
	assert_int_equal(change->delta, expected->delta);
	assert_int_equal(change->perms, expected->perms);
	assert_int_equal(change->old_perms, expected->old_perms);
}

#endif
