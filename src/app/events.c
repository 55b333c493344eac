/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/events.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/denied.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/output.h"
#include "app/signals.h"
#include "app/source_error.h"
#include "app/target_words.h"
#include "app/watch_record.h"
#include "base/text.h"
#include "kernel/clock_course.h"
#include "model/address_space.h"
#include "model/change.h"
#include "model/coverage.h"
#include "model/pulse.h"
#include "record/recorder.h"
#include "report/event.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

#define PULSES_AT_ONCE 64
#define TIME_LENGTH    (CLOCK_LENGTH + sizeof(".123"))

/* What the loop waits for. */
enum { WAIT_SIGNALS, WAIT_SAMPLE, WAIT_EXIT, WAIT_OUTPUT, WAIT_COUNT };

struct events {
	const struct options *options;
	struct sampler *sampler;
	struct watch_record record;
	struct address_space *last; /* the last sample */
	struct coverage told;       /* what was said last of what may be missed */
	struct pollfd waits[WAIT_COUNT];
	bool over;
	bool target_ended;
	int ending_signal; /* the signal that asked to end; 0 for none */
	int status;
};

static void take_signals(struct events *events)
{
	int number;

	while ((number = signals_read(events->waits[WAIT_SIGNALS].fd)) != 0) {
		if (number == SIGTSTP) {
			signals_stop();
		} else if (signals_end_program(number)) {
			events->ending_signal = number;
			events->over = true;
		}
	}
}

/* That nobody reads what is written ends it quietly: head(1) has enough. */
static void output_failed(struct events *events, int error)
{
	events->over = true;
	if (error == -EPIPE)
		return;
	events->status = output_say_error(error);
}

/* Waits until stdout takes something; and for signals, which would be blocked while it does not. */
static void wait_for_output(struct events *events)
{
	struct pollfd waits[] = {{.fd = STDOUT_FILENO, .events = POLLOUT},
				 events->waits[WAIT_SIGNALS]};

	while (!events->over && !waits[0].revents) {
		if (poll(waits, 2, -1) < 0 && errno != EINTR)
			return;
		if (waits[1].revents)
			take_signals(events);
	}
}

static void write_bytes(struct events *events, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written;

		wait_for_output(events);
		if (events->over)
			return;
		written = write(STDOUT_FILENO, bytes, length);
		if (written >= 0) {
			bytes += written;
			length -= (size_t)written;
		} else if (errno != EINTR && errno != EAGAIN) {
			output_failed(events, -errno);
		}
	}
}

/* A line for people begins with the time of day. */
static const char *format_time(int64_t time_ns, char out[static TIME_LENGTH])
{
	char clock[CLOCK_LENGTH];

	snprintf(out, TIME_LENGTH, "%s.%03d", target_clock(time_ns, clock),
		 (int)(time_ns / 1000000 % 1000));
	return out;
}

/* Each line is made whole first, so that a reader never waits for the rest of one. */
static void write_change(struct events *events, const struct change *change)
{
	bool ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	char time[TIME_LENGTH];
	struct text line = {0};

	if (events->options->format == FORMAT_JSON) {
		event_append_json(&line, change);
	} else {
		event_append_line(&line, change, format_time(change->time_ns, time), ascii);
		text_append_char(&line, '\n');
	}
	write_bytes(events, line.bytes, line.length);
	text_finish(&line);
}

/* Writes what the list holds, and empties it. */
static void write_changes(struct events *events, struct change_list *list)
{
	for (size_t i = 0; i < list->count && !events->over; i++)
		write_change(events, &list->changes[i]);
	change_list_finish(list);
}

/* Whether one time is longer than the other by a half: as costs go up and down all the time. */
static bool differs(uint64_t a, uint64_t b)
{
	return a / 3 > b / 2 || b / 3 > a / 2;
}

/* Says what may be missed from now on, when that is not what was said last. */
static void write_coverage(struct events *events)
{
	struct coverage coverage = sampler_coverage(events->sampler);
	int64_t time_ns = events->last->time_ns;
	char time[TIME_LENGTH];
	struct text line = {0};

	if (coverage.level == events->told.level &&
	    !differs(coverage.seen_ns, events->told.seen_ns))
		return;
	events->told = coverage;
	if (events->options->format == FORMAT_JSON) {
		event_append_coverage_json(&line, &coverage, time_ns);
	} else {
		event_append_coverage(&line, &coverage, format_time(time_ns, time));
		text_append_char(&line, '\n');
	}
	write_bytes(events, line.bytes, line.length);
	text_finish(&line);
}

static void target_ended(struct events *events)
{
	struct change_list list = {0};

	if (events->over)
		return;
	change_append_exit(&list, events->last, clock_course_after(events->last->time_ns));
	if (events->record.recorder)
		recorder_add_end(events->record.recorder, list.changes[0].time_ns);
	write_changes(events, &list);
	events->over = events->target_ended = true;
}

