/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_IMAGE_H
#define CORE_CORE_IMAGE_H

/*
 * A core file that was opened: what its headers and notes say, and the memory in it
 * (kernel/kept_memory.h). Nothing changes once it is open, so that threads can share it. Of a file
 * that was cut short, pages of which it has only a part are not there. Bytes.
 */

#include <stdbool.h>
#include <stdint.h>

#include "core/core_headers.h"
#include "core/core_notes.h"
#include "inside/file_reader.h"
#include "kernel/kept_memory.h"
#include "procfs/auxv_parser.h"

struct memory_reader;

struct core_image {
	struct kept_memory kept; /* its first member; releasing it frees all */
	struct core_headers headers;
	struct core_notes notes;
	struct proc_auxv auxv; /* all zeroes but the page size: there is none */
	/* Private: */
	struct file_reader file;
	void (*close)(void *context); /* frees the reader; NULL: nothing to free */
};

/*
 * Reads the headers and notes of the file, whose reader is taken over: close is called with its
 * context in the end, also where there is an error. The reader must be one that several threads may
 * use. Returns 0 and sets *ret_image, which kept_memory_release() frees; the errors of
 * core_headers_read(); or -ENODATA when the process has no memory in it.
 */
int core_image_open(const struct file_reader *file, void (*close)(void *context),
		    struct core_image **ret_image);

/* The memory as a reader, as long as the image is held. */
struct memory_reader core_image_reader(struct core_image *image);

/* The range of the file of that name that holds its begin; NULL: none does. */
const struct core_file_range *core_image_begin_of(const struct core_image *image, const char *name);

/*
 * A reader of the begin of a mapped file, as far as it is in memory in one piece there; the struct
 * must live as long as the reader.
 */
struct core_mapped {
	struct core_image *image;
	uint64_t start; /* where it is mapped */
};

struct file_reader core_image_mapped(struct core_mapped *mapped,
				     const struct core_file_range *begin);

#endif
