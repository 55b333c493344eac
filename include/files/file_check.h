/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FILE_CHECK_H
#define FILES_FILE_CHECK_H

/*
 * The errand (files/errands.h) that finds out how a mapped file is hardened and who can change it
 * (model/checked_file.h). The file is found as files/mapped_open.h says. The directory of the run
 * is /proc/PID, or a recorded tree's of the process.
 */

#include <stdint.h>

struct checked_file;
struct errand;
struct errands;
struct vma;

/* avoid is as in kernel/avoid.h, uid the user of the process, or TARGET_UNKNOWN. */
struct errand *file_check_create(struct errands *errands, const struct vma *vma, unsigned avoid,
				 uint64_t uid);

/* Fills in what the errand, which has come to its end, found: all but name, start and owner. */
void file_check_take(const struct errand *errand, struct checked_file *file);

#endif
