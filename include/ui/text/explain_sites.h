/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_SITES_H
#define UI_TEXT_EXPLAIN_SITES_H

/* What the inspector says of who touched new pages of a mapping. */

struct explanation;
struct scene;
struct vma;

/* Says the call sites that touched most of the mapping, as far as the process is listened to. */
void explain_sites(struct explanation *to, const struct scene *scene, const struct vma *vma);

#endif
