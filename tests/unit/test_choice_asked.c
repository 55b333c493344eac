/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "app/attach.h"
#include "app/choice.h"
#include "app/options.h"
#include "base/text.h"
#include "call_log.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "ui/ui.h"

/* What becomes of a process that was chosen in the list, by a script. */

static struct {
	int begin;
	bool ready, ended; /* it can be taken; and it cannot be watched */
	uint64_t start_ticks;
	int descriptor;
} script;

static const struct options options = {.procfs = "/proc"};
static struct choice choice;
static struct ui ui;

int attach_begin(const struct options *of, int32_t pid, struct source *source,
		 struct attaching *ret_attaching)
{
	assert_ptr_equal(of, &options);
	assert_null(source);
	call_log_say("attach to %d", (int)pid);
	if (!script.begin)
		ret_attaching->pid = pid;
	return script.begin;
}

int attach_descriptor(const struct attaching *attaching)
{
	assert_ptr_equal(attaching, &choice.attaching);
	return script.descriptor;
}

bool attach_take(struct attaching *attaching, struct text *why)
{
	const struct target target = {
		.pid = 5, .comm = "test", .page_size = 4096, .start_ticks = script.start_ticks};

	if (!script.ready)
		return false;
	attaching->attachment = (struct attachment){.pid = 5};
	if (script.ended)
		text_append(why, "it has ended.");
	else
		assert_int_equal(
			address_space_create(&target, NULL, 0, 1, 0, &attaching->attachment.first),
			0);
	return true;
}

void attach_end(struct attaching *attaching)
{
	assert_ptr_equal(attaching, &choice.attaching);
	call_log_say("end");
}

void attach_close(struct attachment *attachment)
{
	address_space_destroy(attachment->first);
	*attachment = (struct attachment){0};
	call_log_say("close");
}

void ui_say(struct ui *of, const char *sentence)
{
	assert_ptr_equal(of, &ui);
	call_log_say("say %s", sentence ? sentence : "nothing");
}

void ui_say_format(struct ui *of, const char *format, ...)
{
	va_list arguments;
	char said[200];

	assert_ptr_equal(of, &ui);
	va_start(arguments, format);
	vsnprintf(said, sizeof(said), format, arguments);
	va_end(arguments);
	call_log_say("say %s", said);
}

void ui_want(struct ui *of, unsigned bits)
{
	assert_ptr_equal(of, &ui);
	call_log_say("want %u", bits);
}

static int reset(void **state)
{
	const struct ui_request request = {.pid = 5, .start_ticks = 77};

	(void)state;
	memset(&script, 0, sizeof(script));
	script.descriptor = 9;
	script.start_ticks = 77;
	choice = (struct choice){0};
	call_log_clear();
	choice_begin(&choice, &options, &request, &ui);
	call_log_expect("end\nattach to 5\nsay Attaching to 5; Esc cancels.\nwant 1\n");
	return 0;
}

static void the_process_is_taken_once_it_is_there(void **state)
{
	struct attachment attachment = {.pid = -1};

	(void)state;
	assert_false(choice_take(&choice, &ui, &attachment));
	call_log_expect("");
	script.ready = true;
	assert_true(choice_take(&choice, &ui, &attachment));
	call_log_expect("end\nsay nothing\nwant 1\n");
	assert_int_equal(attachment.pid, 5);
	attach_close(&attachment);
}

static void another_one_with_its_number_is_not_taken(void **state)
{
	struct attachment attachment = {.pid = -1};

	(void)state;
	script.ready = true;
	script.start_ticks = 78;
	assert_false(choice_take(&choice, &ui, &attachment));
	call_log_expect("end\nclose\n"
			"say That process has ended; another process has its PID now.\nwant 1\n");
	assert_int_equal(attachment.pid, -1);
}

static void why_it_cannot_be_watched_is_said(void **state)
{
	const struct ui_request request = {.pid = 6, .start_ticks = 8};
	struct attachment attachment = {.pid = -1};

	(void)state;
	script.ready = script.ended = true;
	assert_false(choice_take(&choice, &ui, &attachment));
	call_log_expect("end\nsay It has ended.\nwant 1\n");
	assert_int_equal(attachment.pid, -1);
	script.begin = -EAGAIN;
	choice_begin(&choice, &options, &request, &ui);
	call_log_expect("end\nattach to 6\nsay Cannot start a thread: Resource temporarily "
			"unavailable; try again when the machine is less busy.\nwant 1\n");
}

static void escape_is_its_key_while_it_attaches(void **state)
{
	(void)state;
	assert_int_equal(choice_descriptor(&choice), 9);
	assert_false(choice_take_key(&choice, &ui, 'a'));
	call_log_expect("");
	script.descriptor = 0;
	assert_true(choice_take_key(&choice, &ui, KEY_ESC));
	call_log_expect("end\nsay nothing\nwant 1\n");
	script.descriptor = -1;
	assert_false(choice_take_key(&choice, &ui, KEY_ESC));
	call_log_expect("");
	choice_end(&choice);
	call_log_expect("end\n");
}

static void where_there_is_no_other_process_that_is_why(void **state)
{
	(void)state;
	assert_null(choice_why_not(&options));
	assert_string_equal(
		choice_why_not(&(const struct options){.procfs = "/proc", .replay = "r"}),
		"This is a recording; start vastop without one to choose a process.");
	assert_string_equal(choice_why_not(&(const struct options){.procfs = "/proc", .core = "c"}),
			    "This is a core file; start vastop without one to choose a process.");
	assert_string_equal(
		choice_why_not(&(const struct options){.procfs = "/other"}),
		"The process list shows only /proc; this process is from another procfs.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_process_is_taken_once_it_is_there, reset),
		cmocka_unit_test_setup(another_one_with_its_number_is_not_taken, reset),
		cmocka_unit_test_setup(why_it_cannot_be_watched_is_said, reset),
		cmocka_unit_test_setup(escape_is_its_key_while_it_attaches, reset),
		cmocka_unit_test(where_there_is_no_other_process_that_is_why),
	};

	return cmocka_run_group_tests_name("choice_asked", tests, NULL, NULL);
}
