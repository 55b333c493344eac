/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command.h"

#include "screen/key.h"
#include "ui/find_commands.h"
#include "ui/go_to.h"
#include "ui/interval_commands.h"
#include "ui/lens_commands.h"
#include "ui/mouse.h"
#include "ui/pane_commands.h"
#include "ui/table_commands.h"
#include "ui/time_commands.h"
#include "ui/ui.h"
#include "ui/usage_commands.h"
#include "ui/view_commands.h"

#define CTRL(letter) ((letter)&31)

static const char *why_no_sample(const struct ui *ui)
{
	return ui->ended ? "The process has ended: this is its last picture." : NULL;
}

static unsigned sample_now(struct ui *ui)
{
	(void)ui;
	return REACT_RESAMPLE | REACT_REPAINT;
}

static unsigned next_theme(struct ui *ui)
{
	(void)ui;
	return REACT_THEME;
}

static const char *why_no_process(const struct ui *ui)
{
	return ui->why_no_picker;
}

static unsigned choose_process(struct ui *ui)
{
	ui->message = "Listing the processes.";
	return REACT_PICK;
}

static unsigned quit(struct ui *ui)
{
	(void)ui;
	return REACT_QUIT;
}

static const struct command commands[] = {
	{.section = "Moving",
	 .name = "up",
	 .help = "Go to the next band above",
	 .run = view_commands_up,
	 .keys = {KEY_ARROW_UP, 'k'}},
	{.name = "down",
	 .help = "Go to the next band below",
	 .run = view_commands_down,
	 .keys = {KEY_ARROW_DOWN, 'j'}},
	{.name = "page-up",
	 .help = "Go up a screenful",
	 .run = view_commands_page_up,
	 .keys = {KEY_PAGE_UP, CTRL('B')}},
	{.name = "page-down",
	 .help = "Go down a screenful",
	 .run = view_commands_page_down,
	 .keys = {KEY_PAGE_DOWN, CTRL('F')}},
	{.name = "top", .help = "Go to the top", .run = view_commands_top, .keys = {KEY_TO_HOME}},
	{.name = "bottom",
	 .help = "Go to the bottom",
	 .run = view_commands_bottom,
	 .keys = {KEY_TO_END, 'G'}},
	{.name = "in",
	 .help = "Go into the band under the cursor",
	 .footer = "in",
	 .rank = 3,
	 .run = view_commands_in,
	 .unavailable = view_commands_why_not_in,
	 .keys = {KEY_RETURN}},
	{.name = "out",
	 .help = "Go out again",
	 .footer = "out",
	 .rank = 4,
	 .run = view_commands_out,
	 .unavailable = view_commands_why_not_out,
	 .keys = {KEY_BACK}},
	{.name = "right",
	 .help = "Go in; table: the next column",
	 .run = table_commands_right,
	 .unavailable = table_commands_why_not_right,
	 .keys = {KEY_ARROW_RIGHT, 'l'}},
	{.name = "left",
	 .help = "Go out; table: the column before",
	 .run = table_commands_left,
	 .unavailable = table_commands_why_not_left,
	 .keys = {KEY_ARROW_LEFT, 'h'}},
	{.section = "Picture",
	 .name = "zoom-in",
	 .help = "Double the rows: folds open",
	 .footer = "zoom",
	 .rank = 5,
	 .run = view_commands_zoom_in,
	 .unavailable = view_commands_why_not_larger,
	 .place = COMMAND_PICTURE,
	 .keys = {'+', '='}},
	{.name = "zoom-out",
	 .help = "Halve the rows",
	 .run = view_commands_zoom_out,
	 .unavailable = view_commands_why_not_smaller,
	 .place = COMMAND_PICTURE,
	 .keys = {'-'}},
	{.name = "zoom-reset",
	 .help = "Fit everything on the screen",
	 .run = view_commands_zoom_reset,
	 .unavailable = view_commands_why_not_smaller,
	 .place = COMMAND_PICTURE,
	 .keys = {'0'}},
	{.name = "scale",
	 .help = "Next scale: log, linear, equal",
	 .run = view_commands_scale,
	 .place = COMMAND_PICTURE,
	 .keys = {'s'}},
	{.name = "turn-over",
	 .help = "High or low addresses on top",
	 .run = view_commands_turn_over,
	 .place = COMMAND_PICTURE,
	 .keys = {'o'}},
	{.name = "lens",
	 .help = "Colours: kind, protection, memory...",
	 .footer = "colours",
	 .rank = 11,
	 .run = lens_commands_next,
	 .place = COMMAND_PICTURE,
	 .keys = {'c'}},
	{.name = "lens-back",
	 .help = "The colours before these",
	 .run = lens_commands_previous,
	 .place = COMMAND_PICTURE,
	 .keys = {'C'}},
	{.name = "theme", .help = "Next theme", .run = next_theme, .keys = {'T'}},
	{.section = "Finding",
	 .name = "search",
	 .help = "Search, shown while you type",
	 .footer = "find",
	 .rank = 6,
	 .run = find_commands_search,
	 .keys = {'/'}},
	{.name = "next",
	 .help = "Next match down the screen",
	 .run = find_commands_next,
	 .unavailable = find_commands_why_no_match,
	 .keys = {'n'}},
	{.name = "previous",
	 .help = "Next match up the screen",
	 .run = find_commands_previous,
	 .unavailable = find_commands_why_no_match,
	 .keys = {'N'}},
	{.name = "filter",
	 .help = "Filter; again hides, again edits",
	 .footer = "filter",
	 .rank = 10,
	 .run = find_commands_filter,
	 .keys = {'f'}},
	{.name = "go-to",
	 .help = "Go to an address: heap+0x100, libc",
	 .footer = "go to",
	 .rank = 7,
	 .run = go_to_ask,
	 .keys = {'g'}},
	{.section = "Table",
	 .name = "table",
	 .help = "The mappings as a table, or back",
	 .footer = "table",
	 .rank = 8,
	 .run = table_commands_switch,
	 .keys = {'t'}},
	{.name = "sort",
	 .help = "Table: sort by the column; reverse",
	 .footer = "sort",
	 .rank = 5,
	 .run = table_commands_sort,
	 .place = COMMAND_TABLE,
	 .keys = {'S'}},
	{.name = "hide-column",
	 .help = "Table: hide the chosen column",
	 .run = table_commands_hide,
	 .unavailable = table_commands_why_not_hide,
	 .place = COMMAND_TABLE,
	 .keys = {'x'}},
	{.name = "show-columns",
	 .help = "Table: show all columns again",
	 .run = table_commands_show,
	 .unavailable = table_commands_why_not_show,
	 .place = COMMAND_TABLE,
	 .keys = {'X'}},
	{.section = "Panes",
	 .name = "inspector",
	 .help = "Show or hide the inspector",
	 .footer = "inspect",
	 .rank = 13,
	 .run = pane_commands_inspector,
	 .keys = {'i'}},
	{.name = "value",
	 .help = "Growth of heap, mapping, kind, ...",
	 .footer = "growth",
	 .rank = 15,
	 .run = pane_commands_value,
	 .keys = {'v'}},
	{.name = "ledger",
	 .help = "What grew most since the mark",
	 .footer = "deltas",
	 .rank = 16,
	 .run = pane_commands_ledger,
	 .keys = {'d'}},
	{.name = "events",
	 .help = "What changed, and when",
	 .footer = "events",
	 .rank = 14,
	 .run = pane_commands_events,
	 .keys = {'e'}},
	{.name = "summary",
	 .help = "Usage by kind, colours, limits",
	 .footer = "usage",
	 .rank = 12,
	 .run = usage_commands_summary,
	 .keys = {'u'}},
	{.name = "smaps",
	 .help = "Read smaps once: pss, dirty, flags",
	 .run = usage_commands_smaps,
	 .unavailable = usage_commands_why_no_smaps,
	 .keys = {'U'}},
	{.section = "Time",
	 .name = "mark",
	 .help = "Count growth from this moment on",
	 .footer = "mark",
	 .rank = 17,
	 .run = time_commands_mark,
	 .keys = {'m'}},
	{.name = "pause",
	 .help = "Hold the picture, or go on",
	 .footer = "pause",
	 .rank = 18,
	 .run = time_commands_pause,
	 .keys = {KEY_SPACE}},
	{.name = "back",
	 .help = "One moment back in time",
	 .run = time_commands_back,
	 .unavailable = time_commands_why_not_back,
	 .keys = {','}},
	{.name = "forward",
	 .help = "One moment forward",
	 .run = time_commands_forward,
	 .unavailable = time_commands_why_not_forward,
	 .keys = {'.'}},
	{.name = "live",
	 .help = "Back to the newest moment",
	 .run = time_commands_live,
	 .unavailable = time_commands_why_not_live,
	 .keys = {'L'}},
	{.name = "faster",
	 .help = "More frames a second",
	 .run = interval_commands_faster,
	 .unavailable = interval_commands_why_not_faster,
	 .keys = {'<'}},
	{.name = "slower",
	 .help = "Fewer frames a second",
	 .run = interval_commands_slower,
	 .unavailable = interval_commands_why_not_slower,
	 .keys = {'>'}},
	{.section = "Program",
	 .name = "mouse",
	 .help = "Mouse on or off, for selecting text",
	 .run = mouse_toggle,
	 .unavailable = mouse_why_none,
	 .keys = {'M'}},
	{.name = "process",
	 .help = "Choose another process",
	 .footer = "process",
	 .rank = 9,
	 .run = choose_process,
	 .unavailable = why_no_process,
	 .keys = {'p'}},
	{.name = "refresh",
	 .help = "Sample now, draw the screen again",
	 .run = sample_now,
	 .unavailable = why_no_sample,
	 .keys = {CTRL('L'), KEY_FN + 4}},
	{.name = "help",
	 .help = "Show or leave this help",
	 .footer = "help",
	 .rank = 1,
	 .run = pane_commands_help,
	 .keys = {'?', KEY_FN}},
	{.name = "leave",
	 .help = "Leave help, search, filter, pane...",
	 .run = pane_commands_leave,
	 .keys = {KEY_ESC}},
	{.name = "quit",
	 .help = "Quit",
	 .footer = "quit",
	 .rank = 2,
	 .run = quit,
	 .keys = {'q', KEY_FN + 9}},
};

const struct command *command_table(size_t *ret_count)
{
	*ret_count = sizeof(commands) / sizeof(commands[0]);
	return commands;
}

const struct command *command_find(uint32_t key)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		for (size_t j = 0; j < COMMAND_KEYS_MAX && commands[i].keys[j]; j++)
			if (commands[i].keys[j] == key)
				return &commands[i];
	return NULL;
}
