/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_INSIDE_QUESTION_H
#define FILES_INSIDE_QUESTION_H

/* What a look into an object is to find out, and what it found (files/inside_probe.h). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "files/file_stamp.h"
#include "model/file_identity.h"

struct inside_object;
struct vma;

struct inside_question {
	int32_t pid;
	uint64_t page_size;
	/* The mapping at index, with others of the same file near it; all share its name. */
	const struct vma *vmas;
	size_t count, index;
	struct file_stamp known; /* of the file that was read already; all zeroes: none */
	bool demangle;           /* as in struct object_wish */
	bool is_code;            /* generated code, which may have names in a perf map instead */
	/* It is of a process that does not run any more: of this build-id, at its name. */
	bool by_build_id;
	struct build_id build_id;
};

struct inside_finding {
	struct file_stamp stamp;
	bool loaded;                  /* the mapping is what loading makes of a segment; then */
	uint64_t bias;                /* the address in memory minus that in the file */
	uint8_t identity;             /* enum file_identity: LIKELY or PROVEN */
	struct inside_object *object; /* a reference; NULL: the file is the known one */
};

#endif
