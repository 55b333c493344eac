/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "recorder_turns.h"

/* How long the thread waits for what, what it commits when, and how much may wait for it. */

#define FOREVER "wait 3600000000000\n"
#define OPENED  "create\nnotify\n"

static void it_commits_half_a_second_after_it_wrote(void **state)
{
	(void)state;
	recorder = create(NULL, MEMORY);
	RUN(GIVES_NOTE, NOTHING, PASSES, GIVES_NOTE, ALMOST, PASSES);
	call_log_expect(OPENED FOREVER
			"wake\nnote\nwait 500000000\nwait 499999999\ncommit\n" FOREVER
			"wake\nnote\nwait 500000000\nwait 1\ncommit\n" FOREVER "close\nnotify\n");
	expect_news(RECORDER_CLOSED, 0, true, 0);
}

/* What is given meanwhile comes first; a commit stands before a sample and not behind it. */
static void what_is_given_goes_before_a_commit(void **state)
{
	(void)state;
	recorder = create(NULL, MEMORY);
	RUN(GIVES_NOTE, GIVES_NOTE_LATE, GIVES_SAMPLE_LATE, PASSES);
	call_log_expect(OPENED FOREVER "wake\nnote\nwait 500000000\nwake\nnote\nwait 0\nwake\n"
				       "commit\nsample\nwait 500000000\ncommit\n" FOREVER
				       "close\nnotify\n");
}

static void a_commit_may_fail(void **state)
{
	(void)state;
	script.failing = "commit";
	script.error = -EDQUOT;
	recorder = create(NULL, MEMORY);
	RUN(GIVES_NOTE, PASSES);
	call_log_expect(OPENED FOREVER "wake\nnote\nwait 500000000\ncommit\nclose\nnotify\n");
	expect_news(RECORDER_FAILED, -EDQUOT, true, 0);
	recorder_destroy(recorder);
	call_log_expect("wake\nclear\nend\nfinish\n");
	/* Before a sample, which is not written then. */
	recorder = create(NULL, MEMORY);
	RUN(GIVES_NOTE, GIVES_SAMPLE_LATE);
	call_log_expect(OPENED FOREVER "wake\nnote\nwait 500000000\nwake\ncommit\nclose\nnotify\n");
}

/* All that was given is written before the end, unless the end cannot wait. */
static void it_finishes_what_was_given(void **state)
{
	struct recorder_news news;

	(void)state;
	recorder = create(NULL, MEMORY);
	recorder_add_note(recorder, 1, "a");
	recorder_add_note(recorder, 2, "b");
	script.poll_runs = true;
	call_log_clear();
	news = recorder_destroy(recorder);
	call_log_expect("wake\nclear\npoll 10001\n" OPENED
			"note\nnote\nclose\nnotify\nclear\nend\nfinish\n");
	assert_int_equal(news.state, RECORDER_CLOSED);
	recorder = create(NULL, MEMORY);
	recorder_add_note(recorder, 1, "a");
	worker_script.worker->stop = true;
	call_log_clear();
	worker_script_run();
	call_log_expect(OPENED "note\nclose\nnotify\n");
	/* What is given behind that is not kept, nor counted. */
	add_sample(recorder, 1);
	call_log_expect("wake\n");
	expect_news(RECORDER_CLOSED, 0, true, 0);
}

/* Ten seconds for the end. */
static void it_waits_for_news_so_long(void **state)
{
	struct recorder_news news;

	(void)state;
	recorder = create(NULL, MEMORY);
	script.poll_takes = 10000 * MS - 1;
	news = recorder_wait(recorder);
	call_log_expect("clear\npoll 10001\nclear\npoll 1\nclear\n");
	assert_int_equal(news.state, RECORDER_OPENING);
	script.poll_runs = true;
	worker_script.worker->stop = true;
	news = recorder_wait(recorder);
	assert_int_equal(news.state, RECORDER_CLOSED);
	assert_int_equal(recorder_descriptor(recorder), WORKER_SCRIPT_DESCRIPTOR);
	recorder_destroy(recorder);
	recorder = create(NULL, MEMORY);
	script.poll_runs = false;
	script.poll_takes = 10000 * MS;
	call_log_clear();
	news = recorder_destroy(recorder);
	call_log_expect("wake\nclear\npoll 10001\nclear\nend\nfinish\n");
	recorder = NULL;
	assert_int_equal(news.state, RECORDER_FAILED);
	assert_int_equal(news.error, -ETIMEDOUT);
	assert_false(news.began);
}

