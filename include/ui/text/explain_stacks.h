/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_STACKS_H
#define UI_TEXT_EXPLAIN_STACKS_H

/* What the inspector and the answer about an address say of stacks that are not plain ones. */

struct address_space;
struct explanation;
struct vma;

/*
 * Says of a VMA or a part of one: which mapping it is a part of, that a thread uses it for signals
 * or a fiber, whose stacks are lodged in it. Nothing of most.
 */
void explain_stacks(struct explanation *to, const struct address_space *space,
		    const struct vma *mapping);

#endif
