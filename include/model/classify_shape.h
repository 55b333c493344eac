/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_SHAPE_H
#define MODEL_CLASSIFY_SHAPE_H

/*
 * What follows for VMAs from size, alignment and neighbours: guards, reservations and malloc
 * arenas. Each function fills only VMAs whose kind is still KIND_COUNT (and the rest of an arena).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct classify_facts;
struct mapped_files;
struct vma;

/*
 * All memory without access: a guard when it is at most 1 MiB and touches memory with access, else
 * a reservation.
 */
void classify_shape_no_access(struct vma *vmas, size_t count);

/*
 * Arenas of glibc's malloc (its malloc/arena.c): readable and writable from a multiple of
 * HEAP_MAX_SIZE on, without access from there to the next multiple. Other memory can have that
 * shape: the contents at the start decide. Where that was not read, it takes the shape, the
 * reservation included, in a process with glibc and more threads than one: the main thread has the
 * brk heap.
 */
void classify_shape_arenas(struct vma *vmas, size_t count, const struct mapped_files *files,
			   const struct classify_facts *facts);

/* HEAP_MAX_SIZE, bytes, of a process with count VMAs, sorted. */
uint64_t classify_shape_arena_unit(const struct vma *vmas, size_t count);

/* Whether the VMA lies as an arena does; not yet classified. */
bool classify_shape_may_be_arena(const struct vma *vma, uint64_t unit);

#endif
