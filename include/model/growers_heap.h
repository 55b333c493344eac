/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_GROWERS_HEAP_H
#define MODEL_GROWERS_HEAP_H

/*
 * Where malloc's arenas grow inside: what is in use, or what is free. A program that leaks has more
 * and more in use; in a heap that is fragmented it is the free part that grows. Pure.
 */

#include <stdbool.h>

#include "model/growers.h"

struct heap_walks;

/* Arenas that are named, beside the sum of all. */
#define GROWERS_ARENAS 4

/*
 * Adds to the growers what of the heap grew from the first walk to the last one: in use and free of
 * all arenas; then, of several arenas, the parts that grew most, greatest growth first. Nothing
 * without a walk. known: the last walk is of the snapshot that is shown; else all is unknown.
 */
void growers_add_heap(struct growers *growers, const struct heap_walks *walks, bool known);

#endif
