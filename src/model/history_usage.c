/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_usage.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/history_code.h"
#include "model/history_columns.h"
#include "model/history_state.h"
#include "model/kept_usage.h"

/*
 * A record is a block: a mask of PART_…, then what it names, in this order. Usages are a
 * block of what history_columns_put() writes, ranges blocks of what history_ranges_put() does. The
 * total is a mask of the fields that differ, and those: each a distance from the one before, an
 * unknown one counting as 0 there.
 */
enum {
	PART_FACTS = 1,
	PART_SMAPS = 2, /* when it was read */
	PART_TOTAL = 4,
	PART_VMAS = 8,
	PART_RUNS = 16,
	PART_COVERED = 32,
	PART_BLURRED = 64,

	FACT_RESIDENCY = 1,
	FACT_PARTIAL = 2,
	FACT_SWAP_HIDES = 4,
	FACT_SOURCE_SHIFT = 3,
	FACT_SOURCE_BITS = 2,
	FACT_SOURCE_MASK = 3,
};

/* Those that are mostly known first: their mask is one byte. */
static const size_t fields[] = {
	offsetof(struct usage, rss),          offsetof(struct usage, swap),
	offsetof(struct usage, hugetlb),      offsetof(struct usage, last),
	offsetof(struct usage, pss),          offsetof(struct usage, uss),
	offsetof(struct usage, referenced),   offsetof(struct usage, private_dirty),
	offsetof(struct usage, shared_dirty), offsetof(struct usage, anonymous),
	offsetof(struct usage, huge),         offsetof(struct usage, locked),
	offsetof(struct usage, page_size),    offsetof(struct usage, flags),
	offsetof(struct usage, key),
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

_Static_assert(FIELDS * sizeof(uint64_t) == sizeof(struct usage), "a field of usages is not kept");

static uint64_t field(const struct usage *usage, size_t i)
{
	return *(const uint64_t *)((const char *)usage + fields[i]);
}

static uint64_t known_or_0(uint64_t value)
{
	return value == TARGET_UNKNOWN ? 0 : value;
}

static bool same_usage(const struct usage *a, const struct usage *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static void put_usage(struct text *out, const struct usage *from, const struct usage *to)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < FIELDS; i++)
		mask |= (uint64_t)(field(from, i) != field(to, i)) << i;
	history_number_put(out, mask);
	for (size_t i = 0; i < FIELDS; i++)
		if (mask >> i & 1)
			history_delta_put(out, known_or_0(field(from, i)), field(to, i));
}

static void take_usage(struct history_cursor *reader, struct usage *usage)
{
	uint64_t mask = history_number_take(reader);

	for (size_t i = 0; i < FIELDS; i++)
		if (mask >> i & 1) {
			uint64_t *value = (uint64_t *)((char *)usage + fields[i]);

			*value = history_delta_take(reader, known_or_0(*value));
		}
}

/* A state that knows nothing of usages yet is one of unknown ones. */
static uint64_t put_vmas(struct text *out, const struct history_state *state,
			 const struct usage_table *usage)
{
	const size_t rollback = out->length, start = history_block_open(out);
	struct usage_list before = state->usages;

	if (!before.made)
		usage_list_init(&before, usage->vmas.count);
	if (!history_columns_put(out, &before, &usage->vmas)) {
		out->length = rollback;
		return 0;
	}
	history_block_close(out, start);
	return PART_VMAS;
}

/* Ranges without flags, as those of runs. */
static struct residency_run *make_runs(const struct residency_range *ranges, size_t count)
{
	struct residency_run *runs = memory_alloc(count * sizeof(*runs));

	for (size_t i = 0; i < count; i++)
		runs[i] = (struct residency_run){ranges[i].start, ranges[i].end, 0};
	return runs;
}

static uint64_t put_runs(struct text *out, uint64_t part, const struct history_ranges *from,
			 const struct residency_run *to, size_t count, size_t *moved)
{
	size_t rollback = out->length, start = history_block_open(out);

	*moved += history_ranges_put(out, from, to, count);
	if (out->length == start) {
		out->length = rollback;
		return 0;
	}
	history_block_close(out, start);
	return part;
}

static uint64_t put_ranges(struct text *out, uint64_t part, const struct history_ranges *from,
			   const struct residency_range *to, size_t count, size_t *moved)
{
	struct residency_run *runs = make_runs(to, count);

	part = put_runs(out, part, from, runs, count, moved);
	free(runs);
	return part;
}

static uint64_t make_facts(enum residency_source source, enum residency_source fine, bool residency,
			   bool partial, bool swap_hides)
{
	return (uint64_t)fine << (FACT_SOURCE_SHIFT + FACT_SOURCE_BITS) |
	       (uint64_t)source << FACT_SOURCE_SHIFT | (residency ? FACT_RESIDENCY : 0) |
	       (partial ? FACT_PARTIAL : 0) | (swap_hides ? FACT_SWAP_HIDES : 0);
}

