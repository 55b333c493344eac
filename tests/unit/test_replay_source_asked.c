/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "app/replay_link.h"
#include "app/replay_source.h"
#include "call_log.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_steps.h"
#include "sampler/source.h"

/*
 * Which samples are read of a recording, by a script. It has samples 3 to 99, one a second, and
 * time passes as the script says.
 */

#define SECOND INT64_C(1000000000)
#define FIRST  3
#define LAST   99

static struct {
	int64_t now;
	int time_at, time_error; /* of the sample of that number */
	int find, read, step, life;
	int64_t stepped; /* to where */
} script;

static char things[1];

#define given_recording ((struct recording *)things)

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int64_t recording_first(const struct recording *recording)
{
	assert_ptr_equal(recording, given_recording);
	return FIRST;
}

int64_t recording_last(const struct recording *recording)
{
	assert_ptr_equal(recording, given_recording);
	return LAST;
}

int recording_time(struct recording *recording, int64_t sample, int64_t *ret_time_ns)
{
	assert_ptr_equal(recording, given_recording);
	if (script.time_error && sample == script.time_at)
		return script.time_error;
	*ret_time_ns = sample * SECOND;
	return 0;
}

int recording_find(struct recording *recording, int64_t time_ns, int64_t *ret_sample)
{
	assert_ptr_equal(recording, given_recording);
	call_log_say("find %" PRId64 " ms", time_ns / 1000000);
	if (!script.find)
		*ret_sample = time_ns / SECOND;
	return script.find;
}

int recording_read(struct recording *recording, int64_t sample, struct address_space **ret_space,
		   struct kept_usage *ret_usage)
{
	const struct target target = {.pid = 1, .comm = "test", .page_size = 4096};
	const struct vma vma = {
		.start = 0x1000, .end = 0x2000, .kind = KIND_HEAP, .name = "[heap]"};

	assert_ptr_equal(recording, given_recording);
	call_log_say("read %" PRId64, sample);
	if (script.read)
		return script.read;
	*ret_usage = (struct kept_usage){0};
	return address_space_create(&target, &vma, 1, sample * SECOND, 0, ret_space);
}

void recording_close(struct recording *recording)
{
	assert_ptr_equal(recording, given_recording);
	call_log_say("close");
}

int recording_step(struct recording *recording, int64_t from, const struct replay_wish *wish,
		   int64_t *ret_sample)
{
	assert_ptr_equal(recording, given_recording);
	call_log_say("step %d from %" PRId64, (int)wish->type, from);
	if (!script.step)
		*ret_sample = script.stepped;
	return script.step;
}

int recording_life(struct recording *recording, int64_t sample, const struct vma *vma,
		   struct recording_life *ret_life)
{
	assert_ptr_equal(recording, given_recording);
	call_log_say("life of %" PRIx64 " in %" PRId64, vma->start, sample);
	if (!script.life)
		*ret_life = (struct recording_life){.appeared_ns = 4 * SECOND,
						    .largest_ns = 5 * SECOND,
						    .last_ns = 6 * SECOND,
						    .largest = 8192};
	return script.life;
}

static struct source *source;
static struct replay_link *link;

static int open_source(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.now = 100 * SECOND;
	call_log_clear();
	return replay_source_create(given_recording, 10, &source, &link);
}

static int close_source(void **state)
{
	(void)state;
	call_log_clear();
	source_destroy(source);
	call_log_expect("close\n");
	replay_link_release(link);
	return 0;
}

/* The next sample, or its error; what was asked; and what is said, NULL: nothing. */
static void next(int64_t sample, const char *asked, const char *said)
{
	struct address_space *space = NULL;
	int error = source_read(source, &space);
	char *words = replay_link_take_words(link);

	call_log_expect(asked);
	if (said)
		assert_string_equal(words ? words : "", said);
	else
		assert_null(words);
	free(words);
	assert_true(sample == (error ? error : space->time_ns / SECOND));
	if (!error)
		assert_true(replay_link_state(link).sample == sample);
	address_space_destroy(space);
}

static void wish(enum replay_wish_type type)
{
	replay_link_wish(
		link, &(struct replay_wish){.type = type, .from_ns = 20 * SECOND, .start = 0x1000});
}

static void its_state_is_known_from_the_start(void **state)
{
	const struct replay_state known = replay_link_state(link);

	(void)state;
	assert_int_equal(known.speed, 1);
	assert_int_equal(known.sample, 10);
	assert_int_equal(known.first, FIRST);
	assert_int_equal(known.last, LAST);
	assert_true(known.start_ns == FIRST * SECOND && known.end_ns == LAST * SECOND);
	assert_false(known.held);
	assert_int_equal(source_exit_descriptor(source), -1);
}

static void one_without_times_is_closed(void **state)
{
	struct source *other = NULL;
	struct replay_link *none = NULL;

	(void)state;
	script.time_error = -EBADMSG;
	script.time_at = FIRST;
	assert_int_equal(replay_source_create(given_recording, 10, &other, &none), -EBADMSG);
	call_log_expect("close\n");
	script.time_at = LAST;
	assert_int_equal(replay_source_create(given_recording, 10, &other, &none), -EBADMSG);
	call_log_expect("close\n");
	assert_null(other);
	assert_null(none);
}

