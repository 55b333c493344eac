/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/stack_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SLOTS ((size_t)4 * STACK_TABLE_MAX) /* a power of two */

void stack_table_init(struct stack_table *table, const struct hash_key *key)
{
	*table = (struct stack_table){
		.entries = memory_alloc((STACK_TABLE_MAX + 1) * sizeof(*table->entries)),
		.slots = memory_alloc(SLOTS * sizeof(*table->slots)),
		.key = *key,
	};
	table->entries[STACK_TABLE_OTHER].source = CALL_STACK_ADDRESS;
}

void stack_table_finish(struct stack_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->entries[i].frames);
	free(table->entries);
	free(table->slots);
	*table = (struct stack_table){0};
}

static bool is_of(const struct stack_entry *entry, const struct call_stack *stack)
{
	return entry->count == stack->count && entry->source == stack->source &&
	       !memcmp(entry->frames, stack->frames, stack->count * sizeof(*stack->frames));
}

size_t stack_table_find(struct stack_table *table, const struct call_stack *stack)
{
	const size_t size = stack->count * sizeof(*stack->frames);
	size_t slot = keyed_hash(&table->key, stack->frames, size) & (SLOTS - 1);
	struct stack_entry *entry;

	for (; table->slots[slot]; slot = (slot + 1) & (SLOTS - 1))
		if (is_of(&table->entries[table->slots[slot] - 1], stack))
			return table->slots[slot] - 1u;
	if (table->count == STACK_TABLE_MAX)
		return STACK_TABLE_OTHER;
	entry = &table->entries[table->count];
	entry->frames = memory_alloc(size);
	memcpy(entry->frames, stack->frames, size);
	entry->count = stack->count;
	entry->source = (uint8_t)stack->source;
	table->slots[slot] = (uint16_t)++table->count;
	return table->count - 1;
}

void stack_table_add(struct stack_table *table, size_t index, enum kind kind, uint64_t bytes)
{
	struct stack_entry *entry = &table->entries[index];

	entry->bytes += bytes;
	entry->steps[STACK_TABLE_STEPS - 1] += bytes;
	if (kind < KIND_COUNT)
		entry->kinds[kind] += bytes;
	table->bytes += bytes;
}

/* The last of the values is of the step that goes on. */
static void step(struct stack_entry *entry, size_t steps)
{
	const size_t last = STACK_TABLE_STEPS - 1, moved = steps < last ? steps : last;
	const uint64_t part = entry->steps[last] / steps;

	memmove(entry->steps, entry->steps + moved, (last - moved) * sizeof(*entry->steps));
	for (size_t i = last - moved; i < last; i++)
		entry->steps[i] = part;
	entry->steps[last] = 0;
}

void stack_table_step(struct stack_table *table, size_t steps)
{
	if (!steps)
		return;
	for (size_t i = 0; i < table->count; i++)
		step(&table->entries[i], steps);
	step(&table->entries[STACK_TABLE_OTHER], steps);
}

static void clear(struct stack_entry *entry)
{
	entry->bytes = 0;
	memset(entry->kinds, 0, sizeof(entry->kinds));
	memset(entry->steps, 0, sizeof(entry->steps));
}

/* So that there is room for other stacks again. */
static void forget(struct stack_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->entries[i].frames);
	memset(table->entries, 0, table->count * sizeof(*table->entries));
	memset(table->slots, 0, SLOTS * sizeof(*table->slots));
	table->count = 0;
}

void stack_table_clear(struct stack_table *table)
{
	if (table->count > STACK_TABLE_MAX / 2)
		forget(table);
	for (size_t i = 0; i < table->count; i++)
		clear(&table->entries[i]);
	clear(&table->entries[STACK_TABLE_OTHER]);
	table->bytes = 0;
}
