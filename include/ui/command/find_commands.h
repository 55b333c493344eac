/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_FIND_COMMANDS_H
#define UI_COMMAND_FIND_COMMANDS_H

/*
 * The commands that look for mappings, for the table in ui/command/commands.c. why_… is a
 * sentence, or NULL when the command can act.
 */

#include <stdbool.h>

#include "model/kind.h"

struct ui;

/* Asks the user what to search for; the first match after the cursor is gone to meanwhile. */
void find_commands_search(struct ui *ui);

/* The next match down or up the screen, and round its end. */
void find_commands_next(struct ui *ui);
void find_commands_previous(struct ui *ui);
const char *find_commands_why_no_match(const struct ui *ui);

/* Without a filter, and where it hides: asks the user for it. Where it dims: hides. */
const char *find_commands_why_no_filter(const struct ui *ui);
void find_commands_filter(struct ui *ui);

/*
 * Filters by the line, which is a valid query, as if it had been typed; by the same line again, and
 * by an empty one, to nothing. Returns whether there is a filter now.
 */
bool find_commands_filter_to(struct ui *ui, const char *line);

/* Filters to the kind; KIND_COUNT, and the same kind again: to none. */
void find_commands_filter_kind(struct ui *ui, enum kind kind);

/* Takes off the matches of the search, else the filter; false when there is neither. */
bool find_commands_leave(struct ui *ui);

#endif
