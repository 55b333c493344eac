/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LIBRARY_SPACE_H
#define TESTS_UNIT_LIBRARY_SPACE_H

#include "model/address_space.h"
#include "model/file_identity.h"

/* A snapshot with one mapping, of a file that was looked for; the caller destroys it. */
static inline struct address_space *make_library(enum file_identity identity)
{
	const struct vma vma = {.start = 0x10000,
				.end = 0x20000,
				.inode = 5,
				.name = "/lib/x",
				.perms = PERM_READ,
				.kind = KIND_FILE,
				.identity = (uint8_t)identity};
	const struct target target = {.pid = 1, .comm = "x", .state = 'S'};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	return space;
}

#endif
