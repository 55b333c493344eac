/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_INSIDE_PROBE_H
#define FILES_INSIDE_PROBE_H

/*
 * A look into the ELF object behind a mapping: what is inside it (inside/inside_object.h), and
 * where it was loaded. The file is looked at as files/mapped_open.h says.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct inside_object;
struct procfs_options;
struct vma;

/* What tells whether a file is as it was. */
struct file_stamp {
	uint64_t inode, size;
	uint32_t dev_major, dev_minor;
	int64_t modified_ns; /* CLOCK_REALTIME; 0: there is no such file */
};

struct inside_question {
	int32_t pid;
	uint64_t page_size;
	/* The mapping at index, with others of the same file near it; all share its name. */
	const struct vma *vmas;
	size_t count, index;
	struct file_stamp known; /* of the file that was read already; all zeroes: none */
	bool demangle;           /* as in struct object_wish */
};

struct inside_finding {
	struct file_stamp stamp;
	bool loaded;                  /* the mapping is what loading makes of a segment; then */
	uint64_t bias;                /* the address in memory minus that in the file */
	uint8_t identity;             /* enum file_identity: LIKELY or PROVEN */
	struct inside_object *object; /* a reference; NULL: the file is the known one */
};

/*
 * Looks. Waits as long as the file system does. Returns 0 and fills *ret_finding; -ENOENT when the
 * mapping has no file, or no way leads to it; -ENOEXEC when it is not an ELF object; or another
 * -errno of opening or reading.
 */
int inside_probe(const struct procfs_options *options, const struct inside_question *question,
		 struct inside_finding *ret_finding);

#endif
