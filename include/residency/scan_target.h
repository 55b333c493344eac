/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SCAN_TARGET_H
#define RESIDENCY_SCAN_TARGET_H

/*
 * The process that is scanned, below a procfs root: which memory it has now, and whether it is
 * still the one that was walked. A pagemap that is open continues to answer for memory that is
 * gone, and says then that nothing is there; only this tells. Its directory is held open, so that a
 * reused pid is never read. A main thread that has ended has no memory: another thread's is used.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "kernel/proc_file.h"

struct procfs_options;

/* What distinguishes one memory from another, and whether it has changed. */
struct scan_image {
	uint64_t start_brk, start_stack; /* 0 where the kernel does not report it */
	uint64_t resident;               /* bytes */
	uint64_t minor_faults;
};

struct scan_target {
	int directory; /* of the process */
	int memory;    /* the same, or task/TID */
	int32_t pid;
	uint64_t page_size;
	/* Private: */
	uint64_t start_ticks;
	bool live;
	struct text text;
	struct proc_file stat_file, statm_file;
};

/* Returns 0; -ESRCH when there is no such process, or another -errno. */
int scan_target_open(struct scan_target *target, const struct procfs_options *options, int32_t pid);
void scan_target_close(struct scan_target *target);

/* Sets *ret_image to what is now. Returns 0; -ESRCH when the memory has ended, or -errno. */
int scan_target_image(struct scan_target *target, struct scan_image *ret_image);

/* What of the process is swapped, as status reports, in bytes; TARGET_UNKNOWN when it does not. */
uint64_t scan_target_swap(struct scan_target *target);

/* Whether both are of one memory, as far as the kernel shows. */
bool scan_image_same(const struct scan_image *a, const struct scan_image *b);

/*
 * Opens a file of the memory for reading. Returns the descriptor; -EACCES when it may not be read,
 * -ENOENT when there is none, or another -errno.
 */
int scan_target_open_file(const struct scan_target *target, const char *name);

#endif
