/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FILE_ERRAND_H
#define FILES_FILE_ERRAND_H

/*
 * The errand (files/errands.h) to the content of a mapped file: it is found as
 * files/mapped_open.h says, and its ELF headers are read. The directory of the run is /proc/PID,
 * or a recorded tree's of the process.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct elf_image;
struct errand;
struct errands;
struct mapped_root;
struct vma;

/* What is asked about the content of a mapped file. */
struct file_question {
	const struct vma *vma;
	unsigned avoid;    /* as in kernel/avoid.h */
	bool known;        /* the content of this file was read before: */
	struct statx stat; /* its type, inode, device, size and time of modification */
	bool suspect;      /* see errand_create() */
};

struct file_finding {
	bool found;              /* a file that most likely is the mapped one; then: */
	uint8_t identity;        /* enum file_identity */
	bool same;               /* it is the known one, unchanged, and was not read; else: */
	bool readable;           /* its content was read, of an ELF file or not */
	struct statx stat;       /* of the file */
	struct elf_image *image; /* of an ELF file; elf_segments_free() frees it */
};

struct errand *file_errand_create(struct errands *errands, const struct file_question *question);

/*
 * Finds out the same without an errand, where nothing of it waits. Returns 0 and fills
 * *ret_finding, whose image the caller frees; -EAGAIN: an errand is needed.
 */
int file_errand_spare(struct mapped_root *root, const struct file_question *question,
		      struct file_finding *ret_finding);

/* Reads the reply of an errand that is done. Returns 0 and sets *ret_finding, or -EBADMSG. */
int file_errand_read(const struct errand *errand, struct file_finding *ret_finding);

#endif
