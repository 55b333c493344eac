/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_HELPERS_H
#define TESTS_UNIT_FAKE_HELPERS_H

/*
 * Errands without processes: helpers, clocks and poll(2) are the test's own here, so that time
 * passes as it says, and each call is known.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "files/errands.h"
#include "kernel/clock.h"

#define MS   INT64_C(1000000)
#define FAKE 32
#define ASKS 64

/* What a request does to the helper that has it. */
enum does {
	REPLY = 'r', /* replies at once */
	LATER = '5', /* replies after 5 ms */
	SEEN = 's',  /* replies just before its state is looked at */
	HANG = 'h',
	BUSY = 'b', /* lacks a processor */
	LOCK = 'l',
	DIE = 'x',
};

struct fake {
	char asked[ASKS];
	size_t first, count;
	int64_t since;
	bool killed, gone;
};

/* Helpers by their numbers, which count from 1. */
static struct {
	int64_t now;
	int started, start_error, ask_error;
	struct fake fakes[FAKE];
	struct text log;
	bool stay; /* killed ones do not go */
} world;

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	char words[80];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(words, sizeof(words), format, arguments);
	va_end(arguments);
	text_append_format(&world.log, "%s%d %s", world.log.length ? "; " : "",
			   (int)(world.now / MS), words);
}

static void assert_log(const char *expected)
{
	assert_string_equal(text_string(&world.log), expected);
	text_clear(&world.log);
}

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return world.now;
}

int helper_start(struct helper *ret_helper)
{
	if (world.start_error)
		return world.start_error;
	world.started++;
	assert_true(world.started < FAKE);
	say("start %d", world.started);
	*ret_helper = (struct helper){.pid = world.started, .socket = 10000 + world.started};
	return 0;
}

int helper_ask(const struct helper *helper, helper_call call, int directory,
	       const struct text *request)
{
	struct fake *fake = &world.fakes[helper->pid];
	char does = request->bytes[0];

	assert_null(call);
	say("ask %d %c%s", helper->pid, does, directory == 7 ? " in 7" : "");
	if (world.ask_error)
		return world.ask_error;
	if (fake->first == fake->count)
		fake->since = world.now;
	assert_true(fake->count < ASKS);
	fake->asked[fake->count++] = does;
	return 0;
}

int helper_take(const struct helper *helper, struct text *reply)
{
	struct fake *fake = &world.fakes[helper->pid];
	char does = fake->asked[fake->first];

	if (fake->first == fake->count)
		return -EAGAIN;
	if (does == DIE)
		return -EPIPE;
	if (does != REPLY && (does != LATER || world.now - fake->since < 5 * MS))
		return -EAGAIN;
	text_append_char(reply, does);
	fake->first++;
	fake->since = world.now;
	return 0;
}

enum helper_state helper_get_state(const struct helper *helper)
{
	struct fake *fake = &world.fakes[helper->pid];
	char does = fake->asked[fake->first];

	if (does == SEEN)
		fake->asked[fake->first] = REPLY;
	return does == BUSY ? HELPER_RUNNING : does == LOCK ? HELPER_LOCKED : HELPER_BLOCKED;
}

void helper_kill(struct helper *helper)
{
	say("kill %d", helper->pid);
	assert_false(world.fakes[helper->pid].killed);
	world.fakes[helper->pid].killed = true;
	helper->socket = -1;
}

bool helper_is_gone(const struct helper *helper)
{
	const struct fake *fake = &world.fakes[helper->pid];

	return fake->gone || (fake->killed && !world.stay);
}

bool helper_see_off(const struct helper *helper, int64_t until)
{
	say("see off %d until %d", helper->pid, (int)(until / MS));
	return true;
}

int poll(struct pollfd *waits, nfds_t count, int timeout)
{
	say("poll %d for %d", (int)count, timeout);
	for (nfds_t i = 0; i < count; i++)
		assert_true(waits[i].fd > 10000 && waits[i].events == POLLIN);
	assert_true(timeout > 0);
	world.now += timeout * MS;
	return 0;
}

/* What poll(2) is where the C library checks sizes (_FORTIFY_SOURCE). */
int __poll_chk(struct pollfd *waits, nfds_t count, int timeout, size_t size);

int __poll_chk(struct pollfd *waits, nfds_t count, int timeout, size_t size)
{
	assert_true(count <= size / sizeof(*waits));
	return poll(waits, count, timeout);
}

#endif
