/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/save.h"
#include "base/memory.h"
#include "call_log.h"
#include "kernel/answerer.h"
#include "kernel/clock.h"
#include "screen/canvas.h"
#include "support/sample.h"
#include "support/stage.h"

/* Under which names the screen is saved and what is said of it; in this thread, by a script. */

static const struct answerer_ops *ops;
static void *answer;
static int create_error;
static bool folder_is_known;
static char folder[] = "/tmp/vastop-save-XXXXXX";

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_REALTIME);
	return INT64_C(1796000000999999999);
}

char *getcwd(char *buffer, size_t size)
{
	assert_null(buffer);
	assert_int_equal(size, 0);
	return folder_is_known ? strdup("/a\nb") : NULL;
}

int answerer_create(const struct answerer_ops *given, void *owner, struct answerer **ret_answerer)
{
	assert_null(owner);
	call_log_say("create");
	if (create_error)
		return create_error;
	ops = given;
	*ret_answerer = (struct answerer *)&ops;
	return 0;
}

void answerer_destroy(struct answerer *answerer)
{
	assert_ptr_equal(answerer, &ops);
	call_log_say("destroy");
	if (answer)
		ops->drop(answer);
	free(answer);
	answer = NULL;
}

/* The answer to the one before is not taken any more. */
void answerer_ask(struct answerer *answerer, void *question)
{
	assert_ptr_equal(answerer, &ops);
	call_log_say("ask");
	if (answer)
		ops->drop(answer);
	free(answer);
	answer = memory_alloc(ops->answer_size);
	ops->answer(NULL, question, answer);
}

int answerer_descriptor(const struct answerer *answerer)
{
	assert_ptr_equal(answerer, &ops);
	return 201;
}

bool answerer_take(struct answerer *answerer, void *ret_answer)
{
	assert_ptr_equal(answerer, &ops);
	if (!answer)
		return false;
	memcpy(ret_answer, answer, ops->answer_size);
	free(answer);
	answer = NULL;
	return true;
}

static struct stage stage;
static struct save save;

static int enter(void **state)
{
	(void)state;
	strcpy(folder + sizeof(folder) - sizeof("XXXXXX"), "XXXXXX");
	if (!mkdtemp(folder) || chdir(folder))
		return -1;
	create_error = 0;
	folder_is_known = true;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.request.bits = 0;
	save = (struct save){0};
	call_log_clear();
	return 0;
}

static int leave(void **state)
{
	(void)state;
	save_finish(&save);
	save_finish(&save);
	stage_close(&stage);
	return chdir("/") || rmdir(folder) ? -1 : 0;
}

static void begin(enum ui_save form)
{
	struct canvas *canvas = canvas_create(20, 2, false);

	save_begin(&save, (struct save_page){canvas, "default", false}, form, &stage.ui);
	canvas_destroy(canvas);
	assert_int_equal(stage.ui.request.bits, UI_DRAW);
	stage.ui.request.bits = 0;
}

static void take(const char *said)
{
	save_take(&save, &stage.ui);
	assert_string_equal(stage.ui.message.text, said);
	assert_int_equal(stage.ui.request.bits, UI_DRAW);
	stage.ui.request.bits = 0;
}

#define NAME "vastop-20712-20261130-005320"

static void each_form_has_its_end(void **state)
{
	(void)state;
	assert_int_equal(save_descriptor(&save), -1);
	save_take(&save, &stage.ui);
	assert_int_equal(stage.ui.request.bits, 0);
	begin(UI_SAVE_TEXT);
	call_log_expect("create\nask\n");
	assert_int_equal(save_descriptor(&save), 201);
	take("Saved " NAME ".txt in /a\\nb.");
	save_take(&save, &stage.ui);
	assert_int_equal(stage.ui.request.bits, 0);
	begin(UI_SAVE_SVG);
	take("Saved " NAME ".svg in /a\\nb.");
	folder_is_known = false;
	begin(UI_SAVE_JSON);
	take("Saved " NAME ".json in the current folder.");
	call_log_expect("ask\nask\n");
	assert_int_equal(unlink(NAME ".txt") | unlink(NAME ".svg") | unlink(NAME ".json"), 0);
}

/* As many as may be made in one second. */
static void the_hundredth_of_a_second_is_the_last(void **state)
{
	char name[60];

	(void)state;
	for (int i = 1; i <= 101; i++) {
		char said[120];

		begin(UI_SAVE_TEXT);
		snprintf(name, sizeof(name), i > 1 ? NAME "-%d.txt" : NAME ".txt", i);
		snprintf(said, sizeof(said), "Saved %s in /a\\nb.", name);
		take(i <= 100 ? said : "Cannot save in /a\\nb: File exists.");
		assert_int_equal(access(name, F_OK), i <= 100 ? 0 : -1);
	}
	for (int i = 1; i <= 100; i++) {
		snprintf(name, sizeof(name), i > 1 ? NAME "-%d.txt" : NAME ".txt", i);
		assert_int_equal(unlink(name), 0);
	}
}

static void without_a_thread_nothing_is_saved(void **state)
{
	static const enum ui_save forms[] = {UI_SAVE_TEXT, UI_SAVE_JSON};

	(void)state;
	create_error = -EAGAIN;
	for (int i = 0; i < 2; i++) {
		stage.ui.message.text = NULL;
		begin(forms[i]);
		call_log_expect("create\n");
		assert_string_equal(stage.ui.message.text,
				    "Cannot save the screen: Resource temporarily unavailable.");
		assert_int_equal(save_descriptor(&save), -1);
	}
}

static void what_was_not_taken_is_freed_with_it(void **state)
{
	(void)state;
	begin(UI_SAVE_TEXT);
	begin(UI_SAVE_JSON);
	save_finish(&save);
	call_log_expect("create\nask\nask\ndestroy\n");
	assert_int_equal(save_descriptor(&save), -1);
	assert_int_equal(unlink(NAME ".txt") | unlink(NAME ".json"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_form_has_its_end),
		TEST(the_hundredth_of_a_second_is_the_last),
		TEST(without_a_thread_nothing_is_saved),
		TEST(what_was_not_taken_is_freed_with_it),
	};

	setenv("TZ", "UTC", 1);
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("save_asked", tests, NULL, NULL);
}
