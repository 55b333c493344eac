/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_ORDER_H
#define LAYOUT_ORDER_H

/* Putting many things in order of a 64-bit key, in linear time and always the same way. */

#include <stddef.h>
#include <stdint.h>

struct order_item {
	uint64_t key;
	uint32_t index; /* the caller's */
};

/* Sorts ascending by key; items with equal keys keep their order. */
void order_sort(struct order_item *items, size_t count);

#endif
