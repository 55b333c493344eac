/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/choice.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "app/options.h"
#include "base/text.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "ui/ui.h"

/* Says it as a sentence of its own; an empty one takes back what was said. */
static void say(struct ui *ui, struct text *why)
{
	if (why->length)
		why->bytes[0] = (char)toupper((unsigned char)why->bytes[0]);
	if (why->length)
		ui_say_format(ui, "%s", text_string(why));
	else
		ui_say(ui, NULL);
	ui_want(ui, UI_DRAW);
}

const char *choice_why_not(const struct options *options)
{
	if (options->replay)
		return "This is a recording; start vastop without one to choose a process.";
	if (options->core)
		return "This is a core file; start vastop without one to choose a process.";
	return strcmp(options->procfs, "/proc")
		       ? "The process list shows only /proc; this process is from another procfs."
		       : NULL;
}

void choice_begin(struct choice *choice, const struct options *options,
		  const struct ui_request *request, struct ui *ui)
{
	struct text why = {0};
	int error;

	attach_end(&choice->attaching);
	choice->start_ticks = request->start_ticks;
	error = attach_begin(options, request->pid, NULL, &choice->attaching);
	if (error)
		text_append_format(
			&why, "cannot start a thread: %s; try again when the machine is less busy.",
			strerror(-error));
	else
		text_append_format(&why, "attaching to %" PRId32 "; Esc cancels.", request->pid);
	say(ui, &why);
	text_finish(&why);
}

int choice_descriptor(const struct choice *choice)
{
	return attach_descriptor(&choice->attaching);
}

bool choice_take(struct choice *choice, struct ui *ui, struct attachment *ret_attachment)
{
	struct attachment attachment;
	struct text why = {0};

	if (!attach_take(&choice->attaching, &why))
		return false;
	attachment = choice->attaching.attachment;
	attach_end(&choice->attaching);
	/* The list may be older than that. */
	if (attachment.first && attachment.first->target.start_ticks != choice->start_ticks) {
		text_append(&why, "that process has ended; another process has its PID now.");
		attach_close(&attachment);
	}
	say(ui, &why);
	text_finish(&why);
	if (attachment.first)
		*ret_attachment = attachment;
	return attachment.first != NULL;
}

bool choice_take_key(struct choice *choice, struct ui *ui, uint32_t key)
{
	struct text none = {0};

	if (key != KEY_ESC || choice_descriptor(choice) < 0)
		return false;
	attach_end(&choice->attaching);
	say(ui, &none);
	return true;
}

void choice_end(struct choice *choice)
{
	attach_end(&choice->attaching);
}
