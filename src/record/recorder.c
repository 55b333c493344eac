/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recorder.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/worker.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "record/recorder_gifts.h"

#define COMMIT_NS INT64_C(500000000)
#define CLOSE_MS  10000                 /* that the end waits for the file system */
#define EARLIER   INT64_C(600000000000) /* kept of the time before the condition held */
#define FOREVER   INT64_C(3600000000000)

struct recorder {
	struct worker worker; /* its lock is for what follows */
	struct recorder_gifts given;
	struct recorder_news news;
	bool finish; /* all is given */
	/* Not changed any more: */
	uint64_t memory;
	bool conditional;
	struct condition when;
	char *path;
	struct recording_plan plan;
	struct address_space *given_last; /* the giver's own */
	/* The thread's own: */
	struct recording_writer *writer;
	struct recorder_gifts earlier; /* before the condition held */
	struct address_space *origin;  /* that growth counts from */
	int64_t uncommitted_ns;        /* since when there is something; 0: there is nothing */
};

static void release(void *owner)
{
	struct recorder *recorder = owner;

	recording_writer_close(recorder->writer);
	recorder_gifts_drop(&recorder->given);
	recorder_gifts_drop(&recorder->earlier);
	address_space_destroy(recorder->origin);
	address_space_destroy(recorder->given_last);
	worker_finish(&recorder->worker);
	free(recorder->path);
	free(recorder);
}

/* Called with the lock held. */
static void publish(struct recorder *recorder, enum recorder_state state, int error)
{
	recorder->news.state = state;
	recorder->news.error = error;
	worker_notify(&recorder->worker);
}

static int write_gift(struct recorder *recorder, const struct recorder_gift *gift)
{
	struct recording_writer *writer = recorder->writer;

	if (!recorder->uncommitted_ns)
		recorder->uncommitted_ns = clock_ns(CLOCK_MONOTONIC);
	switch (gift->type) {
	case GIFT_SAMPLE: return recording_writer_add(writer, gift->space);
	case GIFT_USAGE:
		return recording_writer_add_usage(writer, kept_usage_table(&gift->usage),
						  gift->usage.residency);
	case GIFT_BASELINE: return recording_writer_add_baseline(writer, gift->time_ns);
	case GIFT_NOTE: return recording_writer_add_note(writer, gift->time_ns, gift->words);
	case GIFT_END: return recording_writer_add_end(writer, gift->time_ns);
	}
	return 0;
}

static int write_earlier(struct recorder *recorder)
{
	struct recorder_gift *gift;
	int error = 0;

	while (!error && (gift = recorder_gifts_take(&recorder->earlier)) != NULL) {
		error = write_gift(recorder, gift);
		recorder_gift_free(gift);
	}
	return error;
}

/* Takes the gift, which is freed once it was written. *ret_begin: the condition holds now. */
static int take_gift(struct recorder *recorder, struct recorder_gift *gift, bool waiting,
		     bool *ret_begin)
{
	int error;

	if (!waiting) {
		error = write_gift(recorder, gift);
		recorder_gift_free(gift);
		return error;
	}
	if (gift->type == GIFT_SAMPLE && !recorder->origin)
		recorder->origin = address_space_copy(gift->space);
	*ret_begin = gift->type == GIFT_SAMPLE &&
		     condition_holds(&recorder->when, recorder->origin, gift->space);
	recorder_gifts_keep(&recorder->earlier, gift, EARLIER, recorder->memory);
	return *ret_begin ? write_earlier(recorder) : 0;
}

static bool commit_is_due(const struct recorder *recorder)
{
	return recorder->uncommitted_ns &&
	       clock_ns(CLOCK_MONOTONIC) - recorder->uncommitted_ns >= COMMIT_NS;
}

static int commit(struct recorder *recorder)
{
	recorder->uncommitted_ns = 0;
	return recording_writer_commit(recorder->writer);
}

/* Takes all that was given. Called with the lock held, which is given up meanwhile. */
static int take_gifts(struct recorder *recorder)
{
	struct recorder_gift *gift;
	int error = 0;

	while (!error && (gift = recorder_gifts_take(&recorder->given)) != NULL) {
		bool waiting = recorder->news.state == RECORDER_WAITING, begin = false;

		pthread_mutex_unlock(&recorder->worker.lock);
		/* Never between a sample and what is known of it. */
		if (gift->type == GIFT_SAMPLE && commit_is_due(recorder))
			error = commit(recorder);
		if (error)
			recorder_gift_free(gift);
		else
			error = take_gift(recorder, gift, waiting, &begin);
		pthread_mutex_lock(&recorder->worker.lock);
		if (begin && !error) {
			recorder->news.began = true;
			publish(recorder, RECORDER_WRITING, 0);
		}
	}
	return error;
}

static int open_file(struct recorder *recorder)
{
	int error;

	pthread_mutex_unlock(&recorder->worker.lock);
	error = recording_writer_create(&recorder->plan, &recorder->writer);
	pthread_mutex_lock(&recorder->worker.lock);
	if (error)
		return error;
	recorder->news.began = !recorder->conditional;
	publish(recorder, recorder->conditional ? RECORDER_WAITING : RECORDER_WRITING, 0);
	return 0;
}

static int close_file(struct recorder *recorder)
{
	struct recording_writer *writer = recorder->writer;
	bool nothing = !recorder->news.began;
	int error;

	recorder->writer = NULL;
	pthread_mutex_unlock(&recorder->worker.lock);
	error = recording_writer_close(writer);
	/* It was not to begin before. */
	if (writer && nothing)
		unlink(recorder->path);
	pthread_mutex_lock(&recorder->worker.lock);
	return error;
}

