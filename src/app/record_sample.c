/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/record_sample.h"

#include <signal.h>
#include <stddef.h>

#include "app/message.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "base/text.h"
#include "record/recording_writer.h"

static int say(const struct options *options, int error)
{
	struct text why = {0};

	if (!error)
		return EXIT_DONE;
	recording_words_append_write_error(&why, options->record, error);
	message_say("%s", text_string(&why));
	text_finish(&why);
	return EXIT_TROUBLE;
}

static int begin(const struct options *options, struct recording_writer **ret_writer)
{
	const struct recording_plan plan = {.path = options->record,
					    .force = options->force,
					    .interval_ns = options->interval_ns};

	/* That the file may grow no further is an error like others (setrlimit(2)). */
	signal(SIGXFSZ, SIG_IGN);
	return recording_writer_create(&plan, ret_writer);
}

int record_sample(const struct options *options, const struct once_target *target,
		  struct recording_writer **recording)
{
	int error = *recording ? 0 : begin(options, recording);

	error = error ? error : recording_writer_add(*recording, target->space);
	error = error ? error
		      : recording_writer_add_usage(*recording, &target->usage,
						   target->scan.residency);
	return say(options, error ? error : recording_writer_commit(*recording));
}

int record_sample_end(const struct options *options, struct recording_writer *recording)
{
	return say(options, recording_writer_close(recording));
}
