/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/time_commands.h"

#include "model/address_space.h"
#include "model/session.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

/* What takes a few milliseconds is found when a key asks for it. */
#define AT_ONCE_VMAS 4096

static bool finds_at_once(const struct ui *ui)
{
	return !ui->host.finds_moments || ui->shown.session->now->vma_count <= AT_ONCE_VMAS;
}

/* Takes over the moment; what it changed is marked. */
static void show(struct ui *ui, struct past_moment *past, const struct change_list *changes)
{
	struct shown *shown = &ui->shown;
	struct past_moment left = shown->past;

	shown->past = *past;
	shown->paused = true;
	shown->moment = past->number;
	ui_show_space(ui, past->space);
	highlights_finish(&shown->highlights);
	highlights_add(&shown->highlights, changes ? changes : &shown->past.changes, 0);
	view_follow(&ui->view, &shown->regions);
	if (finds_at_once(ui))
		past_moment_finish(&left);
	else
		time_step_keep(&shown->step, &left, shown->moment);
}

/* The newest moment as it is at hand. */
static void show_newest_moment(struct ui *ui)
{
	const struct session *session = ui->shown.session;
	struct past_moment past = {
		.number = history_end(session->history) - 1,
		.space = address_space_copy(session->now),
	};

	kept_usage_take(&past.usage, ui->shown.usage, ui->shown.residency);
	show(ui, &past, &session->latest);
}

/* A step back and one forward, before there was anything to be seen of the first one. */
static void say_shown(struct ui *ui)
{
	const char *newest = time_commands_why_not_forward(ui);

	ui_say(ui, newest ? newest : "This is the sample that is shown.");
}

static void show_moment(struct ui *ui, uint64_t number)
{
	struct shown *shown = &ui->shown;
	const struct history *history = shown->session->history;
	const bool was_awaited = shown->step.awaited;
	struct past_moment past;

	shown->step.awaited = false;
	if (was_awaited && number == shown->moment) {
		say_shown(ui);
	} else if (finds_at_once(ui)) {
		if (past_moment_get(history, number, &past))
			return;
		/* More may still become known of the newest one: the history has it later. */
		if (!past.complete)
			kept_usage_take(&past.usage, shown->usage, shown->residency);
		show(ui, &past, NULL);
	} else if (number + 1 == history_end(history)) {
		show_newest_moment(ui);
	} else if (time_step_take(&shown->step, number, &past)) {
		show(ui, &past, NULL);
	} else {
		if (!shown->paused)
			show_newest_moment(ui);
		shown->step.awaited = true;
		shown->step.moment = number;
	}
}

/* The moment that is awaited; if it was forgotten by now, the next one. */
static uint64_t awaited(const struct shown *shown)
{
	const uint64_t first = history_first(shown->session->history);

	return shown->step.moment < first ? first : shown->step.moment;
}

bool time_commands_want(const struct ui *ui, uint64_t *ret_number)
{
	const struct shown *shown = &ui->shown;
	const struct history *history = shown->session->history;
	uint64_t number = shown->moment;

	if (!shown->paused || finds_at_once(ui))
		return false;
	if (shown->step.awaited) {
		*ret_number = awaited(shown);
		return true;
	}
	if (shown->step.forward ? number + 2 >= history_end(history)
				: number <= history_first(history))
		return false;
	number = shown->step.forward ? number + 1 : number - 1;
	if (number < history_first(history) || time_step_has(&shown->step, number))
		return false;
	*ret_number = number;
	return true;
}

/* While steps come faster than moments are found, those on the way are shown. */
static bool is_on_the_way(uint64_t from, uint64_t number, uint64_t to)
{
	return from < to ? number > from && number <= to : number < from && number >= to;
}

void time_commands_take(struct ui *ui, struct past_moment *found)
{
	struct shown *shown = &ui->shown;

	if (shown->paused && found->space && shown->step.awaited &&
	    is_on_the_way(shown->moment, found->number, awaited(shown))) {
		shown->step.awaited = found->number != awaited(shown);
		show(ui, found, NULL);
		*found = (struct past_moment){.space = NULL};
		ui_want(ui, UI_LAYOUT | UI_DRAW);
	} else if (shown->paused && found->space) {
		time_step_keep(&shown->step, found, shown->moment);
	} else {
		shown->step.awaited = false;
		past_moment_finish(found);
	}
}

static void show_newest(struct ui *ui)
{
	struct shown *shown = &ui->shown;

	time_step_finish(&shown->step);
	ui_show_space(ui, shown->session->now);
	past_moment_finish(&shown->past);
	shown->paused = false;
	highlights_finish(&shown->highlights);
	view_follow(&ui->view, &shown->regions);
}

void time_commands_pause(struct ui *ui)
{
	if (ui->shown.paused)
		show_newest(ui);
	else
		show_moment(ui, history_end(ui->shown.session->history) - 1);
	ui_want(ui, UI_LAYOUT);
}

/* The moment that is shown, or will be: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	const struct shown *shown = &ui->shown;

	if (!shown->paused)
		return history_end(shown->session->history) - 1;
	return shown->step.awaited ? awaited(shown) : shown->moment;
}

const char *time_commands_why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= history_first(ui->shown.session->history)
		       ? "This is the oldest sample in the history."
		       : NULL;
}

void time_commands_back(struct ui *ui)
{
	ui->shown.step.forward = false;
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

	ui->shown.step.forward = true;
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
