/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_STACK_TABLE_H
#define GROWTH_STACK_TABLE_H

/*
 * What was touched by which call stack. Its memory is bounded, whatever the target does: stacks
 * beyond STACK_TABLE_MAX are added up as one, "other", whose index is STACK_TABLE_OTHER. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/keyed_hash.h"
#include "model/call_stack.h"
#include "model/kind.h"

#define STACK_TABLE_MAX   4096u
#define STACK_TABLE_OTHER STACK_TABLE_MAX
#define STACK_TABLE_STEPS 16 /* of the trend, the newest last */

struct code_frame;

struct stack_entry {
	uint64_t *frames; /* as in struct call_stack; NULL of "other" */
	uint32_t count;
	uint8_t source; /* enum call_stack_source */
	uint8_t tries;  /* how often its names were looked for */
	bool named;     /* and they need not be again */
	/* The functions, innermost first, and which of them is the call site; owned by who named
	 * it. */
	const struct code_frame *functions;
	uint32_t function_count, site;
	uint64_t bytes;
	uint64_t kinds[KIND_COUNT]; /* the rest of bytes is of a place that is not known */
	uint64_t steps[STACK_TABLE_STEPS];
};

struct stack_table {
	struct stack_entry *entries; /* STACK_TABLE_MAX of them, and "other" */
	size_t count;                /* without "other" */
	uint64_t bytes;              /* of all */
	/* Private: */
	struct hash_key key;
	uint16_t *slots; /* index + 1; 0: free */
};

/* An empty table; the key makes its order unpredictable to the target. */
void stack_table_init(struct stack_table *table, const struct hash_key *key);
void stack_table_finish(struct stack_table *table);

/* The index of the stack, which is added when it is new. */
size_t stack_table_find(struct stack_table *table, const struct call_stack *stack);

/* Adds bytes; a kind that is KIND_COUNT is not known. */
void stack_table_add(struct stack_table *table, size_t index, enum kind kind, uint64_t bytes);

/* So many steps of time are over: what was touched since the last one is spread over them. */
void stack_table_step(struct stack_table *table, size_t steps);

/* Forgets what was touched; stacks and their names stay, unless the table is half full. */
void stack_table_clear(struct stack_table *table);

#endif
