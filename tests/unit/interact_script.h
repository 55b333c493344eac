/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_INTERACT_SCRIPT_H
#define TESTS_UNIT_INTERACT_SCRIPT_H

/* What app/interact.c asks of others, which say that they were asked and reply as a script says. */

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>

#include "app/attach.h"
#include "app/interact.h"
#include "app/launch_words.h"
#include "app/loop.h"
#include "app/message.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/replay_file.h"
#include "app/replay_link.h"
#include "app/replay_source.h"
#include "app/signals.h"
#include "app/tty.h"
#include "app/watch_record.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/timeline.h"
#include "record/recording.h"
#include "record/recording_timeline.h"

static char things[4];

#define given_source    ((struct source *)&things[0])
#define given_recording ((struct recording *)&things[1])
#define given_link      ((struct replay_link *)&things[2])

static struct {
	int open, record, status; /* what the terminal, the recording and the loop return */
	int attach, attached;
	int later;      /* how often the process is not there yet */
	unsigned asked; /* by signals meanwhile */
	bool launch_ends;
	struct launch *launch;
	bool loses_terminal;                /* by a signal, in the loop */
	int file, sample, timeline, source; /* of the recording that is played */
	bool timed, nameless;
	jmp_buf death;
} script;

static struct options options;

int tty_open(struct tty *tty, const struct options *of)
{
	if (of->replay)
		call_log_say("open the terminal of %s, interval %" PRIu64 ", budget %g", of->procfs,
			     of->interval_ns, of->budget);
	else
		call_log_say("open the terminal");
	*tty = (struct tty){.options = of, .signals = 77};
	return script.open;
}

int tty_take(struct tty *tty)
{
	(void)tty;
	call_log_say("take");
	return -ENOTTY;
}

void tty_release(struct tty *tty)
{
	(void)tty;
	call_log_say("release");
}

unsigned tty_take_signals(struct tty *tty)
{
	call_log_say("signals");
	if (script.asked & TTY_ENDING)
		tty->ending_signal = SIGTERM;
	return script.asked;
}

void tty_close(struct tty *tty)
{
	(void)tty;
	call_log_say("close the terminal");
}

int watch_record_open(struct watch_record *record, const struct options *of, struct text *why)
{
	(void)record, (void)of;
	call_log_say("open record");
	if (script.record)
		text_append(why, "no record.");
	return script.record;
}

void watch_record_close(struct watch_record *record)
{
	(void)record;
	call_log_say("close record");
}

int attach_begin(const struct options *of, int32_t pid, struct source *source,
		 struct attaching *ret_attaching)
{
	assert_true(!source || source == given_source);
	call_log_say("attach to %d, %s", (int)pid, source ? "a source" : "no source");
	*ret_attaching = (struct attaching){.options = of, .pid = pid};
	return script.attach;
}

bool attach_take(struct attaching *attaching, struct text *why)
{
	if (script.later-- > 0)
		return false;
	attaching->status = script.attached;
	if (script.attached)
		text_append(why, "not attached.");
	else
		attaching->attachment.pid = attaching->pid;
	return true;
}

void attach_wait(const struct attaching *attaching, int descriptor)
{
	(void)attaching;
	assert_int_equal(descriptor, 77);
	call_log_say("wait");
}

void attach_end(struct attaching *attaching)
{
	(void)attaching;
	call_log_say("end attaching");
}

void attach_give(struct attachment *attachment, struct attachment *other)
{
	attachment->timeline = other->timeline;
	attachment->user = other->user;
	other->timeline = NULL;
	other->user = NULL;
}

/* The source is taken over, where there is one to attach to. */
void attach_close(struct attachment *attachment)
{
	call_log_say("close%s%s%s", attachment->source ? ", a source" : "",
		     attachment->user ? ", user " : "", attachment->user ? attachment->user : "");
	if (options.replay) {
		free(attachment->timeline);
		free(attachment->user);
	}
	*attachment = (struct attachment){0};
}

int loop_run(struct tty *tty, struct attachment *attachment, const char *narrow,
	     struct launch *launch, struct watch_record *record, bool *ret_ended)
{
	assert_non_null(record);
	call_log_say("loop of %d, name %s, user %s%s%s", (int)attachment->pid,
		     narrow ? narrow : "-", attachment->user ? attachment->user : "-",
		     attachment->timeline ? ", a timeline" : "", launch ? ", a command" : "");
	if (script.loses_terminal)
		tty->ending_signal = SIGHUP;
	*ret_ended = script.launch_ends;
	return script.status;
}

void launch_say_end(struct launch *launch, bool wait)
{
	assert_ptr_equal(launch, script.launch);
	call_log_say("say the end, %d", wait);
}

void signals_die(int number)
{
	call_log_say("die of %d", number);
	longjmp(script.death, 1);
}

/* A recording: samples 2 to 9, recorded each 33 ns. */

int replay_file_open(const char *argument, struct replay_file *ret_file, struct text *why)
{
	call_log_say("open %s", argument);
	if (script.file) {
		text_append(why, "no file.");
		return script.file;
	}
	*ret_file = (struct replay_file){.path = (char *)"path",
					 .recording = given_recording,
					 .sample = 9,
					 .timed = script.timed};
	return 0;
}

void replay_file_close(struct replay_file *file)
{
	call_log_say("close file%s", file->recording ? " and recording" : "");
}

int recording_read(struct recording *recording, int64_t sample, struct address_space **ret_space,
		   struct kept_usage *ret_usage)
{
	static const struct target target = {.pid = 1, .comm = "test", .page_size = 4096};

	assert_ptr_equal(recording, given_recording);
	call_log_say("read %" PRId64, sample);
	if (script.sample)
		return script.sample;
	*ret_usage = (struct kept_usage){0};
	return address_space_create(&target, NULL, 0, 1, 0, ret_space);
}

const char *recording_user(const struct recording *recording)
{
	assert_ptr_equal(recording, given_recording);
	return script.nameless ? NULL : "you";
}

int64_t recording_first(const struct recording *recording)
{
	assert_ptr_equal(recording, given_recording);
	return 2;
}

const struct recording_origin *recording_origin(const struct recording *recording)
{
	static const struct recording_origin origin = {.interval_ns = 33};

	assert_ptr_equal(recording, given_recording);
	return &origin;
}

int recording_timeline(struct recording *recording, struct timeline *ret_timeline)
{
	assert_ptr_equal(recording, given_recording);
	(void)ret_timeline;
	call_log_say("timeline");
	return script.timeline;
}

int replay_source_create(struct recording *recording, int64_t sample, struct source **ret_source,
			 struct replay_link **ret_link)
{
	assert_ptr_equal(recording, given_recording);
	call_log_say("play from %" PRId64, sample);
	if (script.source)
		return script.source;
	*ret_source = given_source;
	*ret_link = given_link;
	return 0;
}

void replay_link_set_held(struct replay_link *link, bool held)
{
	assert_ptr_equal(link, given_link);
	call_log_say("held %d", held);
}

void recording_words_append_read_error(struct text *text, const char *path, int error)
{
	text_append_format(text, "cannot read %s: %d.", path, error);
}

static inline void script_reset(void)
{
	memset(&script, 0, sizeof(script));
	options = (struct options){
		.action = ACTION_WATCH, .pid = 7, .procfs = "/p", .interval_ns = 5, .budget = 0.5};
	call_log_clear();
}

#endif
