/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/compare_screen.h"
#include "app/message.h"
#include "app/options.h"
#include "support/capture.h"

/* A terminal as stdin and stdout, for so long. */
static void with_terminal(const struct options *options, bool expected)
{
	int terminal = posix_openpt(O_RDWR | O_NOCTTY), in = dup(0), out = dup(1), device;
	bool meant;

	assert_true(terminal >= 0 && !grantpt(terminal) && !unlockpt(terminal));
	device = open(ptsname(terminal), O_RDWR | O_NOCTTY);
	assert_true(device >= 0);
	fflush(stdout);
	dup2(device, 0);
	dup2(device, 1);
	meant = compare_screen_is_meant(options);
	dup2(in, 0);
	dup2(out, 1);
	close(in);
	close(out);
	close(device);
	close(terminal);
	assert_int_equal(meant, expected);
}

static void a_terminal_has_the_screen(void **state)
{
	struct options options = {.action = ACTION_DIFF};

	(void)state;
	assert_int_equal(compare_screen_is_meant(&options), isatty(0) && isatty(1));
	with_terminal(&options, true);
	options.text = true;
	with_terminal(&options, false);
	options.text = false;
	options.format = FORMAT_JSON;
	with_terminal(&options, false);
	options.format = FORMAT_PICTURE;
	options.action = ACTION_WATCH;
	with_terminal(&options, false);
}

static void without_a_side_there_is_no_screen(void **state)
{
	struct options options = {.action = ACTION_DIFF,
				  .procfs = "/proc",
				  .operands = {"/nonexistent", "/nonexistent"},
				  .operand_count = 2};
	struct capture capture;
	char *said;

	(void)state;
	capture_begin(&capture, 2);
	assert_int_equal(compare_screen_run(&options), EXIT_TROUBLE);
	said = capture_end(&capture);
	assert_true(said[0]);
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_has_the_screen),
		cmocka_unit_test(without_a_side_there_is_no_screen),
	};

	return cmocka_run_group_tests_name("compare screen", tests, NULL, NULL);
}
