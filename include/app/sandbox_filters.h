/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_SANDBOX_FILTERS_H
#define APP_SANDBOX_FILTERS_H

/*
 * Filters of system calls as the kernel takes them
 * (Documentation/userspace-api/seccomp_filter.rst), one for each set of needs.
 * generate/make_filters.c writes them from app/sandbox_calls.h while vastop is built, so that a run
 * neither loads libseccomp nor waits for its work.
 *
 * Addresses are not known then: in the place of that of open_below_argument(way) they have two
 * marks, for its upper and its lower half, which are to be replaced.
 */

#include <linux/filter.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/sandbox_calls.h"
#include "kernel/open_below.h"

#define SANDBOX_MARK_HIGH(way) (UINT32_C(0x5a17ab00) + (uint32_t)(way))
#define SANDBOX_MARK_LOW(way)  (UINT32_C(0xc3e9d600) + (uint32_t)(way))

#define SANDBOX_NEEDS 64 /* sets are below */

struct sandbox_filter {
	unsigned needs;
	unsigned short count;
	const struct sock_filter *instructions;
};

/* Ends with one of no instructions. */
extern const struct sandbox_filter sandbox_filters[];

/* Whether there is a filter for these: files are made or not. */
static inline bool sandbox_needs_are_whole(unsigned needs)
{
	return needs & SANDBOX_ALWAYS && !(needs & SANDBOX_FILES) != !(needs & SANDBOX_NO_FILES);
}

#endif
