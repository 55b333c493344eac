/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_HEAP_H
#define UI_TEXT_EXPLAIN_HEAP_H

/* What the inspector says of the inside of a heap. */

struct explanation;
struct scene;
struct vma;

/*
 * Says of the memory of one of malloc's arenas what is in use, free inside and free at its end, and
 * what that means, as far as it was walked. Nothing of other mappings.
 */
void explain_heap(struct explanation *to, const struct scene *scene, const struct vma *vma);

/* Says of a heap that was not walked which key walks it. */
void explain_heap_hint(struct explanation *to, const struct scene *scene, const struct vma *vma);

#endif
