/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PROCMAP_QUERY_H
#define KERNEL_PROCMAP_QUERY_H

/*
 * Asks the kernel about a single mapping, about 0.3 us however many there are: the ioctl
 * PROCMAP_QUERY on /proc/PID/maps, since Linux 6.11 (its include/uapi/linux/fs.h and
 * Documentation/filesystems/proc.rst). Declared here, because the headers of most systems are
 * older than the kernel they run.
 */

#include <stdint.h>

#include "model/file_identity.h"

struct procmap {
	uint64_t start, end;
	uint64_t flags;     /* PROCMAP_… */
	uint64_t inode;     /* 0 without a file */
	uint64_t page_size; /* bytes; above the system's for hugetlb memory */
};

/* Bits of flags. */
#define PROCMAP_EXECUTABLE UINT64_C(0x04)
#define PROCMAP_SHARED     UINT64_C(0x08)

/*
 * The mapping that contains the address, of the process whose maps is open. Returns 0 and sets
 * *ret_map; or
 *   -ENOENT no mapping contains the address,
 *   -ESRCH  the address space that maps was opened for has ended (exit or execve(2)),
 *   -ENOTTY the kernel has no such ioctl,
 *   -EBADMSG what it replied is not such a mapping,
 *   or another -errno of ioctl(2).
 */
int procmap_query(int maps, uint64_t address, struct procmap *ret_map);

/*
 * The lowest mapping with all of the flags that ends above the address. Those without are passed
 * over by the kernel, which costs a fifth of a query each. Returns as procmap_query().
 */
int procmap_query_next(int maps, uint64_t address, uint64_t flags, struct procmap *ret_map);

/* The file of a mapping; numbers of 0 when it has none. */
struct procmap_file {
	struct file_numbers numbers; /* as maps prints them */
	struct build_id build_id;    /* as the kernel reads it from the mapped file itself */
};

/*
 * The file of the mapping that contains the address; errors as above. The kernel reads the
 * beginning of the file: waits as long as the file system does.
 */
int procmap_query_file(int maps, uint64_t address, struct procmap_file *ret_file);

#endif
