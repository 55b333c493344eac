/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/command/save_commands.h"

#include <string.h>

#include "ui/ui.h"

static const char *const forms[UI_SAVE_COUNT] = {
	[UI_SAVE_TEXT] = "text",
	[UI_SAVE_SVG] = "svg",
	[UI_SAVE_JSON] = "json",
};

static void accept(struct ui *ui)
{
	const char *typed = ui->line.prompt.text;
	size_t length = strlen(typed);
	enum ui_save form = 0;

	while (form < UI_SAVE_COUNT && (!length || strncmp(forms[form], typed, length) != 0))
		form++;
	if (form == UI_SAVE_COUNT) {
		ui_say(ui, "The screen is saved as text, svg or json; type one of these.");
	} else if (form == UI_SAVE_JSON && !ui->shown.space) {
		ui_say(ui, "JSON is of a process: there is none here.");
	} else {
		ui->request.save = form;
		ui_want(ui, UI_SAVE);
	}
}

void save_commands_save(struct ui *ui)
{
	static const struct ui_prompt asking = {.label = "save as text, svg or json: ",
						.accept = accept};

	ui_ask(ui, &asking, "");
}
