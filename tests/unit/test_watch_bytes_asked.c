/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "app/options.h"
#include "app/watch_bytes.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/memory_watch.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/bytes_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      UINT64_C(0x55b5f7c8d000)

/* The watch of the test, in the place of residency/memory_watch.c. */

struct memory_watch {
	struct memory_answer answer;
	bool has_answer;
	int asked;
	struct memory_question question; /* the last one */
};

static struct memory_watch memory;
static int create_error;

int memory_watch_create(const struct procfs_options *options, struct memory_watch **ret_watch)
{
	assert_string_equal(options->root, "/nonexistent");
	if (create_error)
		return create_error;
	*ret_watch = &memory;
	return 0;
}

void memory_watch_destroy(struct memory_watch *watch)
{
	(void)watch;
}

void memory_watch_ask(struct memory_watch *watch, const struct memory_question *question)
{
	watch->asked++;
	watch->question = *question;
}

int memory_watch_descriptor(const struct memory_watch *watch)
{
	return watch == &memory ? 99 : -1;
}

bool memory_watch_take(struct memory_watch *watch, struct memory_answer *ret_answer)
{
	if (!watch->has_answer)
		return false;
	*ret_answer = watch->answer;
	watch->has_answer = false;
	return true;
}

static const struct options options = {.procfs = "/nonexistent"};
static struct watch_bytes bytes;
static struct stage stage;

static int open_stage(void **state)
{
	(void)state;
	create_error = 0;
	memory = (struct memory_watch){.asked = 0};
	bytes = (struct watch_bytes){.options = &options};
	stage_open(&stage, sample_python(), 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	watch_bytes_finish(&bytes);
	assert_null(bytes.watch);
	stage_close(&stage);
	return 0;
}

/* The bytes of the heap are shown, where the cursor is. */
static void open_pane(void)
{
	stage_press(&stage, KEYS('B'));
	watch_bytes_look(&bytes, &stage.ui);
}

static void what_is_shown_is_watched(void **state)
{
	(void)state;
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(watch_bytes_descriptor(&bytes), -1);
	stage.ui.host.interval_ns = 7;
	open_pane();
	assert_int_equal(watch_bytes_descriptor(&bytes), 99);
	assert_int_equal(memory.asked, 1);
	assert_int_equal(memory.question.pid, 20712);
	assert_int_equal(memory.question.address, HEAP);
	assert_true(memory.question.size >= 64);
	assert_int_equal(memory.question.interval_ns, 7);
	assert_false(memory.question.absent_too);
	assert_ptr_equal(memory.question.space, stage.ui.shown.space);
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, 1);
	/* A new snapshot asks nothing new. */
	stage_add(&stage, sample_python(), 1);
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, 1);
	/* When it is not shown any more, nothing is watched. */
	stage_press(&stage, KEYS('B'));
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, 2);
	assert_int_equal(memory.question.pid, 0);
	assert_int_equal(memory.question.size, 0);
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, 2);
}

static void answer(int error)
{
	memory.answer.question = memory.question;
	memory.answer.error = error;
	memory.answer.page_size = 4096;
	memory.has_answer = true;
	watch_bytes_take(&bytes, &stage.ui);
	assert_false(memory.has_answer);
}

/* Each of what a question has makes it another one. */
static void another_question_is_asked(void **state)
{
	int asked;

	(void)state;
	open_pane();
	for (int i = 0; i < 7; i++) {
		struct memory_question *last = &bytes.question;

		asked = memory.asked;
		last->pid += i == 0;
		last->address += i == 1;
		last->size += i == 2;
		last->interval_ns += i == 3;
		last->absent_too ^= i == 4;
		last->word += i == 5;
		last->word_size += i == 6;
		watch_bytes_look(&bytes, &stage.ui);
		assert_int_equal(memory.asked, asked + 1);
		watch_bytes_look(&bytes, &stage.ui);
		assert_int_equal(memory.asked, asked + 1);
	}
	assert_null(bytes.question.space);
	asked = memory.asked;
	memory.answer.absent[0] = 1;
	answer(0);
	stage_press(&stage, KEYS('R', 'R'));
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, asked + 1);
	assert_true(memory.question.absent_too);
}

static void what_was_read_is_on_the_screen(void **state)
{
	const struct bytes_pane *pane = (const struct bytes_pane *)stage_pane(&stage, &bytes_pane);
	int column, line;

	(void)state;
	watch_bytes_take(&bytes, &stage.ui);
	open_pane();
	memcpy(memory.answer.bytes, "what it has there", 17);
	answer(0);
	assert_true(stage_find(&stage, "what it ", &column, &line));
	assert_true(stage_find(&stage, "77 68 61 74", &column, &line));
	/* The word under the cursor, and where that points. */
	assert_int_equal(memory.question.word, HEAP);
	memory.answer.pointed = UINT64_C(0x2074692074616877);
	strcpy(memory.answer.symbol, "main_arena+0x60");
	answer(0);
	assert_true(pane->pointed == UINT64_C(0x2074692074616877));
	assert_string_equal(text_string(&pane->symbol), "main_arena+0x60");
	/* That none is known takes nothing back. */
	memory.answer.symbol[0] = '\0';
	answer(0);
	assert_string_equal(text_string(&pane->symbol), "main_arena+0x60");
}

static void why_there_are_none_is_on_the_screen(void **state)
{
	int column, line;

	(void)state;
	open_pane();
	answer(-EACCES);
	assert_true(stage_find(&stage, "Cannot read the memory of process 20712: it is recorded",
			       &column, &line));
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.question.pid, 0);
}

static void without_a_thread_nothing_is_asked(void **state)
{
	(void)state;
	create_error = -EAGAIN;
	open_pane();
	assert_int_equal(memory.asked, 0);
	assert_int_equal(watch_bytes_descriptor(&bytes), -1);
	create_error = 0;
	watch_bytes_look(&bytes, &stage.ui);
	assert_int_equal(memory.asked, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_shown_is_watched, open_stage, close_stage),
		cmocka_unit_test_setup_teardown(another_question_is_asked, open_stage, close_stage),
		cmocka_unit_test_setup_teardown(what_was_read_is_on_the_screen, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(why_there_are_none_is_on_the_screen, open_stage,
						close_stage),
		cmocka_unit_test_setup_teardown(without_a_thread_nothing_is_asked, open_stage,
						close_stage),
	};

	return cmocka_run_group_tests_name("watch_bytes_asked", tests, NULL, NULL);
}
