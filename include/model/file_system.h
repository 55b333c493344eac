/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_FILE_SYSTEM_H
#define MODEL_FILE_SYSTEM_H

/*
 * What a mapped file is made of, as far as the kind of the memory follows from that: mostly the
 * file system that it lies in. A path is no evidence, since every file system can be mounted
 * anywhere; and device nodes can lie in most.
 */

#include <stddef.h>

enum file_system {
	FILE_SYSTEM_UNKNOWN,  /* there is no file, or its file system is unknown */
	FILE_SYSTEM_ORDINARY, /* files: of a disk, a network, another process */
	FILE_SYSTEM_TMPFS,    /* files that are memory, mounted */
	FILE_SYSTEM_SHMEM,    /* the kernel's own tmpfs, which is never mounted: memfd, SysV, … */
	FILE_SYSTEM_HUGETLBFS, /* files of huge pages, mounted or the kernel's own */
	FILE_SYSTEM_SECRETMEM, /* of memfd_secret(2) */
	FILE_SYSTEM_DEVICES,   /* device nodes, wherever they lie */
	FILE_SYSTEM_ZEROES,    /* the device node whose memory is anonymous: /dev/zero */
	FILE_SYSTEM_KERNEL,    /* files that the kernel makes up: procfs, sysfs */
	FILE_SYSTEM_ABSENT,    /* none of the above, and mounted nowhere in the process's view: the
				* kernel's own, or of another mount namespace */
	FILE_SYSTEM_COUNT,
};

/* Of the type as in mountinfo (proc_pid_mountinfo(5)): "tmpfs"; length bytes of it. */
enum file_system file_system_of_type(const char *type, size_t length);

#endif
