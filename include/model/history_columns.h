/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_COLUMNS_H
#define MODEL_HISTORY_COLUMNS_H

/*
 * What leads from the usages of one moment of a history to those of the next, which are of as many
 * mappings: field by field, since mostly few of them differ, and runs of mappings that change alike
 * as one, since those of a new group all change from unknown.
 */

#include <stdbool.h>

struct history_cursor;
struct text;
struct usage_list;

/* Appends it; nothing, and returns false, where they are equal. O(n) in the mappings. */
bool history_columns_put(struct text *out, const struct usage_list *from,
			 const struct usage_list *to);

/* Turns the list into the next one with what history_columns_put() wrote, up to the end. */
void history_columns_apply(struct usage_list *list, struct history_cursor *reader);

#endif
