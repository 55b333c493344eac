/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/history_code.h"
#include "model/history_diff.h"
#include "model/history_groups.h"
#include "model/history_moment.h"
#include "model/history_names.h"
#include "model/history_state.h"
#include "model/history_usage.h"
#include "model/kept_usage.h"
#include "model/residency.h"
#include "model/residency_coarse.h"

/*
 * A moment is two records: of its mappings, and of what of them is in memory (history_usage.h). The
 * second one of the newest moment comes later.
 *
 * Moments lie in groups. The first record of a group leads from nothing to its first moment, each
 * further one from a moment to the next, so that a group stands alone: the oldest one can go, and
 * a moment is found in as many steps as a group is long. Those that are finished lie close together
 * (model/history_groups.h); the one that is being written grows in memory used again and again.
 *
 * A group ends after so many moments; when it has grown by so many times what its first moment
 * takes (but not for a few bytes), or by a part of the limit (for else little would be left when
 * it goes); or when finding its last moment would move so many VMAs and runs (some 10 ms).
 */
#define GROUP_MOMENTS     512
#define GROUP_GROWTH      4
#define GROUP_LEAST_BYTES ((size_t)4096)
#define GROUP_LIMIT_PART  8
#define GROUP_MOVED       ((size_t)1 << 21)

/* A run takes so many bytes in a state, and some in each group: no more than a 16th of the limit.
 */
#define LIMIT_BYTES_PER_RUN 1024

/* Groups share blocks that are large enough to be memory of their own. */
#define BLOCK_BYTES      ((size_t)1 << 20)
#define BLOCK_LIMIT_PART 32

#define ALLOCATION_BYTES 16 /* what malloc() itself takes for each, glibc */
#define ALLOCATIONS      10 /* but for the groups */

struct history {
	size_t limit;
	struct history_groups groups; /* the finished ones */

	/* The group being written, and its last moment. */
	uint64_t first;
	size_t count;
	struct text records;
	struct history_names names;
	size_t first_bytes;               /* what its first moment took */
	size_t moved;                     /* VMAs and runs */
	bool told;                        /* the last moment has the second record */
	struct history_state last;        /* bare */
	struct address_space *last_space; /* has its mappings; NULL before the first one */
};

struct history *history_create(size_t limit, const struct hash_key *key)
{
	struct history *history = memory_alloc(sizeof(*history));

	history->limit = limit;
	history_groups_init(&history->groups, limit / BLOCK_LIMIT_PART < BLOCK_BYTES
						      ? limit / BLOCK_LIMIT_PART
						      : BLOCK_BYTES);
	history->names.key = *key;
	history_state_init(&history->last);
	history->last.bare = true;
	return history;
}

/* Drops the oldest groups until more bytes fit in, or none is left. */
static void make_room(struct history *history, size_t more)
{
	while (history->groups.count && (history_bytes(history) > history->limit ||
					 history->limit - history_bytes(history) < more))
		history_groups_drop(&history->groups);
}

/* Begins a group, with memory of its own when the one before had grown out of proportion. */
static void begin_group(struct history *history)
{
	history->first += history->count;
	history->count = history->moved = 0;
	history->told = false;
	if (history->records.capacity / 4 > history->records.length)
		text_finish(&history->records);
	text_clear(&history->records);
	history_names_clear(&history->names);
	history_state_clear(&history->last);
}

/* The group being written. */
static struct history_stretch current_group(const struct history *history)
{
	const struct text *records = &history->records;

	return (struct history_stretch){
		.first = history->first,
		.names = history->names.bytes,
		.name_bytes = history->names.length,
		.records = {records->bytes, records->bytes + records->length},
	};
}

/* The moments of the group being written are kept, unless it does not fit in for a second time. */
static void finish_group(struct history *history)
{
	const struct history_stretch group = current_group(history);
	const size_t cost = history_groups_cost(group.name_bytes, history->records.length);

	make_room(history, cost);
	if (history_bytes(history) <= history->limit &&
	    history->limit - history_bytes(history) >= cost)
		history_groups_add(&history->groups, &group);
	begin_group(history);
}

static bool group_is_full(const struct history *history)
{
	size_t bytes = history->records.length + history->names.length;
	size_t most = history->first_bytes * GROUP_GROWTH;

	if (most < GROUP_LEAST_BYTES)
		most = GROUP_LEAST_BYTES;
	if (most > history->limit / GROUP_LIMIT_PART)
		most = history->limit / GROUP_LIMIT_PART;
	return history->count >= GROUP_MOMENTS || history->moved >= GROUP_MOVED ||
	       bytes - history->first_bytes > most;
}

/* same_list: as the last moment's; the first one of a group has no last. */
static void append_moment(struct history *history, const struct address_space *space,
			  bool same_list)
{
	const struct address_space *before = history->count ? history->last_space : NULL;
	size_t start = history->records.length;
	struct history_cursor reader;
	size_t moved = history_diff_append(&history->records, &history->names, &history->last,
					   before, space, same_list && before);

	reader.at = history->records.bytes + start;
	reader.end = history->records.bytes + history->records.length;
	history_state_apply(&history->last, &reader);
	history->last.known.told = history->told = false;
	if (!same_list || !history->last_space) {
		address_space_destroy(history->last_space);
		history->last_space = address_space_again(space, &(const struct target){0}, 0, 0);
	}
	if (history->count++ == 0)
		history->first_bytes = history->records.length + history->names.length;
	else
		history->moved += moved;
}

