/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_MAPPED_FILE_H
#define MODEL_MAPPED_FILE_H

/*
 * The distinct files of a list of VMAs, and which VMA belongs to which. Everything lives in the
 * arena it was collected into, but the names, which are the VMAs'.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/elf_image.h"
#include "model/file_key.h"

struct arena;
struct vma;

#define MAPPED_FILE_NONE UINT32_MAX

struct mapped_file {
	struct file_key key;
	bool readable;                 /* its content is known; without an image it is not ELF */
	const struct elf_image *image; /* NULL: unknown, or no ELF */
	bool stalled;                  /* its file system has not answered yet */
	bool executable;               /* at least one mapping of it is */
	bool is_object;                /* at least one load of it was recognized */
	bool is_special;               /* a rule says that it is a device or no lasting file */
	uint8_t owner;                 /* enum owner */
	uint8_t identity;              /* enum file_identity: what was read is of this file */
};

struct mapped_files {
	struct mapped_file *files; /* ascending by key */
	size_t count;
	uint32_t *of_vma; /* per VMA: the index of its file, or MAPPED_FILE_NONE */
};

/*
 * Collects the files of count VMAs; elf_files (sorted as struct mapped_files is) says what is known
 * of their content. O(count log count).
 */
void mapped_files_collect(struct mapped_files *ret_files, struct arena *arena,
			  const struct vma *vmas, size_t count, const struct elf_file *elf_files,
			  size_t elf_count);

#endif
