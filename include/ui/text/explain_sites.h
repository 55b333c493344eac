/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_SITES_H
#define UI_TEXT_EXPLAIN_SITES_H

/* What the inspector says of who touched new pages of a mapping, or of several. */

#include <stdint.h>

struct explanation;
struct scene;

/*
 * Says the call sites that touched most of the mappings that begin between the addresses, as far as
 * the process is listened to.
 */
void explain_sites(struct explanation *to, const struct scene *scene, uint64_t start, uint64_t end);

#endif
