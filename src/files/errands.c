/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/errands.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"

#define MS         INT64_C(1000000)
#define GRANTS_MAX 50        /* renewals of the patience for want of a processor */
#define DEATHS_MAX 2         /* helpers lost by an errand, before it is not asked again */
#define FAREWELL   (50 * MS) /* for all killed helpers to go */

void errands_init(struct errands *errands)
{
	*errands = (struct errands){
		.plan = {.handover = 20 * MS,
			 .patience = 100 * MS,
			 .limit = 1000 * MS,
			 .pause_min = 1000 * MS,
			 .pause_max = 60000 * MS},
	};
}

static int64_t now(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

void errands_finish(struct errands *errands)
{
	int64_t until = now() + FAREWELL;

	for (size_t i = 0; i < errands->system_count; i++)
		errand_system_settle(&errands->systems[i], ERRAND_FAILED);
	for (int i = 0; i < ERRANDS_HELPERS; i++)
		if (errands->helpers[i].helper.pid && !errands->helpers[i].killed)
			helper_kill(&errands->helpers[i].helper);
	/* Nothing is left of one that dies at once, as each does that is not stuck in the kernel.
	 */
	for (int i = 0; i < ERRANDS_HELPERS; i++)
		if (errands->helpers[i].helper.pid)
			helper_see_off(&errands->helpers[i].helper, until);
	free(errands->systems);
	*errands = (struct errands){0};
}

static struct errand_system *find_system(struct errands *errands, uint32_t dev_major,
					 uint32_t dev_minor)
{
	struct errand_system *system;

	for (size_t i = 0; i < errands->system_count; i++) {
		system = &errands->systems[i];
		if (system->dev_major == dev_major && system->dev_minor == dev_minor)
			return system;
	}
	errands->systems = memory_array_grow(errands->systems, errands->system_count,
					     &errands->system_capacity, sizeof(*errands->systems));
	system = &errands->systems[errands->system_count++];
	*system = (struct errand_system){
		.dev_major = dev_major, .dev_minor = dev_minor, .helper = ERRAND_NO_HELPER};
	return system;
}

struct errand *errand_create(struct errands *errands, uint32_t dev_major, uint32_t dev_minor,
			     helper_call call, const struct text *request, bool suspect)
{
	struct errand_system *system = find_system(errands, dev_major, dev_minor);
	struct errand *errand = errand_make(call, request, suspect);

	if (errand_system_may_ask(system, now()))
		errand_system_add(system, errand);
	else
		errand->state = ERRAND_STALLED;
	return errand;
}

static bool is_usable(const struct errand_helper *helper)
{
	return helper->helper.pid && !helper->killed;
}

/* Frees the places of helpers that are gone: killed, or ended with the thread that had them. */
void errands_tidy(struct errands *errands)
{
	for (int i = 0; i < ERRANDS_HELPERS; i++) {
		struct errand_helper *helper = &errands->helpers[i];

		if (!helper->helper.pid || helper->busy || !helper_is_gone(&helper->helper))
			continue;
		if (!helper->killed)
			close(helper->helper.socket);
		*helper = (struct errand_helper){0};
		for (size_t j = 0; j < errands->system_count; j++)
			if (errands->systems[j].helper == i)
				errands->systems[j].helper = ERRAND_NO_HELPER;
	}
}

static void end_helper(struct errand_helper *helper)
{
	helper_kill(&helper->helper);
	helper->killed = true;
	helper->busy = false;
}

void errands_dismiss(struct errands *errands)
{
	for (int i = 0; i < ERRANDS_HELPERS; i++)
		if (is_usable(&errands->helpers[i]) && !errands->helpers[i].busy)
			end_helper(&errands->helpers[i]);
}

/* The helper of the system is lost: another one is to be asked, unless this happens again. */
static void bury(struct errands *errands, struct errand_system *system)
{
	struct errand *guilty = system->asked.first;

	end_helper(&errands->helpers[system->helper]);
	system->helper = ERRAND_NO_HELPER;
	if (guilty && ++guilty->deaths >= DEATHS_MAX)
		errand_settle(errand_pop(&system->asked), ERRAND_FAILED);
	errand_system_take_back(system);
}

/* Takes one reply. Returns whether there was one. */
static bool take_reply(struct errands *errands, struct errand_system *system)
{
	struct errand_helper *helper = &errands->helpers[system->helper];
	struct text reply = {0};
	int error = helper_take(&helper->helper, &reply);

	if (error) {
		text_finish(&reply);
		if (error != -EAGAIN)
			bury(errands, system);
		return false;
	}
	helper->heard = now();
	helper->grants = 0;
	errand_system_reply(system, reply);
	if (!errand_system_is_open(system)) {
		helper->busy = false;
		system->helper = ERRAND_NO_HELPER;
	}
	return system->asked.first;
}

static void take_replies(struct errands *errands, struct errand_system *system)
{
	while (system->asked.first && take_reply(errands, system))
		;
}

static void take_all_replies(struct errands *errands)
{
	for (size_t i = 0; i < errands->system_count; i++)
		take_replies(errands, &errands->systems[i]);
}

static bool is_silent(const struct errands *errands, const struct errand_system *system)
{
	return system->asked.first &&
	       now() - errands->helpers[system->helper].heard >= errands->plan.patience;
}

/*
 * A helper that only lacks a processor is waited for, within reason; one that a lock holds is
 * replaced, since no file system has failed to answer.
 */
static void judge_silent(struct errands *errands, struct errand_system *system)
{
	const struct errands_plan *plan = &errands->plan;
	struct errand_helper *helper = &errands->helpers[system->helper];
	enum helper_state state = helper_get_state(&helper->helper);

	/* One that rests may have just replied. */
	take_replies(errands, system);
	if (!is_silent(errands, system))
		return;
	if (state == HELPER_LOCKED) {
		bury(errands, system);
	} else if (state == HELPER_RUNNING && helper->grants++ < GRANTS_MAX) {
		helper->heard = now() - plan->patience + plan->handover;
	} else {
		/* It stays this system's until it is gone. */
		end_helper(helper);
		errand_system_stall(system, now(), plan->pause_min, plan->pause_max);
	}
}

static void judge_all_silent(struct errands *errands)
{
	for (size_t i = 0; i < errands->system_count; i++) {
		struct errand_system *system = &errands->systems[i];

		if (is_silent(errands, system))
			judge_silent(errands, system);
	}
}

/* Whether a helper may be added: those that are at work have been silent for a while. */
static bool may_add(const struct errands *errands)
{
	for (int i = 0; i < ERRANDS_HELPERS; i++)
		if (errands->helpers[i].busy &&
		    now() - errands->helpers[i].heard < errands->plan.handover)
			return false;
	return true;
}

/* The index of a helper that is free; ERRAND_NO_HELPER: not now; or -errno: never. */
static int free_helper(struct errands *errands)
{
	int empty = ERRAND_NO_HELPER, left = 0, error;

	for (int i = 0; i < ERRANDS_HELPERS; i++) {
		if (is_usable(&errands->helpers[i]) && !errands->helpers[i].busy)
			return i;
		if (!errands->helpers[i].helper.pid && empty == ERRAND_NO_HELPER)
			empty = i;
		left += errands->helpers[i].killed;
	}
	if (left == ERRANDS_HELPERS)
		return -EBUSY;
	if (empty == ERRAND_NO_HELPER || !may_add(errands))
		return ERRAND_NO_HELPER;
	error = helper_start(&errands->helpers[empty].helper);
	/* -EPERM is -1 too. */
	return error ? -EBUSY : empty;
}

/* Asks for what waits in the queue. Returns whether all of it could be asked for. */
static bool ask(struct errands *errands, struct errand_system *system, struct errand_queue *queue,
		int directory)
{
	struct errand_helper *helper = &errands->helpers[system->helper];

	while (queue->first) {
		int error = helper_ask(&helper->helper, queue->first->call,
				       helper->given ? -1 : directory, &queue->first->request);

		if (error == -EAGAIN)
			return false;
		if (error == -EPIPE) {
			bury(errands, system);
			return false;
		}
		if (error) {
			errand_settle(errand_pop(queue), ERRAND_FAILED);
			continue;
		}
		helper->given = true;
		queue->first->state = ERRAND_ASKED;
		errand_push(&system->asked, errand_pop(queue));
	}
	return true;
}

static void hand_out(struct errands *errands, int directory)
{
	for (size_t i = 0; i < errands->system_count; i++) {
		struct errand_system *system = &errands->systems[i];

		if (!errand_system_has_waiting(system))
			continue;
		if (system->helper == ERRAND_NO_HELPER) {
			int found = free_helper(errands);

			if (found == -EBUSY)
				errand_system_settle(system, ERRAND_FAILED);
			if (found < 0)
				continue;
			system->helper = found;
			errands->helpers[found].busy = true;
			errands->helpers[found].given = false;
			errands->helpers[found].heard = now();
			errands->helpers[found].grants = 0;
		}
		if (ask(errands, system, &system->waiting, directory))
			ask(errands, system, &system->suspects, directory);
	}
}

/* Whether there is something to wait for. */
static bool is_awaited(const struct errands *errands)
{
	for (size_t i = 0; i < errands->system_count; i++)
		if (!errands->systems[i].stalled && errand_system_is_open(&errands->systems[i]))
			return true;
	return false;
}

/* Waits until a helper has something, or something is to be decided. */
static void wait_for_helpers(const struct errands *errands, int64_t until)
{
	struct pollfd waits[ERRANDS_HELPERS];
	int64_t time = now(), next = time + errands->plan.handover;
	nfds_t count = 0;

	for (int i = 0; i < ERRANDS_HELPERS; i++) {
		const struct errand_helper *helper = &errands->helpers[i];

		if (!helper->busy)
			continue;
		waits[count++] = (struct pollfd){.fd = helper->helper.socket, .events = POLLIN};
		if (helper->heard + errands->plan.patience < next)
			next = helper->heard + errands->plan.patience;
	}
	if (until < next)
		next = until;
	(void)poll(waits, count, next <= time ? 1 : (int)((next - time) / MS + 1));
}

/* All that can be done without waiting. */
static void turn(struct errands *errands, int directory)
{
	errands_tidy(errands);
	take_all_replies(errands);
	judge_all_silent(errands);
	hand_out(errands, directory);
}

void errands_begin(struct errands *errands, int directory)
{
	for (int i = 0; i < ERRANDS_HELPERS; i++)
		errands->helpers[i].given = false;
	turn(errands, directory);
}

void errands_run(struct errands *errands, int directory)
{
	int64_t until = now() + errands->plan.limit;

	errands_begin(errands, directory);
	while (is_awaited(errands) && now() < until) {
		wait_for_helpers(errands, until);
		turn(errands, directory);
	}
}

bool errands_are_due(struct errands *errands)
{
	errands_tidy(errands);
	for (size_t i = 0; i < errands->system_count; i++) {
		const struct errand_system *system = &errands->systems[i];

		if (errand_system_is_open(system) ||
		    (system->stalled && errand_system_may_ask(system, now())))
			return true;
	}
	return false;
}
