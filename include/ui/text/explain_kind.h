/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_KIND_H
#define UI_TEXT_EXPLAIN_KIND_H

/* What the inspector says of what a mapping is, and of its file. */

struct explanation;
struct vma;

/*
 * Says the kind of a VMA or a part of one, how that is known, whose it is, and what a runtime that
 * manages it is asked with.
 */
void explain_kind(struct explanation *to, const struct vma *vma);

/* Says the name or the file that it maps; nothing of memory without either. */
void explain_file(struct explanation *to, const struct vma *vma);

#endif