static int work_on(struct recorder *recorder)
{
	int error = open_file(recorder);

	while (!error) {
		error = take_gifts(recorder);
		if (error || recorder->finish || recorder->worker.stop)
			break;
		if (recorder->given.first)
			continue;
		worker_wait_until(&recorder->worker, recorder->uncommitted_ns
							     ? recorder->uncommitted_ns + COMMIT_NS
							     : clock_ns(CLOCK_MONOTONIC) + FOREVER);
		if (recorder->given.first || !commit_is_due(recorder))
			continue;
		pthread_mutex_unlock(&recorder->worker.lock);
		error = commit(recorder);
		pthread_mutex_lock(&recorder->worker.lock);
	}
	return error;
}

static void work(void *owner)
{
	struct recorder *recorder = owner;
	int error = work_on(recorder), closed = close_file(recorder);

	if (!error)
		error = closed;
	recorder_gifts_drop(&recorder->given);
	publish(recorder, error ? RECORDER_FAILED : RECORDER_CLOSED, error);
}

int recorder_create(const struct recorder_plan *plan, struct recorder **ret_recorder)
{
	struct recorder *recorder = memory_alloc(sizeof(*recorder));
	int error = worker_init(&recorder->worker);

	if (error) {
		free(recorder);
		return error;
	}
	recorder->memory = plan->memory;
	recorder->path = memory_copy_string(plan->file.path);
	recorder->plan = plan->file;
	recorder->plan.path = recorder->path;
	recorder->conditional = plan->when != NULL;
	if (plan->when)
		recorder->when = *plan->when;
	error = worker_start(&recorder->worker, "vastop/recorder", recorder, work, release);
	if (error) {
		release(recorder);
		return error;
	}
	*ret_recorder = recorder;
	return 0;
}

static bool is_over(const struct recorder_news *news)
{
	return news->state == RECORDER_FAILED || news->state == RECORDER_CLOSED;
}

struct recorder_news recorder_take(struct recorder *recorder)
{
	struct recorder_news news;

	pthread_mutex_lock(&recorder->worker.lock);
	worker_clear(recorder->worker.descriptor);
	news = recorder->news;
	pthread_mutex_unlock(&recorder->worker.lock);
	return news;
}

/* Until there are other news than that it opens, or those of the end. */
static struct recorder_news wait_for_news(struct recorder *recorder, bool end)
{
	struct pollfd wait = {.fd = recorder_descriptor(recorder), .events = POLLIN};
	int64_t until = clock_ns(CLOCK_MONOTONIC) + CLOSE_MS * INT64_C(1000000), now;
	struct recorder_news news = recorder_take(recorder);

	while (end ? !is_over(&news) : news.state == RECORDER_OPENING) {
		now = clock_ns(CLOCK_MONOTONIC);
		if (now >= until)
			break;
		poll(&wait, 1, (int)((until - now) / 1000000 + 1));
		news = recorder_take(recorder);
	}
	return news;
}

struct recorder_news recorder_wait(struct recorder *recorder)
{
	return wait_for_news(recorder, false);
}

struct recorder_news recorder_destroy(struct recorder *recorder)
{
	struct recorder_news news = {.state = RECORDER_CLOSED};

	if (!recorder)
		return news;
	worker_tell(&recorder->worker, &recorder->finish, true);
	news = wait_for_news(recorder, true);
	if (!is_over(&news)) {
		news.state = RECORDER_FAILED;
		news.error = -ETIMEDOUT;
	}
	worker_end(&recorder->worker);
	return news;
}

int recorder_descriptor(const struct recorder *recorder)
{
	return recorder->worker.descriptor;
}

/* Gives it, unless it would never be taken, or too much waits already. */
static void give(struct recorder *recorder, struct recorder_gift *gift)
{
	pthread_mutex_lock(&recorder->worker.lock);
	if (is_over(&recorder->news) || recorder->given.bytes > recorder->memory) {
		recorder->news.dropped += gift->type == GIFT_SAMPLE && !is_over(&recorder->news);
		recorder_gift_free(gift);
	} else {
		recorder_gifts_append(&recorder->given, gift);
	}
	worker_wake(&recorder->worker);
}

void recorder_add(struct recorder *recorder, const struct address_space *space)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_SAMPLE);

	gift->space = address_space_copy(space);
	/* Samples of one list share it. */
	if (!recorder->given_last || !address_space_same_list(recorder->given_last, space))
		gift->bytes += address_space_bytes(space);
	address_space_destroy(recorder->given_last);
	recorder->given_last = address_space_copy(space);
	give(recorder, gift);
}

void recorder_add_usage(struct recorder *recorder, const struct usage_table *usage,
			const struct residency *residency)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_USAGE);

	kept_usage_take(&gift->usage, usage, residency);
	if (usage)
		gift->bytes += usage_list_bytes(&usage->vmas);
	if (usage && residency)
		gift->bytes +=
			residency->count * (sizeof(*residency->runs) + sizeof(*residency->before));
	give(recorder, gift);
}

void recorder_add_baseline(struct recorder *recorder, int64_t time_ns)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_BASELINE);

	gift->time_ns = time_ns;
	give(recorder, gift);
}

void recorder_add_note(struct recorder *recorder, int64_t time_ns, const char *words)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_NOTE);

	gift->time_ns = time_ns;
	gift->words = memory_copy_string(words);
	give(recorder, gift);
}

void recorder_add_end(struct recorder *recorder, int64_t time_ns)
{
	struct recorder_gift *gift = recorder_gift_make(GIFT_END);

	gift->time_ns = time_ns;
	give(recorder, gift);
}