/* The second record of the newest moment; both NULL: nothing is known. */
static void append_usage(struct history *history, const struct usage_table *usage,
			 const struct residency *coarse)
{
	size_t start = history->records.length;
	struct history_cursor reader;

	history->moved += history_usage_append(&history->records, &history->last, usage, coarse);
	reader.at = history->records.bytes + start;
	reader.end = history->records.bytes + history->records.length;
	history_usage_apply(&history->last, &reader);
	history->told = true;
	if (history->count == 1)
		history->first_bytes = history->records.length + history->names.length;
}

/* Makes room; where not even this group fits in, only the newest moment is to be added again. */
static bool must_start_over(struct history *history)
{
	make_room(history, 0);
	if (history_bytes(history) <= history->limit || history->count == 1)
		return false;
	history->first += history->count - 1;
	history->count = 0;
	text_finish(&history->records);
	history_names_finish(&history->names);
	history_state_finish(&history->last);
	begin_group(history);
	return true;
}

static void add(struct history *history, const struct address_space *space, bool same_list)
{
	if (history->count && !history->told)
		append_usage(history, NULL, NULL);
	if (history->count && group_is_full(history))
		finish_group(history);
	append_moment(history, space, same_list);
	if (must_start_over(history))
		append_moment(history, space, same_list);
}

void history_add(struct history *history, const struct address_space *space)
{
	add(history, space, false);
}

void history_add_same(struct history *history, const struct address_space *space)
{
	add(history, space, true);
}

void history_add_usage(struct history *history, const struct address_space *space,
		       const struct usage_table *usage, const struct residency *residency)
{
	struct residency *coarse;

	if (!history->count || history->told)
		return;
	coarse = usage ? residency_coarse(residency, space, history->limit / LIMIT_BYTES_PER_RUN)
		       : NULL;
	append_usage(history, usage, coarse);
	if (must_start_over(history)) {
		append_moment(history, space, false);
		append_usage(history, usage, coarse);
	}
	residency_destroy(coarse);
}

uint64_t history_first(const struct history *history)
{
	return history->groups.count ? history_groups_at(&history->groups, 0).first
				     : history->first;
}

uint64_t history_end(const struct history *history)
{
	return history->first + history->count;
}

/* The group that has the moment, which is kept. */
static struct history_stretch find_group(const struct history *history, uint64_t moment)
{
	return moment >= history->first ? current_group(history)
					: history_groups_find(&history->groups, moment);
}

/* The group of the moment before, if it is another one. */
static struct history_stretch find_group_before(const struct history *history, uint64_t moment,
						const struct history_stretch *group)
{
	return moment == group->first && moment > history_first(history)
		       ? find_group(history, moment - 1)
		       : (struct history_stretch){.names = NULL};
}

static bool is_kept(const struct history *history, uint64_t moment)
{
	return moment >= history_first(history) && moment < history_end(history);
}

int history_get(const struct history *history, uint64_t moment, struct address_space **ret_space)
{
	struct history_stretch group;

	if (!is_kept(history, moment))
		return -ENOENT;
	if (moment + 1 == history_end(history))
		return history_moment_make(&history->last, history->names.bytes,
					   history->last_space, ret_space, NULL);
	group = find_group(history, moment);
	return history_moment_find(&group, moment, ret_space, NULL, NULL);
}

int history_get_usage(const struct history *history, uint64_t moment,
		      struct address_space **ret_space, struct kept_usage *ret_usage,
		      struct address_space **ret_before)
{
	struct history_stretch group, before;
	int error;

	if (!is_kept(history, moment))
		return -ENOENT;
	if (moment + 1 == history_end(history)) {
		error = history_moment_make(&history->last, history->names.bytes,
					    history->last_space, ret_space, ret_usage);
		if (!error)
			*ret_before = NULL;
		if (!error && moment > history_first(history))
			history_get(history, moment - 1, ret_before);
		return error;
	}
	group = find_group(history, moment);
	before = find_group_before(history, moment, &group);
	return history_moment_find_both(&group, &before, moment, ret_space, ret_usage, ret_before);
}

struct history_excerpt *history_excerpt(const struct history *history, uint64_t moment)
{
	struct history_stretch group, before;

	if (!is_kept(history, moment))
		return NULL;
	group = find_group(history, moment);
	before = find_group_before(history, moment, &group);
	return history_excerpt_create(&group, &before, moment);
}

size_t history_bytes(const struct history *history)
{
	return sizeof(*history) + ALLOCATIONS * ALLOCATION_BYTES +
	       history_groups_bytes(&history->groups) + history->records.capacity +
	       history_names_size(&history->names) + history_state_size(&history->last) +
	       (history->last_space ? address_space_bytes(history->last_space) : 0);
}

void history_destroy(struct history *history)
{
	if (!history)
		return;
	history_groups_finish(&history->groups);
	text_finish(&history->records);
	history_names_finish(&history->names);
	history_state_finish(&history->last);
	address_space_destroy(history->last_space);
	free(history);
}
