/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_record.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/message.h"
#include "app/options.h"
#include "app/recording_words.h"
#include "app/watch_scan.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/clock_course.h"
#include "model/address_space.h"
#include "model/session.h"
#include "record/recorder.h"
#include "ui/ui.h"

#define COMMAND_MAX 32 /* of the program's name in that of a file */

static int start(struct watch_record *record, const struct options *options, const char *path,
		 bool force, const struct condition *when)
{
	const struct recorder_plan plan = {
		.file = {.path = path,
			 .force = force,
			 .limit = options->record_limit,
			 .interval_ns = options->interval_ns},
		.when = when,
		.memory = options->history,
	};
	struct recorder_news news;
	int error = recorder_create(&plan, &record->recorder);

	if (error)
		return error;
	news = recorder_wait(record->recorder);
	if (news.state == RECORDER_FAILED || news.state == RECORDER_OPENING) {
		error = news.state == RECORDER_FAILED ? news.error : -ETIMEDOUT;
		recorder_destroy(record->recorder);
		record->recorder = NULL;
		return error;
	}
	record->path = memory_copy_string(path);
	record->waiting = news.state == RECORDER_WAITING;
	return 0;
}

int watch_record_open(struct watch_record *record, const struct options *options, struct text *why)
{
	int error;

	*record = (struct watch_record){0};
	if (!options->record)
		return EXIT_DONE;
	error = start(record, options, options->record, options->force,
		      options->conditional ? &options->record_when : NULL);
	if (!error)
		return EXIT_DONE;
	recording_words_append_write_error(why, options->record, error);
	return EXIT_TROUBLE;
}

/* Ends it and appends what went wrong; returns that as -errno. */
static int end(struct watch_record *record, struct text *words)
{
	struct recorder_news news;

	if (!record->recorder)
		return 0;
	if (record->scan)
		record->scan->recorder = NULL;
	news = recorder_destroy(record->recorder);
	if (news.error)
		recording_words_append_stopped(words, record->path, news.error);
	free(record->path);
	record->path = NULL;
	record->recorder = NULL;
	record->waiting = record->told_gaps = false;
	return news.error;
}

void watch_record_close(struct watch_record *record)
{
	struct text words = {0};

	if (end(record, &words))
		message_say("%s", text_string(&words));
	text_finish(&words);
}

/* What is known by now is its first sample. */
static void give_first(struct watch_record *record)
{
	record->scan->recorder = record->recorder;
	recorder_add(record->recorder, record->session->now);
	watch_scan_record(record->scan);
}

void watch_record_begin(struct watch_record *record, struct watch_record *opened,
			const struct options *options, const struct session *session,
			struct watch_scan *scan)
{
	*record = *opened;
	*opened = (struct watch_record){0};
	record->options = options;
	record->session = session;
	record->scan = scan;
	if (record->recorder)
		give_first(record);
}

int watch_record_descriptor(const struct watch_record *record)
{
	return record->recorder ? recorder_descriptor(record->recorder) : -1;
}

/* A sentence of stderr as one of the screen. */
static void say(struct ui *ui, struct text *words)
{
	if (words->length)
		words->bytes[0] = (char)toupper((unsigned char)words->bytes[0]);
	ui_say_format(ui, "%s", text_string(words));
	ui_want(ui, UI_DRAW);
}

void watch_record_take(struct watch_record *record, struct ui *ui)
{
	struct recorder_news news;
	struct text words = {0};

	if (!record->recorder)
		return;
	news = recorder_take(record->recorder);
	if (news.state == RECORDER_FAILED) {
		end(record, &words);
		say(ui, &words);
	} else if (record->waiting && news.state == RECORDER_WRITING) {
		record->waiting = false;
		ui_say_format(ui, "The condition holds: recording, with the minutes before.");
		ui_want(ui, UI_DRAW);
	} else if (news.dropped && !record->told_gaps) {
		record->told_gaps = true;
		ui_say_format(ui, "The file system is too slow: the recording has gaps.");
		ui_want(ui, UI_DRAW);
	}
	text_finish(&words);
}

/* "vastop-python3-20712-20261129-104107.vastop", in the current directory. */
static void append_path(struct text *path, const struct target *target)
{
	time_t seconds = time(NULL);
	char when[32];
	struct tm tm;

	text_append(path, "vastop-");
	for (size_t i = 0; i < COMMAND_MAX && target->comm[i]; i++) {
		unsigned char c = (unsigned char)target->comm[i];

		text_append_char(path, c < 0x80 && isalnum(c) ? (char)c : '-');
	}
	localtime_r(&seconds, &tm);
	strftime(when, sizeof(when), "%Y%m%d-%H%M%S", &tm);
	text_append_format(path, "-%" PRId32 "-%s.vastop", target->pid, when);
}

static void begin(struct watch_record *record, struct ui *ui)
{
	struct text path = {0}, words = {0};
	int error;

	append_path(&path, &record->session->now->target);
	error = start(record, record->options, text_string(&path), false, NULL);
	if (error) {
		recording_words_append_write_error(&words, text_string(&path), error);
		say(ui, &words);
	} else {
		give_first(record);
		ui_say_format(ui, "Recording to %s.", text_string(&path));
		ui_want(ui, UI_DRAW);
	}
	text_finish(&path);
	text_finish(&words);
}

void watch_record_end(struct watch_record *record, struct ui *ui)
{
	struct text words = {0}, path = {0};

	if (!record->recorder)
		return;
	utf8_append_escaped(&path, record->path, strlen(record->path));
	if (!end(record, &words))
		text_append_format(&words, "recorded to %s.", text_string(&path));
	say(ui, &words);
	text_finish(&path);
	text_finish(&words);
}

void watch_record_act(struct watch_record *record, struct ui *ui, const struct ui_request *request)
{
	struct recorder *recorder = record->recorder;

	if (recorder && request->bits & UI_BASELINE)
		recorder_add_baseline(recorder, record->session->baseline->time_ns);
	if (recorder && request->bits & UI_NOTE) {
		recorder_add_note(recorder, clock_course_after(record->session->now->time_ns),
				  ui->line.prompt.text);
		ui_say(ui, "The note is in the recording.");
		ui_want(ui, UI_DRAW);
	}
	if (!(request->bits & UI_RECORD))
		return;
	if (recorder)
		watch_record_end(record, ui);
	else
		begin(record, ui);
}
