/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/interact.h"

#include <stdbool.h>
#include <string.h>

#include "app/attach.h"
#include "app/launch_words.h"
#include "app/loop.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"
#include "app/tty.h"
#include "app/watch_record.h"
#include "base/text.h"

/* Opens the process, unless a signal asks to end first; there is no screen yet. */
static int attach(struct tty *tty, struct attachment *ret_attachment)
{
	const struct options *options = tty->options;
	struct attaching attaching;
	struct text why = {0};
	int error = attach_begin(options, options->pid, NULL, &attaching);

	if (error) {
		message_say("cannot start a thread: %s; try again when the machine is less busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	/* The process is attached to meanwhile. The loop takes the terminal again and reports
	 * errors. */
	(void)tty_take(tty);
	while (!attach_take(&attaching, &why)) {
		attach_wait(&attaching, tty->signals);
		if (tty_take_signals(tty) & TTY_ENDING)
			break;
	}
	attach_end(&attaching);
	if (attaching.status) {
		tty_release(tty);
		message_say("%s", text_string(&why));
	}
	text_finish(&why);
	*ret_attachment = attaching.attachment;
	return attaching.status;
}

int interact_run(const struct options *options, struct launch *launch)
{
	struct attachment attachment = {0};
	bool launch_over = false;
	struct watch_record record = {0};
	struct text why = {0};
	struct tty tty;
	int status = tty_open(&tty, options);

	if (status)
		return status;
	status = watch_record_open(&record, options, &why);
	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	if (!status && options->pid)
		status = attach(&tty, &attachment);
	if (!status && !tty.ending_signal)
		status = loop_run(&tty, &attachment, options->name, launch, &record, &launch_over);
	attach_close(&attachment);
	watch_record_close(&record);
	tty_close(&tty);
	launch_say_end(launch, launch_over);
	if (tty.ending_signal)
		signals_die(tty.ending_signal);
	return status;
}
