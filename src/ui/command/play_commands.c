/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/play_commands.h"

#include "model/address_space.h"
#include "ui/command/interval_commands.h"
#include "ui/command/time_commands.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

/* So many times as fast as it was. */
static const unsigned speeds[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, REPLAY_SPEED_MAX};

#define SPEEDS (sizeof(speeds) / sizeof(speeds[0]))

static void set_held(struct ui *ui, bool held)
{
	ui->request.held = held;
	ui_want(ui, UI_HOLD);
}

/* The mapping at the cursor; NULL: there is none. */
static const struct vma *cursor_vma(const struct ui *ui)
{
	const struct address_space *space = ui->shown.space;
	size_t index = address_space_find(space, ui->view.cursor);

	return index < space->vma_count ? &space->vmas[index] : NULL;
}

/* From the sample that is shown on, which may be an earlier one than the newest. */
static void wish(struct ui *ui, enum replay_wish_type type)
{
	const struct vma *vma = cursor_vma(ui);

	ui->request.wish = (struct replay_wish){
		.type = type,
		.start = vma ? vma->start : 0,
		.end = vma ? vma->end : 0,
		.from_ns = ui->shown.space->time_ns,
	};
	if (type != REPLAY_LIFE && ui->shown.paused)
		time_commands_live(ui);
	ui_want(ui, UI_WISH);
}

void play_commands_pause(struct ui *ui)
{
	if (!ui->host.replay) {
		time_commands_pause(ui);
		return;
	}
	set_held(ui, !ui->shown.paused && !ui->host.play.held);
	if (ui->shown.paused)
		time_commands_live(ui);
	ui_want(ui, UI_DRAW);
}

/* Of one sample there is no other: what is said instead; NULL: there are several. */
static const char *why_no_other(const struct ui *ui)
{
	return ui->host.play.first == ui->host.play.last ? "There is only this sample." : NULL;
}

const char *play_commands_why_not_back(const struct ui *ui)
{
	const char *why = time_commands_why_not_back(ui);

	if (!why || !ui->host.replay)
		return why;
	if (why_no_other(ui))
		return why_no_other(ui);
	return ui->shown.space->time_ns <= ui->host.play.start_ns
		       ? "This is the first sample of the recording."
		       : NULL;
}

/* What was played is in the history; what was before is read again. */
void play_commands_back(struct ui *ui)
{
	if (ui->host.replay)
		set_held(ui, true);
	if (time_commands_why_not_back(ui))
		wish(ui, REPLAY_PREVIOUS);
	else
		time_commands_back(ui);
}

const char *play_commands_why_not_forward(const struct ui *ui)
{
	const char *why = time_commands_why_not_forward(ui);

	if (!why || !ui->host.replay)
		return why;
	if (why_no_other(ui))
		return why_no_other(ui);
	return ui->host.play.sample >= ui->host.play.last
		       ? "This is the last sample of the recording."
		       : NULL;
}

void play_commands_forward(struct ui *ui)
{
	if (time_commands_why_not_forward(ui))
		wish(ui, REPLAY_NEXT);
	else
		time_commands_forward(ui);
}

const char *play_commands_why_not_live(const struct ui *ui)
{
	return ui->host.replay && ui->host.play.held ? NULL : time_commands_why_not_live(ui);
}

void play_commands_live(struct ui *ui)
{
	if (ui->host.replay)
		set_held(ui, false);
	if (ui->shown.paused)
		time_commands_live(ui);
	ui_want(ui, UI_DRAW);
}

const char *play_commands_why_not_faster(const struct ui *ui)
{
	if (!ui->host.replay)
		return interval_commands_why_not_faster(ui);
	return ui->host.play.speed >= REPLAY_SPEED_MAX
		       ? "It is played 1000 times as fast as it was."
		       : NULL;
}

static void set_speed(struct ui *ui, unsigned speed)
{
	ui->request.speed = speed;
	ui_want(ui, UI_SPEED | UI_DRAW);
}

void play_commands_faster(struct ui *ui)
{
	size_t i = 0;

	if (!ui->host.replay) {
		interval_commands_faster(ui);
		return;
	}
	while (i + 1 < SPEEDS && speeds[i] <= ui->host.play.speed)
		i++;
	set_speed(ui, speeds[i]);
}

const char *play_commands_why_not_slower(const struct ui *ui)
{
	if (!ui->host.replay)
		return interval_commands_why_not_slower(ui);
	return ui->host.play.speed <= 1 ? "It is played as it was; --delay=SECONDS sets how long "
					  "each sample is shown."
					: NULL;
}

void play_commands_slower(struct ui *ui)
{
	size_t i = SPEEDS - 1;

	if (!ui->host.replay) {
		interval_commands_slower(ui);
		return;
	}
	while (i && speeds[i] >= ui->host.play.speed)
		i--;
	set_speed(ui, speeds[i]);
}

const char *play_commands_why_no_faults(const struct ui *ui)
{
	if (shown_is_core(&ui->shown))
		return "A core file has no page faults: these are listened to while they happen.";
	return ui->host.replay ? "A recording has no page faults: these are listened to while they "
				 "happen."
			       : NULL;
}

const char *play_commands_why_not(const struct ui *ui)
{
	return ui->host.replay ? NULL
			       : "This is for recordings; " SENTENCE_KEY("record") " begins one.";
}

void play_commands_next_event(struct ui *ui)
{
	wish(ui, REPLAY_NEXT_EVENT);
}

void play_commands_previous_event(struct ui *ui)
{
	wish(ui, REPLAY_PREVIOUS_EVENT);
}

const char *play_commands_why_no_mapping(const struct ui *ui)
{
	const char *why = play_commands_why_not(ui);

	return why || cursor_vma(ui) ? why : "There is no mapping under the cursor.";
}

void play_commands_next_change(struct ui *ui)
{
	wish(ui, REPLAY_NEXT_CHANGE);
}

void play_commands_previous_change(struct ui *ui)
{
	wish(ui, REPLAY_PREVIOUS_CHANGE);
}

void play_commands_life(struct ui *ui)
{
	wish(ui, REPLAY_LIFE);
}
