/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_EVENTS_RUN_SCRIPT_H
#define TESTS_UNIT_EVENTS_RUN_SCRIPT_H

/*
 * What app/events.c asks of others and of the kernel: in each turn comes what the script says, and
 * each call is a line of the log. After the last turn poll(2) fails.
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/denied.h"
#include "app/events.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/message.h"
#include "app/options.h"
#include "app/signals.h"
#include "app/source_error.h"
#include "app/watch_record.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "kernel/clock_course.h"
#include "model/address_space.h"
#include "model/coverage.h"
#include "model/pulse.h"
#include "record/recorder.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

#define PAGE UINT64_C(4096)

enum { TURNS = 4, NUMBERS = 3, SAMPLES_FD = 201, EXIT_FD = 202 };

/* What comes in a turn: bits for the signals, the sample, the exit and the output, in that order.
 */
struct turn {
	unsigned came;
	short output;         /* in place of the bit for the output */
	int numbers[NUMBERS]; /* signals, up to 0 */
	bool has_sample;
	uint64_t pages; /* of the heap then */
	int error;
	bool last;
	int pulses; /* how often a whole load of them is there */
};

static struct {
	struct turn turns[TURNS];
	int turn, count, number;
	int interruptions;                 /* of poll(2), in the turns' place */
	struct coverage coverage;          /* from the first turn on */
	int record, begin, create, status; /* errors, and a status */
	int later;                         /* how often the process is not there yet */
	bool no_space;                     /* there is no sample when it ends before */
	bool records;
	int blocked;            /* how often the output takes nothing */
	int lengths[3], writes; /* what write(2) returns, or all; -errno */
	char written[4096];
	jmp_buf death;
} script;

static char things[3];

#define given_source  ((struct source *)&things[0])
#define given_sampler ((struct sampler *)&things[1])

static struct turn *now(void)
{
	return &script.turns[script.turn];
}

static inline struct address_space *script_space(uint64_t pages)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = PAGE, .uid = 7};
	/* A heap that is large has memory beside it. */
	const struct vma vmas[] = {
		{.start = 0x1000,
		 .end = 0x1000 + pages * PAGE,
		 .kind = KIND_HEAP,
		 .name = "[heap]"},
		{.start = 0x1000000, .end = 0x1002000, .kind = KIND_ANON, .name = ""},
	};
	struct address_space *space;

	assert_int_equal(
		address_space_create(&target, vmas, pages < 100 ? 1 : 2, 1000000000, 0, &space), 0);
	return space;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	assert_int_equal(milliseconds, -1);
	for (nfds_t i = 0; i < count; i++)
		files[i].revents = 0;
	if (script.interruptions) {
		script.interruptions--;
		call_log_say("- interrupted");
		errno = EINTR;
		return -1;
	}
	if (count == 2) {
		assert_int_equal(files[0].fd, STDOUT_FILENO);
		assert_int_equal(files[0].events, POLLOUT);
		assert_int_equal(files[1].events, POLLIN);
		call_log_say("wait for output");
		files[script.blocked > 0].revents = script.blocked > 0 ? POLLIN : POLLOUT;
		script.blocked--;
		return 1;
	}
	assert_int_equal(count, 4);
	call_log_say("- sample %d, exit %d, output %d", files[1].fd, files[2].fd, files[3].fd);
	script.turn++;
	script.number = 0;
	if (script.turn == script.count) {
		errno = EBADF;
		return -1;
	}
	for (int i = 0; i < 4; i++)
		files[i].revents = now()->came >> i & 1 ? POLLIN : 0;
	files[3].revents = now()->output;
	return 1;
}

ssize_t write(int file, const void *bytes, size_t length)
{
	int result = (int)length;

	assert_int_equal(file, STDOUT_FILENO);
	if (script.writes < 3 && script.lengths[script.writes])
		result = script.lengths[script.writes];
	script.writes++;
	call_log_say("write");
	if (result < 0) {
		errno = -result;
		return -1;
	}
	strncat(script.written, bytes, (size_t)result);
	return result;
}

static int signals_descriptor;

int signals_open(void)
{
	signals_descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return signals_descriptor;
}

/* The suite runs without stdin, so that it is that number. */
static inline void script_check_closed(void)
{
	assert_int_equal(fcntl(signals_descriptor, F_GETFD), -1);
}

int signals_read(int descriptor)
{
	assert_true(descriptor >= 0);
	return script.number < NUMBERS ? now()->numbers[script.number++] : 0;
}

bool signals_end_program(int number)
{
	return number != SIGUSR1 && number != SIGTSTP;
}

void signals_stop(void)
{
	call_log_say("stop");
}

