/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_DIFF_H
#define MODEL_HISTORY_DIFF_H

/* Writes the record that leads from a state of a history to a snapshot: what is different. */

#include <stdbool.h>
#include <stddef.h>

struct address_space;
struct history_names;
struct history_state;
struct text;

/*
 * Appends the record to records, and to names the strings that are new. history_state_apply() of
 * the record makes the state equal to the snapshot. before is the snapshot that the state is of,
 * with its mappings and parts; NULL: the state is empty. same_list: the mappings and parts of both
 * are known to be the same. Returns how many VMAs applying it has to move, 0 when none or as many
 * come as go everywhere. O(n) in the mappings, O(1) with same_list.
 */
size_t history_diff_append(struct text *records, struct history_names *names,
			   const struct history_state *state, const struct address_space *before,
			   const struct address_space *space, bool same_list);

#endif
