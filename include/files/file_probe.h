/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FILE_PROBE_H
#define FILES_FILE_PROBE_H

/*
 * A look at the file behind one mapping: how large it is and, of an ELF file, where the mapping
 * lies in it. The file is looked at as files/mapped_open.h says; only what could be an ELF object
 * is opened and read.
 */

#include <stdint.h>

struct file_facts;
struct procfs_options;
struct vma;

/*
 * Looks at the file that the mapping of process pid maps. Waits as long as the file system does.
 * Returns 0 and sets *ret_facts; -ENOENT when the mapping has no file, or no way leads to it; or
 * another -errno of opening the process.
 */
int file_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
	       uint64_t page_size, struct file_facts *ret_facts);

#endif
