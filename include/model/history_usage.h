/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_USAGE_H
#define MODEL_HISTORY_USAGE_H

/*
 * What of a moment of a history is in memory: a record that follows the one of its mappings
 * (model/history_state.h), and is empty where nothing is known.
 */

#include <stddef.h>

struct address_space;
struct history_cursor;
struct history_state;
struct kept_usage;
struct residency;
struct text;
struct usage_table;

/*
 * Appends the record for the state, whose mappings are those of the moment already. usage (NULL:
 * nothing is known) is of them, but for its nodes, which are not kept; residency is coarse
 * (model/residency_coarse.h) or NULL. Returns how many ranges applying it has to move. O(mappings
 * + runs).
 */
size_t history_usage_append(struct text *records, const struct history_state *state,
			    const struct usage_table *usage, const struct residency *residency);

/* Takes one such record, so that the state knows what is in memory. */
void history_usage_apply(struct history_state *state, struct history_cursor *reader);

/* What the state knows, of the snapshot that it is; kept_usage_finish() frees it. */
void history_usage_get(const struct history_state *state, const struct address_space *space,
		       struct kept_usage *ret_usage);

#endif