/* When a condition holds that is told; until then nothing is written, and in the end no file is. */
static void a_condition_is_waited_for(void **state)
{
	const struct condition large = {.value = CONDITION_SIZE, .above = 2 * 4096};

	(void)state;
	recorder = create(&large, MEMORY);
	RUN(GIVES_NOTE, GIVES_SAMPLE, GIVES_LARGE, GIVES_NOTE);
	call_log_expect(OPENED FOREVER "wake\n" FOREVER "wake\n" FOREVER
				       "wake\nsample\nsample\nnotify\nwait 500000000\nwake\n"
				       "note\nwait 500000000\nclose\nnotify\n");
	expect_news(RECORDER_CLOSED, 0, true, 0);
	recorder_destroy(recorder);
	call_log_clear();
	recorder = create(&large, MEMORY);
	assert_int_equal(recorder_take(recorder).state, RECORDER_OPENING);
	call_log_clear();
	RUN(GIVES_SAMPLE);
	call_log_expect(OPENED FOREVER "wake\n" FOREVER "close\nunlink /r\nnotify\n");
	expect_news(RECORDER_CLOSED, 0, false, 0);
	recorder_destroy(recorder);
	call_log_clear();
	/* What fails when it holds did not begin. */
	script.failing = "sample";
	script.error = -ENOSPC;
	recorder = create(&large, MEMORY);
	RUN(GIVES_LARGE);
	call_log_expect(OPENED FOREVER "wake\nsample\nclose\nunlink /r\nnotify\n");
	expect_news(RECORDER_FAILED, -ENOSPC, false, 0);
}

/* Without a file nothing is closed, and there is nothing to unlink. */
static void without_a_file_it_ends(void **state)
{
	(void)state;
	script.failing = "create";
	script.error = -EROFS;
	recorder = create(NULL, MEMORY);
	recorder_add_note(recorder, 1, "a");
	call_log_clear();
	worker_script_run();
	call_log_expect("create\nnotify\n");
	expect_news(RECORDER_FAILED, -EROFS, false, 0);
}

/* How many notes are taken behind so much that waits: none would be without the first. */
static size_t notes_taken(uint64_t memory, void (*give)(void))
{
	char *at = call_log.text;
	size_t count = 0;

	recorder = create(NULL, memory);
	give();
	for (int i = 0; i < 4; i++)
		recorder_add_note(recorder, 1, "a");
	worker_script.worker->stop = true;
	call_log_clear();
	worker_script_run();
	for (; (at = strstr(at, "\nnote\n")) != NULL; at++)
		count++;
	recorder_destroy(recorder);
	recorder = NULL;
	return count;
}

static void give_nothing(void)
{
}

static void give_one_list_twice(void)
{
	struct address_space *space = space_of(1);

	recorder_add(recorder, space);
	recorder_add(recorder, space);
	address_space_destroy(space);
}

static void give_usage(void)
{
	struct usage_table usage;
	struct residency *residency = residency_of_two();
	struct address_space *space = space_of(1);

	usage_table_init(&usage, space, residency, NULL, 0);
	recorder_add_usage(recorder, &usage, residency);
	script.usage_bytes = usage_list_bytes(&usage.vmas);
	usage_table_finish(&usage);
	recorder_add_usage(recorder, NULL, residency); /* which is nothing to be kept */
	residency_destroy(residency);
	address_space_destroy(space);
}

/* So much may wait that what was given last was too much. */
static void what_waits_is_counted(void **state)
{
	const uint64_t gift = sizeof(struct recorder_gift);
	struct address_space *space = space_of(1);
	const uint64_t list = address_space_bytes(space);
	uint64_t usage;

	(void)state;
	address_space_destroy(space);
	assert_int_equal(notes_taken(0, give_nothing), 1);
	assert_int_equal(notes_taken(gift - 1, give_nothing), 1);
	assert_int_equal(notes_taken(gift, give_nothing), 2);
	/* Samples of one list have it once. */
	assert_int_equal(notes_taken(2 * gift + list - 1, give_one_list_twice), 0);
	assert_int_equal(notes_taken(2 * gift + list, give_one_list_twice), 1);
	notes_taken(MEMORY, give_usage);
	usage = script.usage_bytes +
		2 * (sizeof(struct residency_run) + sizeof(struct residency_sum));
	assert_int_equal(notes_taken(2 * gift + usage - 1, give_usage), 0);
	assert_int_equal(notes_taken(2 * gift + usage, give_usage), 1);
}

/* Of what is dropped samples are counted. */
static void samples_that_are_dropped_are_counted(void **state)
{
	(void)state;
	recorder = create(NULL, 0);
	recorder_add_note(recorder, 1, "a");
	recorder_add_note(recorder, 1, "lost");
	add_sample(recorder, 1);
	add_sample(recorder, 2);
	expect_news(RECORDER_OPENING, 0, false, 2);
	worker_script.worker->stop = true;
	worker_script_run();
	add_sample(recorder, 3);
	expect_news(RECORDER_CLOSED, 0, true, 2);
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	const struct recorder_plan plan = {.file = {.path = "/r"}};
	struct recorder *none = NULL;

	(void)state;
	worker_script.init_error = -EMFILE;
	assert_int_equal(recorder_create(&plan, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(recorder_create(&plan, &none), -EAGAIN);
	worker_script.start_error = 0;
	call_log_expect("start vastop/recorder\nfinish\n");
	assert_null(none);
	assert_int_equal(recorder_destroy(NULL).state, RECORDER_CLOSED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_commits_half_a_second_after_it_wrote),
		TEST(what_is_given_goes_before_a_commit),
		TEST(a_commit_may_fail),
		TEST(it_finishes_what_was_given),
		TEST(it_waits_for_news_so_long),
		TEST(a_condition_is_waited_for),
		TEST(without_a_file_it_ends),
		TEST(what_waits_is_counted),
		TEST(samples_that_are_dropped_are_counted),
		TEST(one_that_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("recorder_turns", tests, NULL, NULL);
}
