/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/find_commands.h"

#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/query.h"
#include "ui/arrange.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static struct find_space space_of(const struct ui *ui)
{
	return (struct find_space){ui->shown.space, shown_usage(&ui->shown)};
}

/* The next match in the order of addresses. */
static size_t next_in_memory(const struct ui *ui, const struct query_matches *matches,
			     int direction, bool *ret_wrapped)
{
	const struct address_space *space = ui->shown.space;
	bool upwards = (direction > 0) == ui->view.low_on_top; /* in addresses */
	size_t at = address_space_lower_bound(space, ui->view.cursor), next;
	bool inside = at < space->vma_count && space->vmas[at].start <= ui->view.cursor;

	next = upwards ? query_matches_above(matches, inside ? at + 1 : at)
		       : query_matches_below(matches, at);
	*ret_wrapped = next == matches->vma_count;
	if (*ret_wrapped)
		next = upwards ? query_matches_above(matches, 0)
			       : query_matches_below(matches, matches->vma_count);
	return next;
}

/* The next match from the cursor on, down (1) or up (-1) the screen. Needs a match. */
static size_t next_match(struct ui *ui, const struct query_matches *matches, int direction,
			 bool *ret_wrapped)
{
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	if (main->ops->next_match)
		return main->ops->next_match(main, ui, matches, direction, ret_wrapped);
	return next_in_memory(ui, matches, direction, ret_wrapped);
}

/* The line of the screen that the address is on, where it is on one; else the middle. */
static uint64_t line_of(const struct ui *ui, uint64_t address)
{
	const struct diagram *diagram = ui->shown.picture.diagram;
	uint64_t line;

	if (address >= diagram->start && address < diagram->end) {
		line = view_line_of_row(&ui->view, diagram, diagram_address_row(diagram, address));
		if (line >= ui->view.top && line < ui->view.top + ui->view.lines)
			return line - ui->view.top;
	}
	return ui->view.lines / 2;
}

/* Goes to what was found, out of the windows that do not hold it; it becomes a band of its own. */
static void go_to(struct ui *ui, uint64_t address)
{
	uint64_t line = line_of(ui, address);

	view_show(&ui->view, address);
	ui->view.cursor_at = line;
}

/* The how manieth match it is, from the top of the screen on: 1 is the first. */
static size_t rank_of(struct ui *ui, const struct query_matches *matches, size_t vma)
{
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	size_t below = query_matches_rank(matches, vma);

	if (main->ops->match_rank)
		return main->ops->match_rank(main, ui, matches, vma);
	return ui->view.low_on_top ? below + 1 : matches->count - below;
}

/* Goes to the next match and says the how manieth it is, as they come down the screen. */
static void go_to_next(struct ui *ui, const struct find_lookup *lookup, int direction)
{
	const struct query_matches *matches = &lookup->matches;
	char number[FORMAT_NUMBER_LENGTH], count[FORMAT_NUMBER_LENGTH];
	size_t vma, rank;
	bool wrapped;

	vma = next_match(ui, matches, direction, &wrapped);
	go_to(ui, query_address(lookup->query, ui->shown.space, vma));
	rank = rank_of(ui, matches, vma);
	ui_say_format(ui, "Match %s of %s%s", format_number(number, rank),
		      format_number(count, matches->count),
		      !wrapped        ? "."
		      : direction > 0 ? ", continued from the top."
				      : ", continued from the bottom.");
}

/* Goes back to where the reader was when the search was asked for. */
static void go_back(struct ui *ui)
{
	uint64_t lines = ui->view.lines;

	ui->view = ui->find.asked_at;
	ui->view.lines = lines;
	view_follow(&ui->view, &ui->shown.regions);
}

/* Looks for what the line says; on a mistake says it, and where, and all stays as it is. */
static int look_for_line(struct ui *ui, struct find_lookup *lookup, size_t *ret_offset)
{
	const struct find_space in = space_of(ui);
	struct text why = {0};
	int error = find_look_for(&ui->find, lookup, ui->line.prompt.text, &in, &why, ret_offset);

	if (error)
		ui_say_format(ui, "%s", text_string(&why));
	text_finish(&why);
	return error;
}

/* Goes on asking, with the cursor where the mistake is. */
static void ask_again(struct ui *ui, const struct ui_prompt *asking, size_t offset)
{
	ui->line.asking = asking;
	ui->line.prompt.cursor = utf8_start(ui->line.prompt.text, offset);
}

/* Shows the first match after where the reader was; fails as look_for_line() does. */
static int show_typed(struct ui *ui, size_t *ret_offset)
{
	struct find_lookup *typed = &ui->find.typed;
	int error = look_for_line(ui, typed, ret_offset);

	if (error)
		return error;
	go_back(ui);
	if (typed->query && typed->matches.count)
		go_to_next(ui, typed, 1);
	else if (typed->query)
		ui_say(ui, ui->find.filter == FILTER_HIDE
				   ? "No mapping that passes the filter matches."
				   : "No mapping matches.");
	return 0;
}

static void search_typed(struct ui *ui)
{
	size_t offset;

	if (show_typed(ui, &offset) == 0)
		ui_want(ui, UI_LAYOUT);
}

static void search_accepted(struct ui *ui);

static void search_cancelled(struct ui *ui)
{
	find_lookup_clear(&ui->find.typed);
	go_back(ui);
	ui_want(ui, UI_LAYOUT);
}

static const struct ui_prompt search_prompt = {"/", search_typed, search_accepted,
					       search_cancelled};

