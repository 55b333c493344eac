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
	const struct session *session = ui->shown.session;

	return session->history &&
	       (!ui->host.finds_moments || session->now->vma_count <= AT_ONCE_VMAS);
}

/* What the newest snapshot rests on is of use again when the picture is live. */
static void keep_live(struct shown *shown, struct found_moment *left)
{
	if (left->past.space && !shown_basis_is_made(&shown->live) &&
	    address_space_same_list(left->past.space, shown->session->now))
		shown_keep_live(shown, &left->basis);
}

/* Takes over the moment; what it changed is marked. */
static void show(struct ui *ui, struct found_moment *found, const struct change_list *changes)
{
	struct shown *shown = &ui->shown;
	struct found_moment left = {.past = shown->past};

	shown->past = found->past;
	shown->paused = true;
	shown->moment = found->past.number;
	ui_show_space(ui, found->past.space, &found->basis);
	left.basis = found->basis;
	highlights_finish(&shown->highlights);
	highlights_add(&shown->highlights, changes ? changes : &shown->past.changes, 0);
	view_follow(&ui->view, &shown->regions);
	keep_live(shown, &left);
	if (finds_at_once(ui))
		found_moment_finish(&left);
	else
		time_step_keep(&shown->step, &left, shown->moment);
}

/* The newest moment as it is at hand, with what is at hand of it. */
static void show_newest_moment(struct ui *ui)
{
	const struct session *session = ui->shown.session;
	struct shown *shown = &ui->shown;
	struct found_moment found = {.past = {
					     .number = session_end_moment(session) - 1,
					     .space = address_space_copy(session->now),
				     }};

	kept_usage_take(&found.past.usage, shown->usage, shown->residency);
	found.basis = shown->live;
	shown->live = (struct shown_basis){.baseline = NULL};
	show(ui, &found, &session->latest);
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
	const struct session *session = shown->session;
	const bool was_awaited = shown->step.awaited;
	struct found_moment found = {.past = {.space = NULL}};

	shown->step.awaited = false;
	if (was_awaited && number == shown->moment) {
		say_shown(ui);
	} else if (finds_at_once(ui)) {
		if (past_moment_get(session->history, number, &found.past))
			return;
		/* More may still become known of the newest one: the history has it later. */
		if (!found.past.complete)
			kept_usage_take(&found.past.usage, shown->usage, shown->residency);
		show(ui, &found, NULL);
	} else if (number + 1 == session_end_moment(session)) {
		show_newest_moment(ui);
	} else if (time_step_take(&shown->step, number, &found)) {
		show(ui, &found, NULL);
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
	const uint64_t first = session_first_moment(shown->session);

	return shown->step.moment < first ? first : shown->step.moment;
}

bool time_commands_want(const struct ui *ui, uint64_t *ret_number)
{
	const struct shown *shown = &ui->shown;
	const uint64_t first = session_first_moment(shown->session);
	uint64_t number = shown->moment;

	if (!shown->paused)
		return false;
	if (shown->step.awaited) {
		*ret_number = awaited(shown);
		return true;
	}
	if (finds_at_once(ui) ||
	    (shown->step.forward ? number + 2 >= session_end_moment(shown->session)
				 : number <= first))
		return false;
	number = shown->step.forward ? number + 1 : number - 1;
	if (number < first || time_step_has(&shown->step, number))
		return false;
	*ret_number = number;
	return true;
}

/* While steps come faster than moments are found, those on the way are shown. */
static bool is_on_the_way(uint64_t from, uint64_t number, uint64_t to)
{
	return from < to ? number > from && number <= to : number < from && number >= to;
}

void time_commands_take(struct ui *ui, struct found_moment *found)
{
	struct shown *shown = &ui->shown;
	const struct past_moment *past = &found->past;

	if (shown->paused && past->space && shown->step.awaited &&
	    is_on_the_way(shown->moment, past->number, awaited(shown))) {
		shown->step.awaited = past->number != awaited(shown);
		show(ui, found, NULL);
		*found = (struct found_moment){.past = {.space = NULL}};
		ui_want(ui, UI_LAYOUT | UI_DRAW);
	} else if (shown->paused && past->space) {
		/* The oldest one that is left may be shown already. */
		shown->step.awaited &= awaited(shown) != shown->moment;
		time_step_keep(&shown->step, found, shown->moment);
	} else {
		shown->step.awaited = false;
		found_moment_finish(found);
	}
}

static void show_newest(struct ui *ui)
{
	struct shown *shown = &ui->shown;

	time_step_finish(&shown->step);
	ui_show_space(ui, shown->session->now, &shown->live);
	shown_basis_finish(&shown->live);
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
		show_moment(ui, session_end_moment(ui->shown.session) - 1);
	ui_want(ui, UI_LAYOUT);
}

/* The moment that is shown, or will be: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	const struct shown *shown = &ui->shown;

	if (!shown->paused)
		return session_end_moment(shown->session) - 1;
	return shown->step.awaited ? awaited(shown) : shown->moment;
}

const char *time_commands_why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= session_first_moment(ui->shown.session)
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
	return shown_moment(ui) + 1 >= session_end_moment(ui->shown.session)
		       ? "This is the newest sample; " SENTENCE_KEY("live") " resumes."
		       : NULL;
}

void time_commands_forward(struct ui *ui)
{
	uint64_t next = shown_moment(ui) + 1, first = session_first_moment(ui->shown.session);

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
	ui_take_baseline(ui);
	ui_say(ui, "Baseline set: growth counts from now on.");
	ui_want(ui, UI_BASELINE | UI_DRAW);
}
