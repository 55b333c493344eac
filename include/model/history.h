/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

/*
 * Past snapshots of one process, and what of each was in memory, stored as differences: bounded in
 * bytes, the oldest go first.
 * Moments are numbered from the first one ever added; a moment keeps its number.
 */

#include <stddef.h>
#include <stdint.h>

struct address_space;
struct hash_key;
struct history;
struct history_excerpt;
struct kept_usage;
struct residency;
struct usage_table;

/*
 * A history that never takes more than limit bytes, but always keeps the newest moment. The key,
 * which is random, is for a table of the target's names.
 */
struct history *history_create(size_t limit, const struct hash_key *key);

/* Frees it; NULL is allowed. */
void history_destroy(struct history *history);

/*
 * Adds a snapshot, of which the list of mappings is shared and the rest copied. A snapshot with the
 * same mappings as the last takes a few bytes. O(n) in the mappings.
 */
void history_add(struct history *history, const struct address_space *space);

/*
 * The same where it is known that mappings and parts are those of the snapshot that was added last:
 * O(1), but for one in some hundreds.
 */
void history_add_same(struct history *history, const struct address_space *space);

/*
 * Adds what of the newest moment is in memory: the usage of its mappings and the pages (each NULL:
 * not known), copied. space is the snapshot that was added. Once for each moment, when no more of
 * it will be known: a second call does nothing. Of a moment without, nothing is known. Pages are
 * kept as finely as a part of the limit allows (model/residency_coarse.h), nodes are not.
 */
void history_add_usage(struct history *history, const struct address_space *space,
		       const struct usage_table *usage, const struct residency *residency);

/* The numbers of the oldest moment kept and of the one after the newest; equal when empty. */
uint64_t history_first(const struct history *history);
uint64_t history_end(const struct history *history);

/*
 * The moment as a snapshot, equal to the one that was added, which the caller destroys. Returns 0
 * and sets *ret_space, or -ENOENT when the moment is not kept. At most 512 differences are applied,
 * and none for the newest moment.
 */
int history_get(const struct history *history, uint64_t moment, struct address_space **ret_space);

/*
 * The same with what of it was in memory, for kept_usage_finish() to free, and with the moment
 * before as a snapshot, NULL where that is not kept.
 */
int history_get_usage(const struct history *history, uint64_t moment,
		      struct address_space **ret_space, struct kept_usage *ret_usage,
		      struct address_space **ret_before);

/*
 * What finding a moment takes, for another thread (model/history_moment.h), so that this one need
 * not wait: history_excerpt_destroy() frees it. NULL when the moment is not kept. O(bytes).
 */
struct history_excerpt *history_excerpt(const struct history *history, uint64_t moment);

/*
 * The bytes that it takes now, all of its memory counted, the list of the newest snapshot too,
 * which it shares with others that have it; never above the limit once two moments fit into it.
 */
size_t history_bytes(const struct history *history);

#endif
