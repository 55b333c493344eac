/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_OWN_SPACE_H
#define TESTS_UNIT_OWN_SPACE_H

/* A snapshot of the test itself. */

#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"

/* The caller destroys it. */
static inline struct address_space *own_space_read(void)
{
	const struct procfs_options procfs = {.root = "/proc"};
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, getpid(), &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

#endif
