/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_RUNTIME_H
#define MODEL_CLASSIFY_RUNTIME_H

/*
 * Which memory is managed by which runtime: by the names that it gives its mappings, or by
 * addresses and neighbours that nothing else has. What only looks similar is left without one.
 */

#include <stddef.h>

struct vma;

/* Sets runtime of all VMAs, which are sorted and classified, and kind_source where a shape decides.
 */
void classify_runtime(struct vma *vmas, size_t count);

#endif