/* The parts that have a place before the lists; returns which there are. */
static uint64_t put_sums(struct text *out, const struct history_known *known,
			 const struct usage_table *usage, const struct residency *residency)
{
	const struct residency none = {.source = RESIDENCY_NONE},
			       *fine = residency ? residency : &none;
	uint64_t parts = 0, facts, before;

	before = make_facts(known->source, known->fine, known->has_residency, known->partial,
			    known->swap_hides);
	facts = make_facts(usage->source, fine->source, residency, fine->partial, fine->swap_hides);
	if (facts != before) {
		parts |= PART_FACTS;
		history_number_put(out, facts);
	}
	if (usage->smaps_ns != known->smaps_ns) {
		parts |= PART_SMAPS;
		history_delta_put(out, (uint64_t)known->smaps_ns, (uint64_t)usage->smaps_ns);
	}
	if (!same_usage(&known->total, &usage->total)) {
		parts |= PART_TOTAL;
		put_usage(out, &known->total, &usage->total);
	}
	return parts;
}

size_t history_usage_append(struct text *records, const struct history_state *state,
			    const struct usage_table *usage, const struct residency *residency)
{
	const struct history_known *known = &state->known;
	size_t start = history_block_open(records), moved = 0;
	uint64_t parts;

	if (!usage || usage->vmas.count != state->vma_count) {
		history_block_close(records, start);
		return 0;
	}
	text_append_char(records, 0);
	parts = put_sums(records, known, usage, residency);
	parts |= put_vmas(records, state, usage);
	if (residency) {
		parts |= put_runs(records, PART_RUNS, &known->runs, residency->runs,
				  residency->count, &moved);
		parts |= put_ranges(records, PART_COVERED, &known->covered, residency->covered,
				    residency->covered_count, &moved);
		parts |= put_ranges(records, PART_BLURRED, &known->blurred, residency->blurred,
				    residency->blurred_count, &moved);
	}
	records->bytes[start] = (char)parts;
	history_block_close(records, start);
	return moved;
}

static void take_facts(struct history_known *known, uint64_t facts)
{
	known->has_residency = facts & FACT_RESIDENCY;
	known->partial = facts & FACT_PARTIAL;
	known->swap_hides = facts & FACT_SWAP_HIDES;
	known->source = facts >> FACT_SOURCE_SHIFT & FACT_SOURCE_MASK;
	known->fine = facts >> (FACT_SOURCE_SHIFT + FACT_SOURCE_BITS) & FACT_SOURCE_MASK;
}

static void take_vmas(struct history_state *state, struct history_cursor *reader)
{
	struct history_cursor block = history_block_take(reader);

	history_state_need_usages(state);
	history_columns_apply(&state->usages, &block);
	usage_list_trim(&state->usages);
}

static void take_ranges(struct history_ranges *ranges, struct history_cursor *reader)
{
	struct history_cursor block = history_block_take(reader);

	history_ranges_apply(ranges, &block);
}

void history_usage_apply(struct history_state *state, struct history_cursor *reader)
{
	struct history_cursor record = history_block_take(reader);
	struct history_known *known = &state->known;
	uint64_t parts;

	known->told = record.at < record.end;
	parts = history_number_take(&record);
	if (parts & PART_FACTS)
		take_facts(known, history_number_take(&record));
	if (parts & PART_SMAPS)
		known->smaps_ns = (int64_t)history_delta_take(&record, (uint64_t)known->smaps_ns);
	if (parts & PART_TOTAL)
		take_usage(&record, &known->total);
	if (parts & PART_VMAS)
		take_vmas(state, &record);
	if (parts & PART_RUNS)
		take_ranges(&known->runs, &record);
	if (parts & PART_COVERED)
		take_ranges(&known->covered, &record);
	if (parts & PART_BLURRED)
		take_ranges(&known->blurred, &record);
}

static struct residency_range *copy_ranges(const struct history_ranges *from)
{
	struct residency_range *ranges = memory_alloc((from->count + 1) * sizeof(*ranges));

	for (size_t i = 0; i < from->count; i++)
		ranges[i] = (struct residency_range){from->ranges[i].start, from->ranges[i].end};
	return ranges;
}

static struct residency *make_residency(const struct history_known *known)
{
	struct residency_run *runs = memory_alloc((known->runs.count + 1) * sizeof(*runs));
	struct residency *residency;

	if (known->runs.count)
		memcpy(runs, known->runs.ranges, known->runs.count * sizeof(*runs));
	residency = residency_create(runs, known->runs.count, known->fine, 0, 0);
	residency_cover(residency, copy_ranges(&known->covered), known->covered.count);
	residency->blurred = copy_ranges(&known->blurred);
	residency->blurred_count = known->blurred.count;
	residency->partial = known->partial;
	residency->swap_hides = known->swap_hides;
	return residency;
}

void history_usage_get(const struct history_state *state, const struct address_space *space,
		       struct kept_usage *ret_usage)
{
	const struct history_known *known = &state->known;
	struct kept_usage usage = {.known = known->told};
	struct usage_list vmas;

	if (known->told) {
		if (state->usages.made)
			vmas = usage_list_slice(&state->usages, 0, state->vma_count);
		else
			usage_list_init(&vmas, state->vma_count);
		usage_table_restore(&usage.table, space, vmas, &known->total);
		usage.table.source = known->source;
		usage.table.smaps_ns = known->smaps_ns;
		if (known->has_residency)
			usage.residency = make_residency(known);
	}
	*ret_usage = usage;
}
