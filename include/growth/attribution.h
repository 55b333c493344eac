/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_ATTRIBUTION_H
#define GROWTH_ATTRIBUTION_H

/*
 * Says of each touched page whose it is: which stack touched it, and which mapping it lies in. A
 * fault in memory that was not mapped yet in the newest snapshot waits for the next one; what is
 * not there either is of a place that is not known. Bounded. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "growth/place_table.h"
#include "growth/stack_table.h"

#define ATTRIBUTION_WAITING 4096u

struct waiting_touch {
	uint64_t address, bytes;
	uint32_t stack;
};

struct attribution {
	struct stack_table stacks;
	struct place_table places;
	struct waiting_touch *waiting;
	size_t waiting_count;
};

void attribution_init(struct attribution *attribution, const struct hash_key *key);
void attribution_finish(struct attribution *attribution);

/* The stack (of a frame at least) touched so many bytes from the address on. */
void attribution_take(struct attribution *attribution, uint64_t address,
		      const struct call_stack *stack, uint64_t bytes);

/* There is a snapshot that was taken after all that was given so far. */
void attribution_renew(struct attribution *attribution, const struct address_space *space);

/* No other snapshot will come for what waits. */
void attribution_settle(struct attribution *attribution);

/* Forgets what was touched. */
void attribution_clear(struct attribution *attribution);

#endif
