/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_places.h"

#include <stdbool.h>

#include "base/search.h"
#include "model/elf_image.h"
#include "model/vma.h"
#include "procfs/auxv_parser.h"

#define BREAK_MOVED_MAX (UINT64_C(1) << 30)
#define VSYSCALL        UINT64_C(0xffffffffff600000)
#define VVAR_PIECES     2 /* [vvar], and above it [vvar_vclock] since Linux 6.13 */
#define VVAR_MAX        (UINT64_C(1) << 20)

struct vma *core_places_find(struct vma *vmas, size_t count, uint64_t address)
{
	size_t index = SEARCH_ABOVE(vmas, count, end, address);

	return address && index < count && vmas[index].start <= address ? &vmas[index] : NULL;
}

static bool is_unnamed(const struct vma *vma)
{
	return !vma->inode && !vma->name[0];
}

/* What lies directly below another one. */
static bool is_vvar(const struct vma *vma)
{
	return vma->end == vma[1].start && is_unnamed(vma) &&
	       (vma->perms & PERM_ACCESS) == PERM_READ && vma_size(vma) <= VVAR_MAX;
}

static void name_vdso(struct vma *vmas, size_t count, uint64_t address)
{
	struct vma *vdso = core_places_find(vmas, count, address), *below = vdso;

	if (!vdso || vdso->start != address || !is_unnamed(vdso))
		return;
	vdso->name = "[vdso]";
	while (below > vmas && vdso - below < VVAR_PIECES && is_vvar(below - 1))
		below--;
	/* The lower one of two, or the only one. */
	for (struct vma *vma = below; vma < vdso; vma++)
		vma->name = vma == below ? "[vvar]" : "[vvar_vclock]";
}

/* Whether its break lies above it, not where the kernel puts those of loaders and static PIE. */
static bool has_break_above(const struct proc_auxv *auxv, const struct core_program *program)
{
	return auxv->base || program->image->segments[0].address != 0;
}

static uint64_t name_heap(struct vma *vmas, size_t count, const struct proc_auxv *auxv,
			  const struct core_program *program)
{
	uint64_t start, end, page = auxv->page_size;
	size_t index;

	if (!program->exe || !program->image || !has_break_above(auxv, program))
		return 0;
	elf_image_span(program->image, page, &start, &end);
	end += program->base - start;
	index = SEARCH_ABOVE(vmas, count, end, end);
	if (index == count || !is_unnamed(&vmas[index]) || !(vmas[index].perms & PERM_WRITE) ||
	    (vmas[index].start > end && vmas[index].start - end > BREAK_MOVED_MAX))
		return 0;
	vmas[index].name = "[heap]";
	return vmas[index].start > end ? vmas[index].start : end;
}

uint64_t core_places_name(struct vma *vmas, size_t count, const struct proc_auxv *auxv,
			  const struct core_program *program)
{
	struct vma *stack = core_places_find(vmas, count, auxv->random);

	if (stack && is_unnamed(stack))
		stack->name = "[stack]";
	name_vdso(vmas, count, auxv->vdso);
#ifdef __x86_64__
	stack = core_places_find(vmas, count, VSYSCALL);
	if (stack && is_unnamed(stack))
		stack->name = "[vsyscall]";
#endif
	return name_heap(vmas, count, auxv, program);
}
