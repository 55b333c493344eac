/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/time_commands.h"

#include "model/address_space.h"
#include "model/session.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

/* Marks what the moment changed against the one before it, which may be NULL. */
static void mark_moment(struct ui *ui, struct address_space *before)
{
	struct change_list changes = {0};

	highlights_finish(&ui->shown.highlights);
	if (!before)
		return;
	change_compute(&changes, before, ui->shown.past);
	highlights_add(&ui->shown.highlights, &changes, 0);
	change_list_finish(&changes);
	address_space_destroy(before);
}

static void show_moment(struct ui *ui, uint64_t moment)
{
	struct shown *shown = &ui->shown;
	const struct history *history = shown->session->history;
	struct address_space *space, *before;
	struct kept_usage kept;

	if (history_get_usage(history, moment, &space, &kept, &before))
		return;
	/* More may still become known of the newest one: the history has it later. */
	if (moment + 1 == history_end(history))
		kept_usage_take(&kept, shown->usage, shown->residency);
	kept_usage_finish(&shown->kept);
	shown->kept = kept;
	shown->paused = true;
	shown->moment = moment;
	ui_set_space(ui, space);
	address_space_destroy(ui->shown.past);
	ui->shown.past = space;
	mark_moment(ui, before);
	view_follow(&ui->view, &ui->shown.regions);
}

static void show_newest(struct ui *ui)
{
	kept_usage_finish(&ui->shown.kept);
	ui_set_space(ui, ui->shown.session->now);
	address_space_destroy(ui->shown.past);
	ui->shown.past = NULL;
	ui->shown.paused = false;
	highlights_finish(&ui->shown.highlights);
	view_follow(&ui->view, &ui->shown.regions);
}

void time_commands_pause(struct ui *ui)
{
	if (ui->shown.paused)
		show_newest(ui);
	else
		show_moment(ui, history_end(ui->shown.session->history) - 1);
	ui_want(ui, UI_LAYOUT);
}

/* The moment that is shown: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	return ui->shown.paused ? ui->shown.moment : history_end(ui->shown.session->history) - 1;
}

const char *time_commands_why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= history_first(ui->shown.session->history)
		       ? "This is the oldest sample in the history."
		       : NULL;
}

void time_commands_back(struct ui *ui)
{
	show_moment(ui, shown_moment(ui) - 1);
	ui_want(ui, UI_LAYOUT);
}

const char *time_commands_why_not_forward(const struct ui *ui)
{
	return shown_moment(ui) + 1 >= history_end(ui->shown.session->history)
		       ? "This is the newest sample; " SENTENCE_KEY("live") " resumes."
		       : NULL;
}

void time_commands_forward(struct ui *ui)
{
	uint64_t next = shown_moment(ui) + 1, first = history_first(ui->shown.session->history);

	/* What followed may be forgotten while one looked. */
	show_moment(ui, next < first ? first : next);
	ui_want(ui, UI_LAYOUT);
}

const char *time_commands_why_not_live(const struct ui *ui)
{
	return ui->shown.paused ? NULL : "The picture is already live.";
}

void time_commands_live(struct ui *ui)
{
	show_newest(ui);
	ui_want(ui, UI_LAYOUT);
}

void time_commands_mark(struct ui *ui)
{
	session_set_baseline(ui->shown.session, ui->shown.space);
	ui_set_space(ui, ui->shown.space);
	ui_say(ui, "Baseline set: growth counts from now on.");
	ui_want(ui, UI_LAYOUT | UI_BASELINE);
}
