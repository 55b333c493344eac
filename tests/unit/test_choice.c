/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "app/choice.h"
#include "app/options.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "ui/ui.h"

#define PATIENCE 20000 /* milliseconds */

static const struct options options = {.procfs = "/proc"};

static void wait_for(const struct choice *choice)
{
	struct pollfd wait = {.fd = choice_descriptor(choice), .events = POLLIN};

	assert_int_equal(poll(&wait, 1, PATIENCE), 1);
}

/* Chooses this process, as if it had been listed with that start. */
static bool choose(struct choice *choice, struct ui *ui, uint64_t start_ticks,
		   struct attachment *ret_attachment)
{
	const struct ui_request request = {.pid = getpid(), .start_ticks = start_ticks};

	choice_begin(choice, &options, &request, ui);
	assert_non_null(strstr(ui->message.text, "Attaching to "));
	wait_for(choice);
	return choice_take(choice, ui, ret_attachment);
}

static void the_chosen_process_is_attached_to(void **state)
{
	struct attachment attachment = {0};
	struct choice choice = {0};
	uint64_t start_ticks;
	struct ui ui;

	(void)state;
	ui_init(&ui, true);
	assert_int_equal(choice_descriptor(&choice), -1);
	assert_false(choice_take(&choice, &ui, &attachment));
	/* Another process with the number of one that was listed. */
	assert_false(choose(&choice, &ui, 1, &attachment));
	assert_non_null(strstr(ui.message.text, "That process has ended"));
	assert_null(attachment.source);
	assert_int_equal(attach_begin(&options, getpid(), NULL, &choice.attaching), 0);
	wait_for(&choice);
	assert_true(attach_take(&choice.attaching, NULL));
	start_ticks = choice.attaching.attachment.first->target.start_ticks;
	attach_close(&choice.attaching.attachment);
	assert_true(choose(&choice, &ui, start_ticks, &attachment));
	assert_int_equal(attachment.pid, getpid());
	assert_null(ui.message.text);
	assert_int_equal(choice_descriptor(&choice), -1);
	attach_close(&attachment);
	choice_end(&choice);
	ui_finish(&ui);
}

static void escape_cancels_and_is_else_for_others(void **state)
{
	const struct ui_request request = {.pid = getpid()};
	struct choice choice = {0};
	struct ui ui;

	(void)state;
	ui_init(&ui, true);
	assert_false(choice_take_key(&choice, &ui, KEY_ESC));
	choice_begin(&choice, &options, &request, &ui);
	assert_false(choice_take_key(&choice, &ui, 'q'));
	assert_true(choice_take_key(&choice, &ui, KEY_ESC));
	assert_null(ui.message.text);
	assert_int_equal(choice_descriptor(&choice), -1);
	assert_false(choice_take_key(&choice, &ui, KEY_ESC));
	/* One that is under way at the end. */
	choice_begin(&choice, &options, &request, &ui);
	choice_end(&choice);
	ui_finish(&ui);
}

static void other_places_have_no_other_processes(void **state)
{
	(void)state;
	assert_null(choice_why_not(&options));
	assert_non_null(
		strstr(choice_why_not(&(const struct options){.procfs = "/tmp"}), "procfs"));
	assert_non_null(strstr(choice_why_not(&(const struct options){.procfs = "/tmp/file",
								      .replay = "/tmp/file"}),
			       "a recording"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_chosen_process_is_attached_to),
		cmocka_unit_test(other_places_have_no_other_processes),
		cmocka_unit_test(escape_cancels_and_is_else_for_others),
	};

	return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
