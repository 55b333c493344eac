/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_SHAPE_H
#define MODEL_CLASSIFY_SHAPE_H

/*
 * What size, alignment and neighbours tell of VMAs: guards, reservations and malloc arenas. Each
 * function fills only VMAs whose kind is still KIND_COUNT (and the rest of an arena).
 */

#include <stddef.h>

struct classify_facts;
struct mapped_files;
struct vma;

/*
 * All memory without access: a guard when it is at most 1 MiB and touches memory with access, else
 * a reservation.
 */
void classify_shape_no_access(struct vma *vmas, size_t count);

/*
 * Arenas of glibc's malloc: readable and writable from a multiple of HEAP_MAX_SIZE on, without
 * access from there to the next multiple (glibc, malloc/arena.c).
 */
void classify_shape_arenas(struct vma *vmas, size_t count, const struct mapped_files *files);

#endif
