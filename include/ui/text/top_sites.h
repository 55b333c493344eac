/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_TOP_SITES_H
#define UI_TEXT_TOP_SITES_H

/* The call sites that touched most new pages of a part of the memory, in a few words. */

#include <stdint.h>

#include "model/kind.h"

struct call_sites;
struct scene;
struct series;
struct text;

/*
 * Sets an empty text to those of the mapping that begins there, "by 71% json_decode"; leaves it
 * empty where none is known.
 */
void top_sites_put_mapping(struct text *text, const struct call_sites *sites, uint64_t start);

/* The same of all mappings of the kind; KIND_COUNT: of all memory. */
void top_sites_put_kind(struct text *text, const struct call_sites *sites, enum kind kind);

/* The same of what a series of the chart shows; nothing for what is in use or free in a heap. */
void top_sites_put_series(struct text *text, const struct scene *scene,
			  const struct series *series);

#endif
