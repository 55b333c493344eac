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

#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/output.h"
#include "app/options.h"
#include "app/signals.h"
#include "app/target_words.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/change.h"
#include "model/pulse.h"
#include "report/event.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

#define PULSES_AT_ONCE 64

/* What the loop waits for. */
enum { WAIT_SIGNALS, WAIT_SAMPLE, WAIT_EXIT, WAIT_OUTPUT, WAIT_COUNT };

struct events {
	const struct options *options;
	struct sampler *sampler;
	struct address_space *last; /* the last sample */
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

static void append_words(struct text *line, const struct change *change)
{
	bool ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	char clock[CLOCK_LENGTH], time[CLOCK_LENGTH + sizeof(".123")];

	snprintf(time, sizeof(time), "%s.%03d", target_clock(change->time_ns, clock),
		 (int)(change->time_ns / 1000000 % 1000));
	event_append_line(line, change, time, ascii);
	text_append_char(line, '\n');
}

/* Each line is made whole first, so that a reader never waits for the rest of one. */
static void write_change(struct events *events, const struct change *change)
{
	struct text line = {0};

	if (events->options->format == FORMAT_JSON)
		event_append_json(&line, change);
	else
		append_words(&line, change);
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

static void target_ended(struct events *events)
{
	struct change_list list = {0};
	struct timespec now;

	if (events->over)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	change_append_exit(&list, events->last, (int64_t)now.tv_sec * 1000000000 + now.tv_nsec);
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
		events->status = message_say_source_error(events->options, sample.error);
		events->over = true;
		return;
	}
	change_compute(&list, events->last, sample.space);
	address_space_destroy(events->last);
	events->last = sample.space;
	write_changes(events, &list);
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

/* The first sample, taken here, and then the thread that takes the others. */
static int start(struct events *events, struct source *source)
{
	int exit_descriptor = source_exit_descriptor(source);
	int error = source_read(source, &events->last);
	const struct sampler_plan plan = {
		.interval_ns = events->options->interval_ns,
		.budget = events->options->budget,
		.intervals = events->options->samples,
	};

	if (error) {
		source_destroy(source);
		return message_say_source_error(events->options, error);
	}
	error = sampler_create(source, &plan, &events->sampler);
	if (error) {
		source_destroy(source);
		message_say("no thread can be started (%s); try again when the machine is less "
			    "busy.",
			    strerror(-error));
		return EXIT_TROUBLE;
	}
	events->waits[WAIT_EXIT].fd = exit_descriptor;
	events->waits[WAIT_SAMPLE].fd = sampler_descriptor(events->sampler);
	return EXIT_DONE;
}

int events_run(const struct options *options, struct source *source, struct launch *launch)
{
	struct events events = {
		.options = options,
		.waits = {[WAIT_SIGNALS] = {.fd = signals_open(), .events = POLLIN},
			  [WAIT_SAMPLE] = {.fd = -1, .events = POLLIN},
			  [WAIT_EXIT] = {.fd = -1, .events = POLLIN},
			  [WAIT_OUTPUT] = {.fd = STDOUT_FILENO}},
	};

	output_refuse_signal();
	events.status = start(&events, source);
	if (!events.status) {
		launch_release(launch);
		loop(&events);
	}
	sampler_destroy(events.sampler);
	address_space_destroy(events.last);
	launch_say_end(launch, events.target_ended);
	if (events.waits[WAIT_SIGNALS].fd >= 0)
		close(events.waits[WAIT_SIGNALS].fd);
	if (events.ending_signal)
		signals_die(events.ending_signal);
	return events.status;
}
