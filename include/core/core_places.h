/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_PLACES_H
#define CORE_CORE_PLACES_H

/*
 * What the kernel names in maps and not in a core file, found again by what it does:
 *
 * - [stack] holds the bytes that AT_RANDOM of getauxval(3) points to;
 * - [vdso] begins at AT_SYSINFO_EHDR, and [vvar] lies directly below it;
 * - [vsyscall] has a fixed address on x86-64;
 * - [heap] is the first memory above the program and its bss, at most the 1 GiB away that the
 *   kernel moves the program break by at random (arch_randomize_brk()), and what adjoins it. A
 *   program that needs no loader and may lie anywhere has its break elsewhere, where it is sought
 * on x86-64 only; that of a program whose headers are not known is not.
 */

#include <stddef.h>
#include <stdint.h>

struct elf_image;
struct proc_auxv;
struct vma;

struct core_program {
	const struct vma *exe;         /* its mapping that has its program headers; NULL unknown */
	const struct elf_image *image; /* NULL unknown */
	uint64_t base;                 /* where the begin of its file is mapped */
};

/* Names those of count VMAs, sorted. Returns where the heap begins; 0 unknown. */
uint64_t core_places_name(struct vma *vmas, size_t count, const struct proc_auxv *auxv,
			  const struct core_program *program);

/* The VMA that contains the address; NULL: none does, or it is 0. */
struct vma *core_places_find(struct vma *vmas, size_t count, uint64_t address);

#endif
