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

/*
 * From where on the break lies: the end of the program, or, of one that needs no loader and may lie
 * anywhere, where programs are loaded that need one (ELF_ET_DYN_BASE), as the kernel keeps it away
 * from the other mappings (fs/binfmt_elf.c). 0 unknown.
 */
static uint64_t find_break(const struct proc_auxv *auxv, const struct core_program *program)
{
	uint64_t start, end;

	if (!program->exe || !program->image)
		return 0;
	elf_image_span(program->image, auxv->page_size, &start, &end);
	if (auxv->base || program->image->segments[0].address != 0)
		return end + (program->base - start);
#ifdef __x86_64__
	return UINT64_C(0x555555554000);
#else
	return 0;
#endif
}

/* Whether it may be a piece of the heap that begins or continues at the address. */
static bool is_heap(const struct vma *vma, uint64_t address)
{
	return is_unnamed(vma) && vma->start <= address;
}

static uint64_t name_heap(struct vma *vmas, size_t count, const struct proc_auxv *auxv,
			  const struct core_program *program)
{
	const uint64_t lowest = find_break(auxv, program);
	const size_t first = SEARCH_ABOVE(vmas, count, end, lowest);
	uint64_t start, end;
	bool writable = false;
	size_t next;

	if (!lowest || first == count || !is_heap(&vmas[first], lowest + BREAK_MOVED_MAX))
		return 0;
	start = vmas[first].start > lowest ? vmas[first].start : lowest;
	/* mprotect(2) cuts it; musl's malloc has a guard at its begin. */
	for (next = first, end = start; next < count && is_heap(&vmas[next], end); next++) {
		end = vmas[next].end;
		writable |= vmas[next].perms & PERM_WRITE;
	}
	for (size_t i = first; writable && i < next; i++)
		vmas[i].name = "[heap]";
	return writable ? start : 0;
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
