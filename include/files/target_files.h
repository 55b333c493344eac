/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_TARGET_FILES_H
#define FILES_TARGET_FILES_H

/*
 * All that the small files of /proc/PID say about a process, put into a struct target. Of a
 * running process only stat is required, of a recorded one nothing; what is not said is unknown.
 * All zeroes is a valid, empty object.
 *
 * What hardly ever changes while a program runs (arguments, executable, limits) is read once for
 * an image, and then again only with every tenth sample.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "kernel/proc_file.h"
#include "model/file_identity.h"
#include "model/target.h"
#include "model/vma.h"
#include "procfs/cmdline_parser.h"
#include "procfs/stat_parser.h"

struct scout;
struct target_totals;

/* What is read once for an image; private. */
struct target_image {
	unsigned uses; /* samples since it was read; 0: it was not */
	uint64_t start_brk, start_stack;
	struct target_limits limits;
	uint64_t page_size, interpreter_base;
	bool has_exe;
	bool exe_known;          /* what follows, be it that the link leads nowhere: */
	struct file_numbers exe; /* by stat(2); inode 0 unknown */
	uint64_t exe_start;      /* of the mapping that was judged to be of it; 0: none */
};

/* Which mapping is of the executable. */
struct target_exe {
	const struct vma *vma; /* NULL: none, or it is not known */
	bool by_numbers;       /* no other file has its device and inode, whatever the name */
};

struct target_files {
	struct target target; /* strings point into the texts; valid until the next read */
	uint64_t interpreter_base;
	struct text stat; /* for target_read_stat() */
	/* Private: */
	struct text status, statm, limits, arguments, auxv, exe, comm;
	struct proc_file status_file, statm_file;
	struct cmdline cmdline;
	struct target_image image;
};

/* Where to read. */
struct target_place {
	int root;      /* of procfs */
	int directory; /* the process's */
	int memory;    /* the process's or that of a thread whose address space is still there */
	int32_t pid;
	bool live; /* links lead to the files that the process uses */
	bool own;  /* of this program's PID namespace: IDs are those of system calls */
};

/*
 * Reads stat below a directory; the file stays open in *file, unless that is NULL. Returns 0 and
 * sets *ret_stat, which points into the text; -ESRCH when the process is gone; -EBADMSG; or another
 * -errno.
 */
int target_read_stat(int directory, struct proc_file *file, struct text *text,
		     struct proc_stat *ret_stat);

/*
 * The same of a recorded tree, as far as stat is there; the rest is unknown
 * (procfs/stat_parser.h).
 */
void target_read_recorded_stat(int directory, struct text *text, struct proc_stat *ret_stat);

/*
 * Sizes of now of the target, whose folder the directory is: from statm, which is exact to the
 * page, and what only status knows from there; what neither has is the target's, or unknown.
 */
void target_read_totals(const struct target *target, int directory,
			struct target_totals *ret_totals);

/*
 * Fills files->target from the stat of the process and of the thread with the memory (mostly the
 * same), and from the other files. Returns 0; or -ENXIO for a kernel thread.
 */
int target_files_read(struct target_files *files, const struct target_place *place,
		      const struct proc_stat *stat, const struct proc_stat *memory_stat);

/* There may be another image, although it looks like the last: all is read again. */
void target_files_forget(struct target_files *files);

/*
 * Finds the executable among the mappings, and takes a " (deleted)" off its path when the mapping
 * was found to be of a deleted file. Where stat(2) and maps have different numbers for it, that is
 * one of its path that files/mapped_open.h takes for it. Waits as long as the file system of the
 * executable does.
 */
void target_files_match_exe(struct target_files *files, const struct scout *scout,
			    const struct vma *vmas, size_t count, struct target_exe *ret_exe);

void target_files_finish(struct target_files *files);

#endif
