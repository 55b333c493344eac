/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/file_stamp.h"

#include <sys/stat.h>

struct file_stamp file_stamp_of(const struct statx *stat)
{
	return (struct file_stamp){
		.inode = stat->stx_ino,
		.size = stat->stx_size,
		.dev_major = stat->stx_dev_major,
		.dev_minor = stat->stx_dev_minor,
		.modified_ns =
			stat->stx_mtime.tv_sec * INT64_C(1000000000) + stat->stx_mtime.tv_nsec,
	};
}

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->inode == b->inode && a->size == b->size && a->dev_major == b->dev_major &&
	       a->dev_minor == b->dev_minor && a->modified_ns == b->modified_ns;
}
