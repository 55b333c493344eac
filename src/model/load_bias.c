/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/load_bias.h"

#include "model/elf_image.h"
#include "model/vma.h"

/* Keeps hostile files cheap, as the look ahead does. */
#define CANDIDATES_MAX 8

bool load_bias_fits(const struct load_vmas *list, const struct elf_image *image, uint64_t bias,
		    size_t index, struct elf_fit *ret_fit)
{
	const struct vma *vma = &list->vmas[index];

	return elf_image_fits(image, list->page_size, vma->start - bias, vma_size(vma), vma->offset,
			      ret_fit);
}

/* How many VMAs from first on suit the bias; equal permissions count as well. */
static unsigned score(const struct load_vmas *list, const struct elf_image *image, uint64_t bias,
		      size_t first)
{
	unsigned points = 0;

	for (size_t i = first; i < list->count && i - first < LOAD_BIAS_LOOK_AHEAD; i++) {
		struct elf_fit fit;

		if ((list->may_load && !list->may_load(list->context, i)) ||
		    !load_bias_fits(list, image, bias, i, &fit))
			continue;
		points += 2;
		points += (list->vmas[i].perms & PERM_ACCESS) == fit.perms;
	}
	return points;
}

bool load_bias_find(const struct load_vmas *list, const struct elf_image *image, size_t index,
		    size_t first, uint64_t *ret_bias)
{
	const struct vma *vma = &list->vmas[index];
	unsigned best = 0, candidates = 0;

	for (size_t i = 0; i < image->segment_count && candidates < CANDIDATES_MAX; i++) {
		struct elf_fit fit;
		uint64_t address, bias;
		unsigned points;

		if (!elf_image_address(image, list->page_size, i, vma->offset, &address))
			continue;
		bias = vma->start - address;
		if (!load_bias_fits(list, image, bias, index, &fit))
			continue;
		candidates++;
		points = score(list, image, bias, first);
		if (points > best) {
			best = points;
			*ret_bias = bias;
		}
	}
	return best > 0;
}
