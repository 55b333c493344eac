/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COMMAND_PLAY_COMMANDS_H
#define UI_COMMAND_PLAY_COMMANDS_H

/*
 * The commands about time, for the table in ui/command/commands.c: of a process, and of a recording
 * that is played. why_not_… is a sentence, or NULL when the command can act.
 */

struct ui;

void play_commands_pause(struct ui *ui);
const char *play_commands_why_not_back(const struct ui *ui);
void play_commands_back(struct ui *ui);
const char *play_commands_why_not_forward(const struct ui *ui);
void play_commands_forward(struct ui *ui);
const char *play_commands_why_not_live(const struct ui *ui);
void play_commands_live(struct ui *ui);
const char *play_commands_why_not_faster(const struct ui *ui);
void play_commands_faster(struct ui *ui);
const char *play_commands_why_not_slower(const struct ui *ui);
void play_commands_slower(struct ui *ui);

/* Of what is of a process only. */
const char *play_commands_why_no_faults(const struct ui *ui);

/* Of a recording only. */
const char *play_commands_why_not(const struct ui *ui);
void play_commands_next_event(struct ui *ui);
void play_commands_previous_event(struct ui *ui);
const char *play_commands_why_no_mapping(const struct ui *ui);
void play_commands_next_change(struct ui *ui);
void play_commands_previous_change(struct ui *ui);
void play_commands_life(struct ui *ui);

#endif
