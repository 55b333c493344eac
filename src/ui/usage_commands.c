/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/usage_commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "ui/command.h"
#include "ui/find_commands.h"
#include "ui/scene.h"
#include "ui/sentence.h"
#include "ui/ui.h"

/*
 * Reading smaps holds the target's memory lock, page by page of its text. What takes less than a
 * frame of an animation is not worth a question.
 */
#define CHEAP_NS   UINT64_C(10000000)
#define NS_PER_MS  UINT64_C(1000000)
#define NS_PER_SEC UINT64_C(1000000000)

unsigned usage_commands_summary(struct ui *ui)
{
	ui_set_lower(ui, ui->lower.pane == LOWER_SUMMARY ? LOWER_NONE : LOWER_SUMMARY);
	return REACT_RELAYOUT;
}

unsigned usage_commands_filter(struct ui *ui)
{
	enum kind kind;

	return find_commands_filter_kind(ui, lower_kind(&ui->lower, &kind) ? kind : KIND_COUNT);
}

const char *usage_commands_why_no_smaps(const struct ui *ui)
{
	if (ui->ended)
		return "The process has ended: this is its last picture.";
	if (ui->paused)
		return "Smaps tells of now, not of the past; " SENTENCE_KEY(
			"live") " goes on live.";
	return ui->smaps_ns ? NULL : "The smaps of this process cannot be read.";
}

unsigned usage_commands_smaps(struct ui *ui)
{
	uint64_t ms = ui->smaps_ns / NS_PER_MS;

	if (ui->smaps_ns < CHEAP_NS || ui->keys == ui->confirm_at) {
		ui->message = "Reading smaps once.";
		return REACT_SMAPS;
	}
	ui->confirm_at = ui->keys + 1;
	if (ui->smaps_ns < NS_PER_SEC)
		snprintf(ui->answer, sizeof(ui->answer),
			 "Smaps locks the target's memory for about %" PRIu64
			 " ms; press " SENTENCE_KEY("smaps") " again to read it.",
			 ms);
	else
		snprintf(ui->answer, sizeof(ui->answer),
			 "Smaps locks the target's memory for about %" PRIu64 ".%" PRIu64
			 " s; press " SENTENCE_KEY("smaps") " again to read it.",
			 ms / 1000, ms / 100 % 10);
	ui->message = ui->answer;
	return REACT_REDRAW;
}
