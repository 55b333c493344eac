/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_WRITER_SCRIPT_H
#define TESTS_UNIT_WRITER_SCRIPT_H

/* A writer of recordings, as a script replies it, and clocks that the script sets. */

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "call_log.h"
#include "kernel/clock.h"
#include "maps_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "record/condition.h"
#include "record/recorder.h"
#include "record/recording_writer.h"

#define SECOND INT64_C(1000000000)
#define MEMORY (UINT64_C(64) << 20)

/* The writer's thread alone says what it was asked; it is read when that has ended. */
static struct {
	pthread_t own; /* the test's thread */
	int64_t began;
	atomic_llong ahead;  /* so much has passed since, to the recorder's */
	int64_t jump;        /* so much to the test's, once */
	const char *failing; /* the call that fails */
	int error;
	bool blocks; /* each sample waits for the test, and says so */
	sem_t waits, continues;
	bool poll_jumps; /* waiting takes no time, but the clock passes */
	int writer;
} script;

static inline int64_t real_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

/* To the recorder's thread time passes only as the test says. */
int64_t clock_ns(clockid_t clock)
{
	const int64_t jump = script.jump;

	assert_int_equal(clock, CLOCK_MONOTONIC);
	if (!pthread_equal(pthread_self(), script.own))
		return script.began + script.ahead;
	script.jump = 0;
	return real_ns() + jump;
}

int poll(struct pollfd *files, nfds_t count, int milliseconds)
{
	const struct timespec time = {.tv_sec = milliseconds / 1000,
				      .tv_nsec = milliseconds % 1000 * 1000000L};

	if (script.poll_jumps) {
		script.jump = milliseconds * INT64_C(1000000);
		return 0;
	}
	return ppoll(files, count, &time, NULL);
}

int unlink(const char *path)
{
	call_log_say("unlink %s", path);
	return 0;
}

static inline int reply(const char *call)
{
	return script.failing && !strcmp(script.failing, call) ? script.error : 0;
}

int recording_writer_create(const struct recording_plan *plan, struct recording_writer **ret_writer)
{
	call_log_say("create %s", plan->path);
	if (!reply("create"))
		*ret_writer = (struct recording_writer *)(void *)&script.writer;
	return reply("create");
}

int recording_writer_close(struct recording_writer *writer)
{
	if (!writer)
		return 0;
	assert_ptr_equal(writer, &script.writer);
	call_log_say("close");
	if (script.poll_jumps)
		while (sem_wait(&script.continues))
			;
	return reply("close");
}

int recording_writer_add(struct recording_writer *writer, const struct address_space *space)
{
	assert_ptr_equal(writer, &script.writer);
	if (script.blocks) {
		sem_post(&script.waits);
		while (sem_wait(&script.continues))
			;
	}
	call_log_say("sample of %d", (int)(space->time_ns / SECOND));
	return reply("sample");
}

int recording_writer_add_usage(struct recording_writer *writer, const struct usage_table *usage,
			       const struct residency *residency)
{
	assert_ptr_equal(writer, &script.writer);
	call_log_say("usage %d, residency %d", usage != NULL, residency != NULL);
	return reply("usage");
}

int recording_writer_add_baseline(struct recording_writer *writer, int64_t time_ns)
{
	assert_ptr_equal(writer, &script.writer);
	call_log_say("baseline %d", (int)time_ns);
	return reply("baseline");
}

int recording_writer_add_note(struct recording_writer *writer, int64_t time_ns, const char *words)
{
	assert_ptr_equal(writer, &script.writer);
	call_log_say("note %d: %s", (int)time_ns, words);
	return reply("note");
}

int recording_writer_add_end(struct recording_writer *writer, int64_t time_ns)
{
	assert_ptr_equal(writer, &script.writer);
	call_log_say("end %d", (int)time_ns);
	return reply("end");
}

int recording_writer_commit(struct recording_writer *writer)
{
	assert_ptr_equal(writer, &script.writer);
	call_log_say("commit");
	return reply("commit");
}

static inline void reset(void)
{
	script.own = pthread_self();
	script.began = real_ns();
	script.ahead = script.jump = 0;
	script.failing = NULL;
	script.error = 0;
	script.blocks = script.poll_jumps = false;
	sem_init(&script.waits, 0, 0);
	sem_init(&script.continues, 0, 0);
	call_log_clear();
}

static inline struct recorder *create(const struct condition *when, uint64_t memory)
{
	const struct recorder_plan plan = {.file = {.path = "/r"}, .when = when, .memory = memory};
	struct recorder *recorder = NULL;

	assert_int_equal(recorder_create(&plan, &recorder), 0);
	return recorder;
}

/* A sample of that second, of so many pages. */
static inline void add(struct recorder *recorder, int second, unsigned pages)
{
	struct address_space *space;
	char maps[80];

	snprintf(maps, sizeof(maps), "10000000-%x rw-p 00000000 00:00 0\n",
		 0x10000000 + pages * 4096);
	space = maps_space_create(NULL, maps);
	space->time_ns = second * SECOND;
	recorder_add(recorder, space);
	address_space_destroy(space);
}

/* Ends, with this state, error, and whether it had begun; and these calls. */
static inline void finish(struct recorder *recorder, enum recorder_state state, int error,
			  bool began, const char *calls)
{
	const struct recorder_news news = recorder_destroy(recorder);

	assert_int_equal(news.state, state);
	assert_int_equal(news.error, error);
	assert_int_equal(news.began, began);
	call_log_expect(calls);
}

static inline void give_all(struct recorder *recorder)
{
	add(recorder, 1, 1);
	recorder_add_usage(recorder, NULL, NULL);
	recorder_add_baseline(recorder, 2);
	recorder_add_note(recorder, 3, "words");
	recorder_add_end(recorder, 4);
}

#endif
