/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_LOAD_BIAS_H
#define MODEL_LOAD_BIAS_H

/*
 * The load bias of a mapping of an ELF file: the address in memory minus the address in the file,
 * modulo 2^64. Where a mapping could belong to several segments (they share a page of the file),
 * the bias that suits most of the mappings near it decides.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_fit;
struct elf_image;
struct vma;

/* A list of VMAs, ascending, some of which may be of the file. */
struct load_vmas {
	const struct vma *vmas;
	size_t count;
	uint64_t page_size;
	/* Whether the VMA may be loaded from the file; NULL: all may. */
	bool (*may_load)(const void *context, size_t index);
	const void *context;
};

/*
 * Finds the bias of the VMA at the index; the mappings near it are at most LOAD_BIAS_LOOK_AHEAD
 * VMAs from first on. False when loading the file maps no such thing.
 */
#define LOAD_BIAS_LOOK_AHEAD 16
bool load_bias_find(const struct load_vmas *list, const struct elf_image *image, size_t index,
		    size_t first, uint64_t *ret_bias);

/* Whether the VMA at the index is what the bias makes of the file's segments. */
bool load_bias_fits(const struct load_vmas *list, const struct elf_image *image, uint64_t bias,
		    size_t index, struct elf_fit *ret_fit);

#endif
