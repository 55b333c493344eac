/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_once.h"

#include "app/message.h"
#include "app/once.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_file.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"

/* What the recording has of the sample becomes the target's. */
static void fill(struct once_target *target, struct address_space *space, struct kept_usage *usage)
{
	target->pid = space->target.pid;
	target->space = space;
	target->scan.residency = usage->residency;
	if (usage->known)
		target->usage = usage->table;
	else
		usage_table_init(&target->usage, space, NULL, NULL, 0);
}

static int show(const struct options *options, const struct replay_file *file, struct text *why)
{
	struct once_target target = {0};
	struct address_space *space;
	struct kept_usage usage;
	struct text origin = {0};
	int error = recording_read(file->recording, file->sample, &space, &usage), status;

	if (error) {
		recording_words_append_read_error(why, file->path, error);
		return EXIT_TROUBLE;
	}
	fill(&target, space, &usage);
	replay_file_append_origin(&origin, file->recording, space->time_ns);
	target.origin = text_string(&origin);
	target.user = recording_user(file->recording);
	status = once_run_recorded(options, &target);
	text_finish(&origin);
	return status;
}

int replay_once_run(const struct options *options)
{
	struct replay_file file;
	struct text why = {0};
	int status = replay_file_open(options->replay, &file, &why);

	if (!status) {
		status = show(options, &file, &why);
		replay_file_close(&file);
	}
	if (why.length)
		message_say("%s", text_string(&why));
	text_finish(&why);
	return status;
}