void signals_die(int number)
{
	call_log_say("die of %d", number);
	longjmp(script.death, 1);
}

int watch_record_open(struct watch_record *record, const struct options *options, struct text *why)
{
	(void)options;
	if (script.record)
		text_append(why, "no record.");
	else if (script.records)
		record->recorder = (struct recorder *)&things[2];
	return script.record;
}

void watch_record_close(struct watch_record *record)
{
	call_log_say("close record%s", record->recorder ? ", recorder" : "");
}

static inline uint64_t script_pages(const struct address_space *space)
{
	return (space->vmas[0].end - space->vmas[0].start) / PAGE;
}

void recorder_add(struct recorder *recorder, const struct address_space *space)
{
	assert_ptr_equal(recorder, &things[2]);
	call_log_say("record %d pages", (int)script_pages(space));
}

void recorder_add_end(struct recorder *recorder, int64_t time_ns)
{
	assert_ptr_equal(recorder, &things[2]);
	call_log_say("record the end at %d s", (int)(time_ns / 1000000000));
}

int64_t clock_course_after(int64_t time_ns)
{
	return time_ns + 2000000000;
}

int attach_begin(const struct options *options, int32_t pid, struct source *source,
		 struct attaching *ret_attaching)
{
	assert_ptr_equal(source, given_source);
	call_log_say("attach to %d", (int)pid);
	*ret_attaching = (struct attaching){.options = options, .pid = pid};
	return script.begin;
}

bool attach_take(struct attaching *attaching, struct text *why)
{
	if (script.later-- > 0)
		return false;
	attaching->status = script.status;
	if (script.status)
		text_append(why, "not attached.");
	else
		attaching->attachment =
			(struct attachment){.source = given_source, .first = script_space(1)};
	return true;
}

void attach_wait(const struct attaching *attaching, int descriptor)
{
	(void)attaching;
	assert_true(descriptor >= 0);
	call_log_say("wait to be attached");
}

void attach_end(struct attaching *attaching)
{
	(void)attaching;
	call_log_say("end attaching");
}

int source_exit_descriptor(const struct source *source)
{
	assert_ptr_equal(source, given_source);
	return EXIT_FD;
}

void source_destroy(struct source *source)
{
	assert_ptr_equal(source, given_source);
	call_log_say("destroy source");
}

void source_error_say_damage(const struct options *options, const struct source *source)
{
	(void)options;
	assert_ptr_equal(source, given_source);
	call_log_say("damage");
}

int denied_say(const struct options *options, uint64_t uid, int error)
{
	(void)options;
	call_log_say("denied, user %d, %d", (int)uid, error);
	return EXIT_NO_PERMISSION;
}

int sampler_create(struct source *source, const struct sampler_plan *plan,
		   struct sampler **ret_sampler)
{
	assert_ptr_equal(source, given_source);
	call_log_say("plan %d ns, budget %g, %d times, after %d pages", (int)plan->interval_ns,
		     plan->budget, (int)plan->intervals, (int)script_pages(plan->first));
	if (!script.create)
		*ret_sampler = given_sampler;
	return script.create;
}

int sampler_descriptor(const struct sampler *sampler)
{
	assert_ptr_equal(sampler, given_sampler);
	return SAMPLES_FD;
}

size_t sampler_take_pulses(struct sampler *sampler, struct pulse *out, size_t capacity)
{
	assert_ptr_equal(sampler, given_sampler);
	(void)out;
	call_log_say("pulses");
	return now()->pulses-- > 0 ? capacity : capacity - 1;
}

bool sampler_take(struct sampler *sampler, struct sample *ret_sample)
{
	assert_ptr_equal(sampler, given_sampler);
	if (!now()->has_sample)
		return false;
	*ret_sample = (struct sample){.error = now()->error, .last = now()->last};
	if (!now()->error)
		ret_sample->space = script_space(now()->pages);
	return true;
}

struct coverage sampler_coverage(struct sampler *sampler)
{
	assert_ptr_equal(sampler, given_sampler);
	return script.coverage;
}

void sampler_destroy(struct sampler *sampler)
{
	call_log_say("destroy %s", sampler ? "sampler" : "nothing");
}

void launch_release(struct launch *launch)
{
	call_log_say("release %s", launch ? "the command" : "nothing");
}

void launch_say_end(struct launch *launch, bool wait)
{
	call_log_say("say the end of %s, %d", launch ? "the command" : "nothing", wait);
}

static inline void script_reset(void)
{
	memset(&script, 0, sizeof(script));
	script.count = 1;
	script.coverage = (struct coverage){COVERAGE_ALL, 30, 30};
	call_log_clear();
}

#endif
