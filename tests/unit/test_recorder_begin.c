/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "writer_script.h"

/* When it begins, when it commits, and what is dropped. */

static const struct condition large = {.value = CONDITION_SIZE, .above = 2 * 4096};

/* Where the condition never holds there is no file in the end. */
static void what_does_not_begin_leaves_no_file(void **state)
{
	struct recorder *recorder;

	(void)state;
	reset();
	recorder = create(&large, MEMORY);
	assert_int_equal(recorder_wait(recorder).state, RECORDER_WAITING);
	add(recorder, 1, 2);
	recorder_add_note(recorder, 1, "words");
	finish(recorder, RECORDER_CLOSED, 0, false, "create /r\nclose\nunlink /r\n");
}

/* When it holds the time before is written, too; from then on all. */
static void a_condition_begins_with_what_was_before(void **state)
{
	struct recorder *recorder;

	(void)state;
	reset();
	recorder = create(&large, MEMORY);
	add(recorder, 1, 2);
	recorder_add_note(recorder, 1, "before");
	add(recorder, 2, 3);
	recorder_add_note(recorder, 2, "behind");
	add(recorder, 3, 1);
	finish(recorder, RECORDER_CLOSED, 0, true,
	       "create /r\nsample of 1\nnote 1: before\nsample of 2\nnote 2: behind\n"
	       "sample of 3\nclose\n");
	/* Growth is that since the first. */
	reset();
	recorder =
		create(&(struct condition){.value = CONDITION_GROWTH, .above = 2 * 4096}, MEMORY);
	add(recorder, 1, 5);
	add(recorder, 2, 7);
	add(recorder, 3, 8);
	finish(recorder, RECORDER_CLOSED, 0, true,
	       "create /r\nsample of 1\nsample of 2\nsample of 3\nclose\n");
	/* Ten minutes of it are kept. */
	reset();
	recorder = create(&large, MEMORY);
	add(recorder, 1, 1);
	add(recorder, 2, 1);
	add(recorder, 602, 3);
	finish(recorder, RECORDER_CLOSED, 0, true,
	       "create /r\nsample of 2\nsample of 602\nclose\n");
	/* What fails then did not begin. */
	reset();
	script.failing = "sample";
	script.error = -EIO;
	recorder = create(&large, MEMORY);
	add(recorder, 1, 3);
	finish(recorder, RECORDER_FAILED, -EIO, false,
	       "create /r\nsample of 1\nclose\nunlink /r\n");
}

/* Waits until the writer is at a sample, with all that was given before written. */
static void wait_for_sample(void)
{
	while (sem_wait(&script.waits))
		;
}

/* Half a second after something was written it is committed: before a sample, not behind it. */
static void commits_are_before_samples(void **state)
{
	struct recorder *recorder;

	(void)state;
	reset();
	script.blocks = true;
	recorder = create(NULL, MEMORY);
	add(recorder, 1, 1);
	wait_for_sample();
	recorder_add_note(recorder, 1, "a");
	add(recorder, 2, 1);
	script.ahead += SECOND / 2;
	sem_post(&script.continues);
	wait_for_sample();
	recorder_add_note(recorder, 2, "b");
	sem_post(&script.continues);
	finish(recorder, RECORDER_CLOSED, 0, true,
	       "create /r\nsample of 1\nnote 1: a\ncommit\nsample of 2\nnote 2: b\nclose\n");
	reset();
	script.blocks = true;
	script.failing = "commit";
	script.error = -EDQUOT;
	recorder = create(NULL, MEMORY);
	add(recorder, 1, 1);
	wait_for_sample();
	add(recorder, 2, 1);
	script.ahead += SECOND / 2;
	sem_post(&script.continues);
	finish(recorder, RECORDER_FAILED, -EDQUOT, true, "create /r\nsample of 1\ncommit\nclose\n");
}

/* What it is not quick enough for is dropped; samples are counted. */
static void too_much_is_dropped(void **state)
{
	struct recorder *recorder;
	struct recorder_news news;

	(void)state;
	reset();
	script.blocks = true;
	recorder = create(NULL, 0);
	add(recorder, 1, 1);
	wait_for_sample();
	add(recorder, 2, 1);
	add(recorder, 3, 1);
	recorder_add_note(recorder, 3, "lost");
	add(recorder, 4, 1);
	sem_post(&script.continues);
	sem_post(&script.continues);
	news = recorder_destroy(recorder);
	assert_int_equal(news.dropped, 2);
	assert_int_equal(news.state, RECORDER_CLOSED);
	call_log_expect("create /r\nsample of 1\nsample of 2\nclose\n");
}

/* Ten seconds are waited for the end; then the thread is left behind, and ends by itself. */
static void a_file_system_that_hangs_is_left_behind(void **state)
{
	struct recorder *recorder;
	struct recorder_news news;

	(void)state;
	reset();
	recorder = create(NULL, MEMORY);
	recorder_wait(recorder);
	add(recorder, 1, 1);
	script.poll_jumps = true;
	news = recorder_destroy(recorder);
	assert_int_equal(news.state, RECORDER_FAILED);
	assert_int_equal(news.error, -ETIMEDOUT);
	sem_post(&script.continues);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_begin_leaves_no_file),
		cmocka_unit_test(a_condition_begins_with_what_was_before),
		cmocka_unit_test(commits_are_before_samples),
		cmocka_unit_test(too_much_is_dropped),
		cmocka_unit_test(a_file_system_that_hangs_is_left_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