static void faster_it_passes_over_what_time_passed(void **state)
{
	(void)state;
	replay_link_set_speed(link, 4);
	/* The first read is of the first sample. */
	next(10, "read 10\n", NULL);
	script.now += 1500000000;
	next(16, "find 16000 ms\nread 16\n", NULL);
	script.now += 250000000;
	next(17, "find 17000 ms\nread 17\n", NULL);
	/* At least the next one. */
	next(18, "find 17000 ms\nread 18\n", NULL);
	script.now += SECOND;
	script.find = -EBADMSG;
	next(19, "find 22000 ms\nread 19\n", NULL);
	script.find = 0;
	script.time_error = -EBADMSG;
	script.time_at = 19;
	script.now += SECOND;
	next(20, "read 20\n", NULL);
	replay_link_set_speed(link, 1);
	script.now += 5 * SECOND;
	next(21, "read 21\n", NULL);
	/* What 64 bits do not hold is a time, too. */
	replay_link_set_speed(link, 2);
	script.now += (INT64_MAX - 21 * SECOND) / 2;
	next(-EAGAIN, "find 9223372036854 ms\n", NULL);
	script.now++;
	next(22, "read 22\n", NULL);
}

static void after_the_last_one_there_is_none(void **state)
{
	(void)state;
	next(10, "read 10\n", NULL);
	replay_link_set_speed(link, 2);
	script.now += (LAST - 10) * SECOND / 2;
	next(LAST, "find 99000 ms\nread 99\n", "This is the last sample of the recording.");
	next(-EAGAIN, "find 99000 ms\n", NULL);
	wish(REPLAY_PREVIOUS);
	script.stepped = LAST;
	next(LAST, "find 20000 ms\nstep 2 from 20\nread 99\n", NULL);
}

static void it_is_held_but_for_wishes(void **state)
{
	(void)state;
	replay_link_set_held(link, true);
	next(10, "read 10\n", NULL);
	next(-EAGAIN, "", NULL);
	wish(REPLAY_NEXT_EVENT);
	script.stepped = 40;
	next(40, "find 20000 ms\nstep 3 from 20\nread 40\n", NULL);
	next(-EAGAIN, "", NULL);
	replay_link_set_held(link, false);
	next(41, "read 41\n", NULL);
}

/* The sample that is shown comes once more, with the words. */
static void what_cannot_be_is_said(void **state)
{
	(void)state;
	wish(REPLAY_NEXT);
	script.step = -ENOENT;
	next(-EAGAIN, "find 20000 ms\nstep 1 from 20\n",
	     "This is the last sample of the recording.");
	replay_link_set_held(link, false);
	next(10, "read 10\n", NULL);
	wish(REPLAY_TIME);
	next(10, "find 20000 ms\nstep 7 from 20\nread 10\n",
	     "There is no such time in the recording.");
	wish(REPLAY_NEXT);
	script.find = -EBADMSG;
	next(10, "find 20000 ms\nread 10\n", "This part of the recording is damaged.");
}

static void one_that_is_damaged_is_passed_over(void **state)
{
	(void)state;
	script.read = -EBADMSG;
	next(-EBADMSG, "read 10\n", NULL);
	script.read = 0;
	next(11, "read 11\n", NULL);
}

#define LIFE    "[heap] appeared 00:00:04, was largest 00:00:05 (8.0K), was last seen 00:00:06."
#define DAMAGED "This part of the recording is damaged."

static void a_question_changes_nothing(void **state)
{
	(void)state;
	next(10, "read 10\n", NULL);
	wish(REPLAY_LIFE);
	next(10, "read 10\nfind 20000 ms\nread 20\nlife of 1000 in 20\n", LIFE);
	wish(REPLAY_LIFE);
	script.life = -ENOENT;
	next(10, "read 10\nfind 20000 ms\nread 20\nlife of 1000 in 20\n",
	     "This mapping is not in the recording.");
	wish(REPLAY_LIFE);
	script.find = -EBADMSG;
	next(10, "read 10\nfind 20000 ms\n", DAMAGED);
	script.find = 0;
	replay_link_wish(link, &(struct replay_wish){.type = REPLAY_LIFE,
						     .from_ns = 20 * SECOND,
						     .start = 0x9000});
	next(10, "read 10\nfind 20000 ms\nread 20\n", "This mapping is not in the recording.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_source, close_source)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(its_state_is_known_from_the_start),
		TEST(one_without_times_is_closed),
		TEST(faster_it_passes_over_what_time_passed),
		TEST(after_the_last_one_there_is_none),
		TEST(it_is_held_but_for_wishes),
		TEST(what_cannot_be_is_said),
		TEST(one_that_is_damaged_is_passed_over),
		TEST(a_question_changes_nothing),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("replay_source_asked", tests, NULL, NULL);
}
