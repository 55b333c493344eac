/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/interact.h"

#include <stdbool.h>
#include <string.h>

#include "app/attach.h"
#include "app/launch_words.h"
#include "app/loop.h"
#include "app/message.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_link.h"
#include "app/replay_file.h"
#include "app/replay_source.h"
#include "app/signals.h"
#include "app/tty.h"
#include "app/watch_record.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/timeline.h"
#include "record/recording.h"
#include "record/recording_timeline.h"

#define SECOND_NS UINT64_C(1000000000)

/* Opens the process, unless a signal asks to end first; there is no screen yet. */
static int attach(struct tty *tty, struct source *source, struct attachment *ret_attachment)
{
	const struct options *options = tty->options;
	struct attaching attaching;
	struct text why = {0};
	int error = attach_begin(options, options->pid, source, &attaching);

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

int interact_run(const struct options *options, struct attachment *given, struct launch *launch)
{
	struct attachment attachment = {0}, none = {0};
	bool launch_over = false;
	struct watch_record record = {0};
	struct text why = {0};
	struct tty tty;
	int status = tty_open(&tty, options);

	given = given ? given : &none;
	if (status) {
		attach_close(given);
		return status;
	}
	status = watch_record_open(&record, options, &why);
	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	if (!status && options->pid) {
		status = attach(&tty, given->source, &attachment);
		given->source = NULL;
	}
	attach_give(&attachment, given);
	if (!status && !tty.ending_signal)
		status = loop_run(&tty, &attachment, options->name, launch, &record, &launch_over);
	attach_close(&attachment);
	attach_close(given);
	watch_record_close(&record);
	tty_close(&tty);
	launch_say_end(launch, launch_over);
	if (tty.ending_signal)
		signals_die(tty.ending_signal);
	return status;
}

/* Whether the sample is good, before there is a screen; and whose the process was. */
static int check_sample(const struct replay_file *file, char **ret_user, struct text *why)
{
	struct address_space *space;
	struct kept_usage usage;
	const char *user;
	int error = recording_read(file->recording, file->sample, &space, &usage);

	if (error) {
		recording_words_append_read_error(why, file->path, error);
		return EXIT_TROUBLE;
	}
	user = recording_user(file->recording);
	*ret_user = user ? memory_copy_string(user) : NULL;
	address_space_destroy(space);
	kept_usage_finish(&usage);
	return EXIT_DONE;
}

int interact_play(const struct options *options, struct attachment *given)
{
	struct options own = *options;

	own.pid = 1;
	own.budget = 1;
	if (!own.interval_ns)
		own.interval_ns = SECOND_NS;
	return interact_run(&own, given, NULL);
}

static int play(const struct options *options, struct replay_file *file, struct attachment *given,
		struct text *why)
{
	bool from_begin = !file->timed && !given->against;
	int64_t sample = from_begin ? recording_first(file->recording) : file->sample;
	struct options own = *options;
	int error;

	own.procfs = file->path;
	if (!own.interval_ns)
		own.interval_ns = recording_origin(file->recording)->interval_ns;
	given->timeline = memory_alloc(sizeof(*given->timeline));
	error = recording_timeline(file->recording, given->timeline);
	if (!error) {
		error = replay_source_create(file->recording, sample, &given->source,
					     &given->replay);
		file->recording = NULL;
	}
	if (error) {
		recording_words_append_read_error(why, file->path, error);
		return EXIT_TROUBLE;
	}
	replay_link_set_held(given->replay, given->against != NULL);
	return interact_play(&own, given);
}

int interact_replay(const struct options *options, struct attachment *given)
{
	struct attachment none = {0};
	struct replay_file file;
	struct text why = {0};
	int status = replay_file_open(options->replay, &file, &why);

	given = given ? given : &none;
	if (!status) {
		status = check_sample(&file, &given->user, &why);
		if (!status)
			status = play(options, &file, given, &why);
		replay_file_close(&file);
	}
	if (why.length)
		message_say("%s", text_string(&why));
	text_finish(&why);
	attach_close(given);
	return status;
}
