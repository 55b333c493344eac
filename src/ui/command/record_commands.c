/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/record_commands.h"

#include "ui/text/sentence.h"
#include "ui/ui.h"

const char *record_commands_why_not(const struct ui *ui)
{
	if (ui->host.replay)
		return "This is a recording already; vastop --export=FILE writes a part of it.";
	if (shown_is_core(&ui->shown))
		return "A core file does not change: there is nothing to record.";
	return ui->shown.ended && !ui->host.recording
		       ? "The process has ended: there is nothing more to record."
		       : NULL;
}

void record_commands_toggle(struct ui *ui)
{
	ui_want(ui, UI_RECORD);
}

const char *record_commands_why_no_note(const struct ui *ui)
{
	return ui->host.recording
		       ? NULL
		       : "Notes are for recordings; " SENTENCE_KEY("record") " begins one.";
}

static void accept(struct ui *ui)
{
	if (ui->line.prompt.length)
		ui_want(ui, UI_NOTE);
}

void record_commands_note(struct ui *ui)
{
	static const struct ui_prompt asking = {.label = "note: ", .accept = accept};

	ui_ask(ui, &asking, "");
}
