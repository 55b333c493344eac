/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_SHARE_ITEM_H
#define LAYOUT_SHARE_ITEM_H

/* One of the items that share rows (layout/share.h). */

#include <stdint.h>

#define SHARE_GROUPS 32
#define SHARE_FREE   UINT8_MAX /* a group of its own: compared with nothing */

struct share_item {
	uint64_t weight;                   /* all weights together fit into 64 bits */
	uint64_t size;                     /* what larger means */
	uint64_t before_rows, before_size; /* for calm_rows() */
	uint8_t group;                     /* below SHARE_GROUPS, or SHARE_FREE */
};

#endif
