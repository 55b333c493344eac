/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/interact.h"

#include <stdbool.h>

#include "app/attach.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/pick.h"
#include "app/signals.h"
#include "app/tty.h"
#include "app/watch.h"
#include "base/text.h"

/* The process to begin with. */
static int begin(struct tty *tty, struct attachment *ret_attachment)
{
	const struct options *options = tty->options;
	struct text why = {0};
	int status;

	if (!options->pid)
		return pick_run(tty, options->name, ret_attachment);
	status = attach_open(options, options->pid, ret_attachment, &why);
	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	return status;
}

int interact_run(const struct options *options, struct launch *launch)
{
	struct attachment attachment = {0};
	bool launch_over = false;
	struct tty tty;
	int status = tty_open(&tty, options);

	if (status)
		return status;
	status = begin(&tty, &attachment);
	for (struct launch *shown = launch; !status && attachment.source; shown = NULL) {
		bool ended = false;

		status = watch_run(&tty, &attachment, shown, &ended);
		if (shown)
			launch_over = ended;
	}
	attach_close(&attachment);
	tty_close(&tty);
	launch_say_end(launch, launch_over);
	if (tty.ending_signal)
		signals_die(tty.ending_signal);
	return status;
}
