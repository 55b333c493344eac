/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_USAGE_COMMANDS_H
#define UI_USAGE_COMMANDS_H

/* The commands about what is in memory, for the table in ui/command.c. Each returns reactions. */

struct ui;

/* Opens or closes the usage by kind. */
unsigned usage_commands_summary(struct ui *ui);

/* Filters the picture to the kind under the summary's cursor; the same again: to none. */
unsigned usage_commands_filter(struct ui *ui);

/*
 * Asks for smaps to be read: at once where that is cheap, else when the same key is pressed again
 * after it was said what it costs.
 */
unsigned usage_commands_smaps(struct ui *ui);
const char *usage_commands_why_no_smaps(const struct ui *ui);

#endif
