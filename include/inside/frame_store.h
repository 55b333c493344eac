/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_FRAME_STORE_H
#define INSIDE_FRAME_STORE_H

/*
 * Frames of call stacks that stay as they are: one thread adds them, and others read those that
 * they were given, as long as one of them has a reference. Equal strings have one pointer. Bounded:
 * at FRAME_STORE_BYTES nothing more is kept.
 */

#include <stddef.h>

#include "inside/code_frame.h"

#define FRAME_STORE_BYTES ((size_t)24 << 20)

struct frame_store;

/* An empty store with one reference. */
struct frame_store *frame_store_create(void);

/* One reference more; returns the store. From any thread. */
struct frame_store *frame_store_ref(struct frame_store *store);

/* One reference less: the last one frees it. NULL is allowed. From any thread. */
void frame_store_unref(struct frame_store *store);

/* Copies of the count frames, which live as long as the store; NULL: it is full. */
const struct code_frame *frame_store_keep(struct frame_store *store,
					  const struct code_frame *frames, size_t count);

#endif
