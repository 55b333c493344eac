/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_OPEN_BELOW_H
#define KERNEL_OPEN_BELOW_H

/*
 * Looks files up below a root folder, as the process does whose root it is: links that lie in the
 * path, absolute ones too, lead to places below it (openat2(2), Linux 5.6). The file is not opened
 * for reading or writing (O_PATH).
 *
 * What openat2() is asked for lies in memory, where no filter of system calls looks. So all of it
 * is constant, and a filter can allow the call with these addresses only.
 */

enum open_below_way {
	OPEN_BELOW,        /* a link at the end of the path is followed */
	OPEN_BELOW_LINK,   /* it is opened itself */
	OPEN_BELOW_CACHED, /* the same, and only what the kernel finds without waiting */
	OPEN_BELOW_WAYS,
};

/*
 * The path may begin with slashes. Returns the descriptor; -ENOENT without a root (negative);
 * -ENOSYS before Linux 5.6; or another -errno.
 */
int open_below(int root, const char *path, enum open_below_way way);

/* Where what openat2() is asked for lies; it never changes. */
const void *open_below_argument(enum open_below_way way);

/* Lets nothing, this program included, change that for good, where the kernel can (Linux 6.10). */
void open_below_seal(void);

#endif
