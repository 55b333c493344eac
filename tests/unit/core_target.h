/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_CORE_TARGET_H
#define TESTS_UNIT_CORE_TARGET_H

/* The sample of a Python-like process, as if it came from a core file; the caller destroys it. */

#include "model/address_space.h"
#include "support/sample.h"

static inline struct address_space *core_target_make(const struct target_death *death)
{
	struct address_space *space = sample_python();

	space->target.is_core = true;
	space->target.death = *death;
	return space;
}

#endif
