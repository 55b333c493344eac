/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_AVOID_H
#define KERNEL_AVOID_H

/*
 * Interfaces of the kernel that a source does not use although they exist, as on an older kernel.
 * So every fallback can be tried on any machine.
 */

#include <stddef.h>

enum {
	AVOID_PROCMAP_QUERY = 1, /* the ioctl on maps, Linux 6.11 */
	AVOID_PIDFD = 2,         /* pidfd_open(2), Linux 5.3 */
	AVOID_PAGEMAP_SCAN = 4,  /* the ioctl on pagemap, Linux 6.7 */
	AVOID_PAGEMAP = 8,       /* pagemap wholly, which a kernel may be built without */
};

/*
 * Reads the names between commas: "procmap-query,pidfd". Returns 0 and sets *ret_avoid to their
 * bits; or -EINVAL for a name that is empty or not known, and sets *ret_unknown to where it begins
 * in names (it ends at the next comma or the end of the text).
 */
int avoid_parse(const char *names, unsigned *ret_avoid, const char **ret_unknown);

/* The names, from 0 on; NULL after the last. */
const char *avoid_name(size_t index);

#endif
