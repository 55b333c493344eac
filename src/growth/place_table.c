/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/place_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/identity.h"

void place_table_init(struct place_table *table, const struct hash_key *key)
{
	*table = (struct place_table){
		.mappings = memory_alloc(PLACE_TABLE_MAPPINGS * sizeof(*table->mappings)),
		.shares = memory_alloc(PLACE_TABLE_SHARES * sizeof(*table->shares)),
		.touches = memory_alloc(PLACE_TABLE_TOUCHES * sizeof(*table->touches)),
		.key = *key,
	};
}

void place_table_finish(struct place_table *table)
{
	address_space_destroy(table->space);
	free(table->mappings);
	free(table->shares);
	free(table->touches);
	free(table->of_vma);
	*table = (struct place_table){0};
}

/* Where the touched mappings of the former space are in the new one. */
static void follow(struct place_table *table, const struct address_space *space, uint32_t *of_vma)
{
	struct identity identity;

	for (size_t i = 0; i < table->mapping_count; i++)
		table->mappings[i] = (struct place_mapping){0};
	identity_init(&identity, table->space, space);
	for (size_t i = 0; i < table->space->vma_count; i++) {
		const uint32_t mapping = table->of_vma[i];
		uint32_t now;

		if (!mapping)
			continue;
		now = identity_other(&identity, IDENTITY_BEFORE, i);
		if (now == IDENTITY_NONE || of_vma[now])
			continue;
		of_vma[now] = mapping;
		table->mappings[mapping - 1] =
			(struct place_mapping){space->vmas[now].start, space->vmas[now].end};
	}
	identity_finish(&identity);
}

void place_table_renew(struct place_table *table, const struct address_space *space)
{
	uint32_t *of_vma;

	if (table->space && address_space_same_list(table->space, space))
		return;
	of_vma = memory_alloc((space->vma_count + 1) * sizeof(*of_vma));
	if (table->space)
		follow(table, space, of_vma);
	free(table->of_vma);
	address_space_destroy(table->space);
	table->of_vma = of_vma;
	table->space = address_space_copy(space);
}

/* The index of the mapping, which is added when it is new; PLACE_TABLE_MAPPINGS: no room. */
static uint32_t find_mapping(struct place_table *table, size_t vma)
{
	if (!table->of_vma[vma]) {
		if (table->mapping_count == PLACE_TABLE_MAPPINGS)
			return PLACE_TABLE_MAPPINGS;
		table->mappings[table->mapping_count++] = (struct place_mapping){
			table->space->vmas[vma].start, table->space->vmas[vma].end};
		table->of_vma[vma] = (uint32_t)table->mapping_count;
	}
	return table->of_vma[vma] - 1;
}

static void add_share(struct place_table *table, uint32_t mapping, uint32_t stack, uint64_t bytes)
{
	const uint32_t pair[] = {mapping, stack};
	size_t slot = keyed_hash(&table->key, pair, sizeof(pair)) & (PLACE_TABLE_SHARES - 1);
	struct place_share *share = &table->shares[slot];

	while (share->bytes && (share->mapping != mapping || share->stack != stack)) {
		slot = (slot + 1) & (PLACE_TABLE_SHARES - 1);
		share = &table->shares[slot];
	}
	if (!share->bytes) {
		/* A quarter stays free, so that looking for one ends soon. */
		if (table->share_count >= PLACE_TABLE_SHARES / 4 * 3)
			return;
		table->share_count++;
		*share = (struct place_share){.mapping = mapping, .stack = stack};
	}
	share->bytes += bytes;
}

void place_table_add(struct place_table *table, size_t vma, uint64_t address, uint32_t stack,
		     uint64_t bytes)
{
	const uint64_t page = address / table->space->target.page_size;
	const size_t slot =
		keyed_hash(&table->key, &page, sizeof(page)) & (PLACE_TABLE_TOUCHES - 1);
	const uint32_t mapping = find_mapping(table, vma);

	table->touches[slot] =
		(struct place_touch){.address = address, .bytes = bytes, .stack = stack};
	if (mapping < PLACE_TABLE_MAPPINGS)
		add_share(table, mapping, stack, bytes);
}

void place_table_clear(struct place_table *table)
{
	memset(table->shares, 0, PLACE_TABLE_SHARES * sizeof(*table->shares));
	memset(table->touches, 0, PLACE_TABLE_TOUCHES * sizeof(*table->touches));
	table->share_count = 0;
	table->mapping_count = 0;
	if (table->space)
		memset(table->of_vma, 0, table->space->vma_count * sizeof(*table->of_vma));
}
