/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KERNEL_PROC_FILE_H
#define KERNEL_PROC_FILE_H

/*
 * Files of procfs, below a directory that is held open, and the reading of small ones. A recorded
 * tree may be a stranger's: what procfs never has in place of a file, a link, a device, a FIFO, is
 * not read.
 */

#include <stdbool.h>
#include <stddef.h>

struct text;

/*
 * Opens the file for reading, without waiting. Returns the descriptor; -EISDIR, or -EBADMSG where
 * the path ends in nothing else that is a file; or another -errno of openat(2).
 */
int proc_file_open(int directory, const char *path);

/*
 * Replaces text with the content of the file at path below the directory descriptor, at most
 * limit bytes of it. The file is one that answers a read() with all it has (every file of procfs
 * with a single record) or a regular one: a short read is its end. Returns 0, or -errno as
 * proc_file_open() or of read(2); text is empty then.
 */
int proc_file_read(int directory, const char *path, size_t limit, struct text *text);

/* A descriptor (O_PATH) of the directory at path, or the -errno of openat(2). */
int proc_file_open_directory(int directory, const char *path);

/* A file that stays open between reads; all zeroes is one that is not open yet. */
struct proc_file {
	int opened; /* its descriptor + 1 */
};

/* Is given the next piece of a file; an error ends the reading. */
typedef int proc_file_take(void *context, const char *piece, size_t length);

/*
 * Gives take() the file of any length at path, piece by piece. Returns 0, what take() returned, or
 * -errno as above.
 */
int proc_file_feed(int directory, const char *path, proc_file_take *take, void *context);

/*
 * As proc_file_feed(), but opens the file again, whatever *file was, and leaves it open for
 * proc_file_has_bytes(), also on failure. The caller closes *file with proc_file_close().
 */
int proc_file_feed_open(struct proc_file *file, int directory, const char *path,
			proc_file_take *take, void *context);

/*
 * Whether the open file, read from its beginning, still gives something. The lists of mappings
 * belong to the address space that their process had when they were opened, and are empty once no
 * process uses it any more: after exit(2) or execve(2) (m_start() in the kernel's
 * fs/proc/task_mmu.c).
 */
bool proc_file_has_bytes(const struct proc_file *file);

/*
 * As proc_file_read(), but opens the file only the first time. It is of a live procfs, where a file
 * that is read from its beginning has the present state. -ESRCH: its process is gone.
 */
int proc_file_read_again(struct proc_file *file, int directory, const char *path, size_t limit,
			 struct text *text);

void proc_file_close(struct proc_file *file);

/* Replaces text with the target of the symbolic link. Returns 0 or -errno, as above. */
int proc_file_read_link(int directory, const char *path, struct text *text);

#endif
