/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/time_commands.h"

#include "model/address_space.h"
#include "model/chronicle.h"
#include "ui/command.h"
#include "ui/sentence.h"
#include "ui/ui.h"

/* Marks what the moment changed against the one before it. */
static void mark_moment(struct ui *ui, uint64_t moment)
{
	struct change_list changes = {0};
	struct address_space *before;

	marks_finish(&ui->marks);
	if (moment == 0 || history_get(ui->chronicle->history, moment - 1, &before))
		return;
	change_compute(&changes, before, ui->past);
	marks_add(&ui->marks, &changes, 0);
	change_list_finish(&changes);
	address_space_destroy(before);
}

static void show_moment(struct ui *ui, uint64_t moment)
{
	struct address_space *space;

	if (history_get(ui->chronicle->history, moment, &space))
		return;
	if (!ui->paused)
		kept_usage_take(&ui->kept, ui->usage, ui->residency,
				history_end(ui->chronicle->history) - 1);
	ui->paused = true;
	ui->moment = moment;
	ui_set_space(ui, space);
	address_space_destroy(ui->past);
	ui->past = space;
	mark_moment(ui, moment);
	view_follow(&ui->view, &ui->regions);
}

static void show_newest(struct ui *ui)
{
	kept_usage_finish(&ui->kept);
	ui_set_space(ui, ui->chronicle->now);
	address_space_destroy(ui->past);
	ui->past = NULL;
	ui->paused = false;
	marks_finish(&ui->marks);
	view_follow(&ui->view, &ui->regions);
}

unsigned time_commands_pause(struct ui *ui)
{
	if (ui->paused)
		show_newest(ui);
	else
		show_moment(ui, history_end(ui->chronicle->history) - 1);
	return REACT_RELAYOUT;
}

/* The moment that is shown: the newest one, unless paused. */
static uint64_t shown_moment(const struct ui *ui)
{
	return ui->paused ? ui->moment : history_end(ui->chronicle->history) - 1;
}

const char *time_commands_why_not_back(const struct ui *ui)
{
	return shown_moment(ui) <= history_first(ui->chronicle->history)
		       ? "This is the oldest moment that is kept."
		       : NULL;
}

unsigned time_commands_back(struct ui *ui)
{
	show_moment(ui, shown_moment(ui) - 1);
	return REACT_RELAYOUT;
}

const char *time_commands_why_not_forward(const struct ui *ui)
{
	return shown_moment(ui) + 1 >= history_end(ui->chronicle->history)
		       ? "This is the newest moment; " SENTENCE_KEY("live") " goes on live."
		       : NULL;
}

unsigned time_commands_forward(struct ui *ui)
{
	uint64_t next = shown_moment(ui) + 1, first = history_first(ui->chronicle->history);

	/* What followed may be forgotten while one looked. */
	show_moment(ui, next < first ? first : next);
	return REACT_RELAYOUT;
}

const char *time_commands_why_not_live(const struct ui *ui)
{
	return ui->paused ? NULL : "The picture is the newest one already.";
}

unsigned time_commands_live(struct ui *ui)
{
	show_newest(ui);
	return REACT_RELAYOUT;
}

unsigned time_commands_mark(struct ui *ui)
{
	chronicle_set_mark(ui->chronicle, ui->space);
	ui_set_space(ui, ui->space);
	ui->message = "Growth counts from this moment on.";
	return REACT_RELAYOUT;
}
