/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/listener.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "growth/hearing.h"
#include "growth/hearing_sites.h"
#include "growth/hearing_state.h"
#include "base/memory.h"
#include "inside/call_sites.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "model/address_space.h"

enum wish { WISH_NOTHING, WISH_START, WISH_STOP };

struct listener {
	struct procfs_options options;
	/* The thread's own: */
	struct hearing *hearing; /* NULL: it does not listen */
	int64_t next_ns;         /* when the next step of time begins */
	bool asked;              /* for a fresher snapshot, and none came yet */
	int poke;                /* an eventfd: readable while there is a wish */
	struct worker worker;    /* its lock is for what follows */
	enum wish wish;
	bool from_start, clear;
	struct address_space *space; /* to start with, or a fresher one; NULL: none */
	struct listener_news news;
	bool told;
};

static void release(void *owner)
{
	struct listener *listener = owner;

	hearing_end(listener->hearing);
	address_space_destroy(listener->space);
	call_sites_unref(listener->news.sites);
	procfs_options_finish(&listener->options);
	worker_finish(&listener->worker);
	close(listener->poke);
	free(listener);
}

/* With the lock. Takes the reference of the sites over. */
static void tell(struct listener *listener, int error, struct call_sites *sites, bool wants_space)
{
	call_sites_unref(listener->news.sites);
	listener->news = (struct listener_news){sites, error, wants_space};
	listener->told = true;
	worker_notify(&listener->worker);
}

/* With the lock, which is given up meanwhile. */
static void tell_sites(struct listener *listener, bool last)
{
	const bool wants_space = listener->hearing->heard.wants_space;
	struct call_sites *sites;

	pthread_mutex_unlock(&listener->worker.lock);
	sites = hearing_sites(listener->hearing, last);
	pthread_mutex_lock(&listener->worker.lock);
	tell(listener, 0, sites, wants_space && !last);
}

/* With the lock, which is given up meanwhile. */
static void stop(struct listener *listener)
{
	if (!listener->hearing)
		return;
	pthread_mutex_unlock(&listener->worker.lock);
	(void)hearing_take(listener->hearing); /* what is in the rings still counts */
	fault_events_close(&listener->hearing->events);
	pthread_mutex_lock(&listener->worker.lock);
	tell_sites(listener, true);
	hearing_end(listener->hearing);
	listener->hearing = NULL;
}

/* With the lock, which is given up meanwhile. */
static void start(struct listener *listener)
{
	struct address_space *space = listener->space;
	const bool from_start = listener->from_start;
	int error;

	listener->space = NULL;
	pthread_mutex_unlock(&listener->worker.lock);
	hearing_end(listener->hearing);
	listener->hearing = NULL;
	error = hearing_begin(&listener->options, space, from_start, &listener->hearing);
	address_space_destroy(space);
	pthread_mutex_lock(&listener->worker.lock);
	listener->next_ns = clock_ns(CLOCK_MONOTONIC) + HEARING_STEP_NS;
	if (error)
		tell(listener, error, NULL, false);
	else
		tell_sites(listener, false);
}

/* With the lock. Does what is asked for. */
static void follow_wishes(struct listener *listener)
{
	const enum wish wish = listener->wish;
	struct address_space *space;

	worker_clear(listener->poke);
	listener->wish = WISH_NOTHING;
	if (listener->clear && listener->hearing && wish == WISH_NOTHING)
		hearing_clear(listener->hearing);
	listener->clear = false;
	if (wish == WISH_START) {
		start(listener);
		return;
	}
	space = listener->space;
	listener->space = NULL;
	if (space && listener->hearing) {
		pthread_mutex_unlock(&listener->worker.lock);
		hearing_renew(listener->hearing, space);
		pthread_mutex_lock(&listener->worker.lock);
		listener->asked = false;
	}
	address_space_destroy(space);
	if (wish == WISH_STOP)
		stop(listener);
}

/* With the lock, which is given up meanwhile. Listens for a moment. */
static void listen(struct listener *listener)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC);
	int error;

	pthread_mutex_unlock(&listener->worker.lock);
	hearing_wait(listener->hearing, listener->poke);
	error = hearing_take(listener->hearing);
	pthread_mutex_lock(&listener->worker.lock);
	if (error) {
		stop(listener);
		return;
	}
	if (listener->wish != WISH_NOTHING)
		return;
	if (now < listener->next_ns) {
		if (listener->hearing->heard.wants_space && !listener->asked && !listener->told)
			tell(listener, 0, NULL, true);
		listener->asked = listener->hearing->heard.wants_space;
		return;
	}
	/* Time that was missed is not made up for. */
	listener->next_ns = now + HEARING_STEP_NS;
	tell_sites(listener, false);
	pthread_mutex_unlock(&listener->worker.lock);
	hearing_step(listener->hearing);
	pthread_mutex_lock(&listener->worker.lock);
}

static void work(void *owner)
{
	struct listener *listener = owner;
	struct worker *worker = &listener->worker;

	while (!worker->stop) {
		if (listener->wish != WISH_NOTHING || listener->space || listener->clear)
			follow_wishes(listener);
		else if (listener->hearing)
			listen(listener);
		else
			pthread_cond_wait(&worker->changed, &worker->lock);
	}
}

int listener_create(const struct procfs_options *options, struct listener **ret_listener)
{
	struct listener *listener = memory_alloc(sizeof(*listener));
	int error;

	listener->poke = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (listener->poke < 0) {
		error = -errno;
		free(listener);
		return error;
	}
	error = worker_init(&listener->worker);
	if (error) {
		close(listener->poke);
		free(listener);
		return error;
	}
	listener->options = procfs_options_copy(options);
	error = worker_start(&listener->worker, "vastop/growth", listener, work, release);
	if (error) {
		release(listener);
		return error;
	}
	*ret_listener = listener;
	return 0;
}

/* Gives up the lock, with what was changed, and has the thread look. */
static void poke(struct listener *listener)
{
	worker_raise(listener->poke);
	worker_wake(&listener->worker);
}

void listener_destroy(struct listener *listener)
{
	if (!listener)
		return;
	pthread_mutex_lock(&listener->worker.lock);
	listener->worker.stop = true;
	poke(listener);
	worker_end(&listener->worker);
}

static void wish(struct listener *listener, enum wish wish, const struct address_space *space)
{
	struct address_space *copy = space ? address_space_copy(space) : NULL;

	pthread_mutex_lock(&listener->worker.lock);
	if (wish != WISH_NOTHING)
		listener->wish = wish;
	if (copy) {
		address_space_destroy(listener->space);
		listener->space = copy;
	}
	poke(listener);
}

void listener_start(struct listener *listener, const struct address_space *space, bool from_start)
{
	pthread_mutex_lock(&listener->worker.lock);
	listener->from_start = from_start;
	pthread_mutex_unlock(&listener->worker.lock);
	wish(listener, WISH_START, space);
}

void listener_stop(struct listener *listener)
{
	wish(listener, WISH_STOP, NULL);
}

void listener_renew(struct listener *listener, const struct address_space *space)
{
	wish(listener, WISH_NOTHING, space);
}

void listener_clear(struct listener *listener)
{
	pthread_mutex_lock(&listener->worker.lock);
	listener->clear = true;
	poke(listener);
}

int listener_descriptor(const struct listener *listener)
{
	return listener->worker.descriptor;
}

bool listener_take(struct listener *listener, struct listener_news *ret_news)
{
	return worker_take(&listener->worker, &listener->told, &listener->news,
			   sizeof(listener->news), ret_news);
}
