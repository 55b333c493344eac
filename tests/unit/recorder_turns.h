/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDER_TURNS_H
#define TESTS_UNIT_RECORDER_TURNS_H

/*
 * A recorder whose thread the test runs (worker_script.h), with a writer, clocks and waits that a
 * script replies.
 */

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/clock.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "record/condition.h"
#include "record/recorder.h"
#include "record/recorder_gifts.h"
#include "record/recording_writer.h"
#include "worker_script.h"

#define MS     INT64_C(1000000)
#define HALF   (500 * MS)
#define MEMORY (UINT64_C(64) << 20)

/* What happens in the waits of the thread, one after the other; then it has to finish. */
enum happening {
	PASSES,
	ALMOST, /* a nanosecond is left */
	NOTHING,
	GIVES_NOTE,
	GIVES_NOTE_LATE, /* when the time is past */
	GIVES_SAMPLE,
	GIVES_SAMPLE_LATE,
	GIVES_LARGE, /* a sample of three pages */
};

static struct recorder *recorder;

static struct {
	int64_t now;
	const char *failing; /* the call that fails */
	int error;
	const enum happening *waits;
	size_t count, at;
	bool poll_runs;     /* the thread, to its end */
	int64_t poll_takes; /* the first one; the others a millisecond */
	uint64_t usage_bytes;
	int second; /* of the last sample */
	int writer;
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	assert_int_equal(count, 1);
	assert_int_equal(files->fd, WORKER_SCRIPT_DESCRIPTOR);
	assert_int_equal(files->events, POLLIN);
	call_log_say("poll %d", milliseconds);
	if (script.poll_runs)
		worker_script_run();
	script.now += script.poll_takes ? script.poll_takes : MS;
	script.poll_takes = 0;
	return 0;
}

int unlink(const char *path)
{
	worker_script_expect_held(false);
	call_log_say("unlink %s", path);
	return 0;
}

/* What the thread alone calls, without the lock. */
static inline int script_reply(const char *call)
{
	worker_script_expect_held(false);
	call_log_say("%s", call);
	return script.failing && !strcmp(script.failing, call) ? script.error : 0;
}

int recording_writer_create(const struct recording_plan *plan, struct recording_writer **ret_writer)
{
	const int error = script_reply("create");

	assert_string_equal(plan->path, "/r");
	assert_true(plan->force);
	assert_int_equal(plan->limit, 77);
	assert_int_equal(plan->interval_ns, 88);
	if (!error)
		*ret_writer = (struct recording_writer *)(void *)&script.writer;
	return error;
}

int recording_writer_close(struct recording_writer *writer)
{
	return writer ? script_reply("close") : 0;
}

int recording_writer_add(struct recording_writer *writer, const struct address_space *space)
{
	assert_ptr_equal(writer, &script.writer);
	assert_non_null(space);
	return script_reply("sample");
}

int recording_writer_add_usage(struct recording_writer *writer, const struct usage_table *usage,
			       const struct residency *residency)
{
	assert_ptr_equal(writer, &script.writer);
	assert_int_equal(usage != NULL, residency != NULL);
	return script_reply("usage");
}

int recording_writer_add_baseline(struct recording_writer *writer, int64_t time_ns)
{
	assert_ptr_equal(writer, &script.writer);
	assert_true(time_ns > 0);
	return script_reply("baseline");
}

int recording_writer_add_note(struct recording_writer *writer, int64_t time_ns, const char *words)
{
	assert_ptr_equal(writer, &script.writer);
	assert_true(time_ns > 0 && *words);
	return script_reply("note");
}

int recording_writer_add_end(struct recording_writer *writer, int64_t time_ns)
{
	assert_ptr_equal(writer, &script.writer);
	assert_true(time_ns > 0);
	return script_reply("end");
}

int recording_writer_commit(struct recording_writer *writer)
{
	assert_ptr_equal(writer, &script.writer);
	return script_reply("commit");
}

static inline struct address_space *space_of(unsigned pages)
{
	char maps[80];

	snprintf(maps, sizeof(maps), "10000000-%x rw-p 00000000 00:00 0\n",
		 0x10000000 + pages * 4096);
	return maps_space_create(NULL, maps);
}

static inline void add_sample(struct recorder *to, unsigned pages)
{
	struct address_space *space = space_of(pages);

	space->time_ns = ++script.second * 1000 * MS;
	recorder_add(to, space);
	address_space_destroy(space);
}

static inline struct residency *residency_of_two(void)
{
	struct residency_run *runs = calloc(2, sizeof(*runs));

	assert_non_null(runs);
	runs[0] = (struct residency_run){0x10000000, 0x10001000, RUN_RESIDENT};
	runs[1] = (struct residency_run){0x10002000, 0x10003000, RUN_RESIDENT};
	return residency_create(runs, 2, RESIDENCY_PAGEMAP_SCAN, 1, 2);
}

static inline bool script_wait(int64_t time)
{
	call_log_say("wait %lld", (long long)(time - script.now));
	if (script.at == script.count) {
		worker_script.worker->stop = true;
		return false;
	}
	switch (script.waits[script.at++]) {
	case PASSES: script.now = time; return true;
	case ALMOST: script.now = time - 1; break;
	case NOTHING: script.now++; break;
	case GIVES_NOTE_LATE: script.now = time; /* fall through */
	case GIVES_NOTE: recorder_add_note(recorder, 1, "a"); break;
	case GIVES_SAMPLE_LATE: script.now = time; /* fall through */
	case GIVES_SAMPLE: add_sample(recorder, 1); break;
	case GIVES_LARGE: add_sample(recorder, 3); break;
	}
	return false;
}

static inline void script_run(const enum happening *waits, size_t count)
{
	script.waits = waits;
	script.count = count;
	script.at = 0;
	worker_script_run();
}

#define RUN(...)                                                     \
	do {                                                         \
		static const enum happening waits[] = {__VA_ARGS__}; \
		script_run(waits, sizeof(waits) / sizeof(waits[0])); \
	} while (0)

static inline struct recorder *create(const struct condition *when, uint64_t memory)
{
	const struct recorder_plan plan = {
		.file = {.path = "/r", .force = true, .limit = 77, .interval_ns = 88},
		.when = when,
		.memory = memory};
	struct recorder *made = NULL;

	call_log_clear();
	assert_int_equal(recorder_create(&plan, &made), 0);
	call_log_expect("start vastop/recorder\n");
	return made;
}

/* The news are these, and nothing else is called. */
static inline void expect_news(enum recorder_state state, int error, bool began, uint64_t dropped)
{
	struct recorder_news news;

	call_log_clear();
	news = recorder_take(recorder);
	call_log_expect("clear\n");
	assert_int_equal(news.state, state);
	assert_int_equal(news.error, error);
	assert_int_equal(news.began, began);
	assert_int_equal(news.dropped, dropped);
}

static inline int set_up(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.now = 1000;
	worker_script.wait = script_wait;
	recorder = NULL;
	call_log_clear();
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	if (recorder)
		recorder_destroy(recorder);
	return 0;
}

#endif