/* What the pulses say is in the samples, too. */
static void drop_pulses(struct events *events)
{
	struct pulse pulses[PULSES_AT_ONCE];

	while (sampler_take_pulses(events->sampler, pulses, PULSES_AT_ONCE) == PULSES_AT_ONCE)
		;
}

/* Takes the sample that waits, if there is one. */
static void take_sample(struct events *events)
{
	struct change_list list = {0};
	struct sample sample;

	drop_pulses(events);
	if (!sampler_take(events->sampler, &sample))
		return;
	if (sample.error == -ESRCH) {
		target_ended(events);
		return;
	}
	if (sample.error) {
		events->status =
			denied_say(events->options, events->last->target.uid, sample.error);
		events->over = true;
		return;
	}
	change_compute(&list, events->last, sample.space);
	address_space_destroy(events->last);
	events->last = sample.space;
	if (events->record.recorder)
		recorder_add(events->record.recorder, sample.space);
	write_changes(events, &list);
	if (!events->over)
		write_coverage(events);
	if (sample.last)
		events->over = true;
}

static void loop(struct events *events)
{
	struct pollfd *waits = events->waits;

	while (!events->over) {
		if (poll(waits, WAIT_COUNT, -1) < 0 && errno != EINTR)
			return;
		if (waits[WAIT_SIGNALS].revents)
			take_signals(events);
		if (!events->over && (waits[WAIT_SAMPLE].revents || waits[WAIT_EXIT].revents))
			take_sample(events);
		if (waits[WAIT_EXIT].revents)
			target_ended(events);
		/* A pipe that nobody reads, though there is nothing to write just now. */
		if (waits[WAIT_OUTPUT].revents & POLLERR)
			output_failed(events, -EPIPE);
		if (waits[WAIT_OUTPUT].revents)
			waits[WAIT_OUTPUT].fd = -1;
	}
}

static int say_no_thread(int error)
{
	message_say("cannot start a thread: %s; try again when the machine is less busy.",
		    strerror(-error));
	return EXIT_TROUBLE;
}

/* Opens the process and takes the first sample, unless the end comes first: then there is none. */
static int attach(struct events *events, struct source *source, struct source **ret_source)
{
	const struct options *options = events->options;
	struct attaching attaching;
	struct text why = {0};
	int error = attach_begin(options, options->pid, source, &attaching);

	if (error)
		return say_no_thread(error);
	while (!attach_take(&attaching, &why) && !events->over) {
		attach_wait(&attaching, events->waits[WAIT_SIGNALS].fd);
		take_signals(events);
	}
	attach_end(&attaching);
	if (attaching.status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	events->last = attaching.attachment.first;
	*ret_source = attaching.attachment.source;
	return attaching.status;
}

/* The first sample, and then the thread that takes the others. */
static int start(struct events *events, struct source *source)
{
	int error, status = attach(events, source, &source);
	const struct sampler_plan plan = {
		.interval_ns = events->options->interval_ns,
		.budget = events->options->budget,
		.intervals = events->options->samples,
		.first = events->last,
	};

	if (status || events->over)
		return status;
	events->waits[WAIT_EXIT].fd = source_exit_descriptor(source);
	source_error_say_damage(events->options, source);
	error = sampler_create(source, &plan, &events->sampler);
	if (error) {
		source_destroy(source);
		return say_no_thread(error);
	}
	if (events->record.recorder)
		recorder_add(events->record.recorder, events->last);
	/* That all that lasts for an interval is seen goes without saying. */
	events->told = (struct coverage){COVERAGE_ALL, plan.interval_ns, plan.interval_ns};
	events->waits[WAIT_SAMPLE].fd = sampler_descriptor(events->sampler);
	return EXIT_DONE;
}

int events_run(const struct options *options, struct source *source, struct launch *launch)
{
	struct events events = {
		.options = options,
		.waits = {[WAIT_SIGNALS] = {.fd = signals_open(), .events = POLLIN},
			  [WAIT_SAMPLE] = {.events = POLLIN},
			  [WAIT_EXIT] = {.events = POLLIN},
			  [WAIT_OUTPUT] = {.fd = STDOUT_FILENO}},
	};
	struct text why = {0};

	output_refuse_signal();
	events.status = watch_record_open(&events.record, options, &why);
	if (events.status) {
		message_say("%s", text_string(&why));
		source_destroy(source);
	} else {
		events.status = start(&events, source);
	}
	text_finish(&why);
	if (!events.status && !events.over) {
		launch_release(launch);
		loop(&events);
	}
	sampler_destroy(events.sampler);
	watch_record_close(&events.record);
	address_space_destroy(events.last);
	launch_say_end(launch, events.target_ended);
	if (events.waits[WAIT_SIGNALS].fd >= 0)
		close(events.waits[WAIT_SIGNALS].fd);
	if (events.ending_signal)
		signals_die(events.ending_signal);
	return events.status;
}
