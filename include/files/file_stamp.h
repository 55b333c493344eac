/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FILE_STAMP_H
#define FILES_FILE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct statx;

/* What tells whether a file is as it was. */
struct file_stamp {
	uint64_t inode, size;
	uint32_t dev_major, dev_minor;
	int64_t modified_ns; /* CLOCK_REALTIME; 0: there is no such file */
};

struct file_stamp file_stamp_of(const struct statx *stat);

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b);

#endif
