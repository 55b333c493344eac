/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/interact.h"

#include <stdbool.h>

#include "app/attach.h"
#include "app/launch_words.h"
#include "app/loop.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"
#include "app/tty.h"
#include "base/text.h"

int interact_run(const struct options *options, struct launch *launch)
{
	struct attachment attachment = {0};
	bool launch_over = false;
	struct text why = {0};
	struct tty tty;
	int status = tty_open(&tty, options);

	if (status)
		return status;
	if (options->pid)
		status = attach_open(options, options->pid, &attachment, &why);
	if (status)
		message_say("%s", text_string(&why));
	else
		status = loop_run(&tty, &attachment, options->name, launch, &launch_over);
	text_finish(&why);
	attach_close(&attachment);
	tty_close(&tty);
	launch_say_end(launch, launch_over);
	if (tty.ending_signal)
		signals_die(tty.ending_signal);
	return status;
}
