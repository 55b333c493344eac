/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_GROUPS_H
#define MODEL_HISTORY_GROUPS_H

/*
 * The finished groups of a history (model/history.c), oldest first: what comes last stays longest.
 * They lie one behind the other in blocks of memory. A group of its own allocation would leave
 * holes: large ones come between arrays that each sample makes and frees.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/history_moment.h"

struct history_block;
struct history_group;

struct history_groups {
	struct history_group *groups;
	size_t oldest, count, capacity; /* of the array: where they begin, and how many there are */
	struct history_block *newest;   /* that has room left; NULL: none */
	size_t block_bytes;             /* what a block has room for, unless a group needs more */
	size_t bytes;                   /* what all blocks have in use */
};

/* No groups; history_groups_finish() frees what comes. */
void history_groups_init(struct history_groups *groups, size_t block_bytes);
void history_groups_finish(struct history_groups *groups);

/* How much more they take, at most, with one more group of so many bytes. */
size_t history_groups_cost(size_t name_bytes, size_t record_bytes);

/* Adds a copy of the group, which has records, and is newer than the others. */
void history_groups_add(struct history_groups *groups, const struct history_stretch *group);

/* Drops the oldest group; there is one. Its memory goes with the last group of its block. */
void history_groups_drop(struct history_groups *groups);

/*
 * The group with the moment, which is in one of them; index is its place from the oldest one on.
 * What it points to stays until it is dropped.
 */
struct history_stretch history_groups_at(const struct history_groups *groups, size_t index);
struct history_stretch history_groups_find(const struct history_groups *groups, uint64_t moment);

/* The bytes that they take, all of their memory counted. */
size_t history_groups_bytes(const struct history_groups *groups);

#endif
