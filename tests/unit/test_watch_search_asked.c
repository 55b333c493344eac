/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "app/options.h"
#include "app/watch_search.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/search_thread.h"
#include "residency/search_walk.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/found_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      UINT64_C(0x55b5f7c8d000)

/* The thread of the test, in the place of residency/search_thread.c. */

struct search_thread {
	struct search_answer answer;
	bool has_answer;
	int asked, stopped;
	unsigned serial; /* of the search that was asked for last */
};

static struct search_thread thread;
static int create_error;

int search_thread_create(const struct procfs_options *options, struct search_thread **ret_thread)
{
	assert_string_equal(options->root, "/nonexistent");
	if (create_error)
		return create_error;
	*ret_thread = &thread;
	return 0;
}

void search_thread_destroy(struct search_thread *destroyed)
{
	(void)destroyed;
}

void search_thread_ask(struct search_thread *asked, struct search_request *request, unsigned serial)
{
	asked->asked++;
	asked->serial = serial;
	assert_int_equal(request->pid, 20712);
	search_request_finish(request);
}

void search_thread_stop(struct search_thread *stopped)
{
	stopped->stopped++;
}

int search_thread_descriptor(const struct search_thread *described)
{
	return described == &thread ? 103 : -1;
}

bool search_thread_take(struct search_thread *taken, struct search_answer *ret_answer)
{
	if (!taken->has_answer)
		return false;
	*ret_answer = taken->answer;
	taken->has_answer = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_search search;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	create_error = 0;
	thread = (struct search_thread){.asked = 0};
	search = (struct watch_search){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	watch_search_finish(&search);
	assert_null(search.thread);
	stage_close(&stage);
	return 0;
}

static void look_for(char word)
{
	stage_press(&stage, KEYS('F', (uint32_t)word, (uint32_t)word, KEY_RETURN));
	watch_search_look(&search, &stage.ui);
}

static void answer(struct search_answer given)
{
	given.serial = thread.serial;
	thread.answer = given;
	thread.has_answer = true;
	watch_search_take(&search, &stage.ui);
	assert_false(thread.has_answer);
}

static const struct found_pane *pane(void)
{
	return (const struct found_pane *)stage_pane(&stage, &found_pane);
}

static void each_search_is_asked_for_once(void **state)
{
	(void)state;
	watch_search_look(&search, &stage.ui);
	watch_search_take(&search, &stage.ui);
	assert_int_equal(watch_search_descriptor(&search), -1);
	look_for('x');
	assert_int_equal(watch_search_descriptor(&search), 103);
	assert_int_equal(thread.asked, 1);
	watch_search_look(&search, &stage.ui);
	assert_int_equal(thread.asked, 1);
	look_for('y');
	assert_int_equal(thread.asked, 2);
	assert_int_equal(thread.stopped, 0);
	/* It is over. */
	answer((struct search_answer){.done = true});
	watch_search_look(&search, &stage.ui);
	watch_search_look(&search, &stage.ui);
	assert_int_equal(thread.asked, 2);
	assert_int_equal(thread.stopped, 1);
}

static void what_was_found_comes_to_the_screen(void **state)
{
	(void)state;
	look_for('x');
	answer((struct search_answer){
		.full = true, .read = 1, .walked = 2, .all = 3, .count = 1, .found = {HEAP + 5}});
	assert_int_equal(pane()->count, 1);
	assert_int_equal(pane()->found[0], HEAP + 5);
	assert_false(pane()->state.done);
	assert_true(pane()->state.full);
	assert_int_equal(pane()->state.read, 1);
	assert_int_equal(pane()->state.walked, 2);
	assert_int_equal(pane()->state.all, 3);
	assert_int_equal(pane()->refusal.length, 0);
	answer((struct search_answer){.done = true});
	assert_true(pane()->state.done);
	assert_false(pane()->state.full);
}

static void why_nothing_can_be_found_is_said(void **state)
{
	(void)state;
	look_for('x');
	answer((struct search_answer){.done = true, .error = -EACCES});
	assert_string_equal(text_string(&pane()->refusal),
			    "Cannot read the memory of process 20712: it is recorded, and a "
			    "recording has no memory.");
}

static void without_a_thread_nothing_is_asked(void **state)
{
	(void)state;
	create_error = -EAGAIN;
	look_for('x');
	assert_int_equal(thread.asked, 0);
	assert_int_equal(watch_search_descriptor(&search), -1);
	/* And nothing is to be stopped. */
	stage_press(&stage, KEYS(KEY_ESC));
	watch_search_look(&search, &stage.ui);
	assert_int_equal(thread.stopped, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_search_is_asked_for_once, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(what_was_found_comes_to_the_screen, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(why_nothing_can_be_found_is_said, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_a_thread_nothing_is_asked, open_stage,
						close_stage),
	};

	return cmocka_run_group_tests_name("watch_search_asked", tests, NULL, NULL);
}