/* An empty line searches for the same again. */
static void search_accepted(struct ui *ui)
{
	struct find *find = &ui->find;
	size_t offset;

	if (show_typed(ui, &offset)) {
		ask_again(ui, &search_prompt, offset);
		return;
	}
	if (find->typed.query) {
		find_lookup_clear(&find->search);
		find->search = find->typed;
		find->typed = (struct find_lookup){0};
	} else if (find->search.query) {
		if (!find_commands_why_no_match(ui))
			find_commands_next(ui);
		return;
	}
	find->marked = find->search.query != NULL;
	ui_want(ui, UI_LAYOUT);
}

/* How what is shown searches names of its own; NULL: mappings are searched. */
static const struct pane_search *own_search(const struct ui *ui)
{
	return pane_stack_top(&ui->panes, PANE_MAIN)->ops->search;
}

void find_commands_search(struct ui *ui)
{
	arrange_uncover(ui);
	if (own_search(ui)) {
		own_search(ui)->ask(ui);
		return;
	}
	ui->find.asked_at = ui->view;
	ui_ask(ui, &search_prompt, "");
}

const char *find_commands_why_no_match(const struct ui *ui)
{
	if (own_search(ui))
		return own_search(ui)->why_no_match(ui);
	if (!ui->find.search.query)
		return "There is no previous search; " SENTENCE_KEY("search") " searches.";
	if (ui->find.search.matches.count)
		return NULL;
	return ui->find.filter == FILTER_HIDE
		       ? "No mapping that passes the filter matches; " SENTENCE_KEY(
				 "filter") " edits the filter."
		       : "No mapping matches; " SENTENCE_KEY(
				 "search") " searches for something else.";
}

static void go_on(struct ui *ui, int direction)
{
	if (own_search(ui)) {
		own_search(ui)->again(ui, direction);
		return;
	}
	ui->find.marked = true;
	go_to_next(ui, &ui->find.search, direction);
	ui_want(ui, UI_LAYOUT);
}

void find_commands_next(struct ui *ui)
{
	go_on(ui, 1);
}

void find_commands_previous(struct ui *ui)
{
	go_on(ui, -1);
}

static void filter_off(struct ui *ui)
{
	find_lookup_clear(&ui->find.filtered);
	ui->find.filter = FILTER_NONE;
	ui_take_find(ui);
	ui_want(ui, UI_LAYOUT);
}

/* What was found matters now: it is dimmed what is not. */
static void filter_dim(struct ui *ui)
{
	const struct query_matches *matches = &ui->find.filtered.matches;
	char count[FORMAT_NUMBER_LENGTH], all[FORMAT_NUMBER_LENGTH];

	ui->find.filter = FILTER_DIM;
	ui_take_find(ui);
	ui_want(ui, UI_LAYOUT);
	if (matches->count == 0) {
		ui_say(ui, "No mapping matches; " SENTENCE_KEY(
				   "filter") " hides all, Esc takes the filter off.");
		return;
	}
	ui_say_format(ui,
		      "%s of %s match; " SENTENCE_KEY("filter") " hides the others, Esc shows all.",
		      format_number(count, find_count(matches, ui->shown.space)),
		      format_number(all, ui->shown.space->mappings));
}

static void filter_accepted(struct ui *ui);

static const struct ui_prompt filter_prompt = {"filter: ", NULL, filter_accepted, NULL};

static void filter_accepted(struct ui *ui)
{
	size_t offset;

	if (look_for_line(ui, &ui->find.filtered, &offset)) {
		ask_again(ui, &filter_prompt, offset);
	} else if (ui->find.filtered.query) {
		filter_dim(ui);
	} else {
		filter_off(ui);
		ui_say(ui, "There is no filter.");
	}
}

const char *find_commands_why_no_filter(const struct ui *ui)
{
	return own_search(ui) ? "The filter is about mappings; " SENTENCE_KEY(
					"inside") " goes back to them."
			      : NULL;
}

void find_commands_filter(struct ui *ui)
{
	struct find *find = &ui->find;

	if (find->filter != FILTER_DIM) {
		arrange_uncover(ui);
		ui_ask(ui, &filter_prompt, find->filter == FILTER_NONE ? "" : find->filtered.text);
		return;
	}
	find->filter = FILTER_HIDE;
	ui_take_find(ui);
	ui_say(ui, "Mappings that do not match are hidden; " SENTENCE_KEY(
			   "filter") " edits the filter, Esc shows all.");
	ui_want(ui, UI_LAYOUT);
}

bool find_commands_filter_to(struct ui *ui, const char *line)
{
	const struct find_space in = space_of(ui);
	bool again = ui->find.filter != FILTER_NONE && !strcmp(ui->find.filtered.text, line);
	struct text why = {0};
	size_t offset;
	bool filtered = find_look_for(&ui->find, &ui->find.filtered, again ? "" : line, &in, &why,
				      &offset) == 0 &&
			ui->find.filtered.query;

	if (filtered)
		filter_dim(ui);
	else
		filter_off(ui);
	text_finish(&why);
	return filtered;
}

void find_commands_filter_kind(struct ui *ui, enum kind kind)
{
	struct text line = {0};

	if (kind != KIND_COUNT)
		text_append_format(&line, "kind:%s", kind_name(kind));
	if (find_commands_filter_to(ui, text_string(&line)))
		ui_say(ui,
		       "Other kinds are dimmed; " SENTENCE_KEY("in") " again or Esc shows all.");
	text_finish(&line);
}

bool find_commands_leave(struct ui *ui)
{
	if (ui->find.marked) {
		ui->find.marked = false;
		view_unpin(&ui->view);
		ui_want(ui, UI_LAYOUT);
		return true;
	}
	if (ui->find.filter == FILTER_NONE)
		return false;
	filter_off(ui);
	return true;
}
