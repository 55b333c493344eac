/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/capture.h"
#include "app/denied_bytes.h"
#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "model/target.h"

static void check_help(uint64_t uid, uint64_t reader, int scope, const char *part)
{
	const struct target target = {.pid = 4711, .uid = uid};
	struct text text = {0};

	denied_bytes_append_help(&text, &target, "alice", reader, scope);
	if (!strstr(text_string(&text), part))
		fail_msg("'%s' is not in: %s", part, text_string(&text));
	assert_non_null(strstr(text_string(&text), "cannot read the memory of process 4711: "));
	assert_null(strchr(text_string(&text), '\n'));
	assert_int_equal(text.bytes[text.length - 1], '.');
	text_finish(&text);
}

static void the_setting_that_forbids_it_is_named(void **state)
{
	(void)state;
	check_help(1000, 1000, 1, "kernel.yama.ptrace_scope is 1");
	check_help(1000, 1000, 2, "kernel.yama.ptrace_scope is 2");
	check_help(1000, 1000, 3, "kernel.yama.ptrace_scope is 3");
	check_help(1000, 0, 3, "kernel.yama.ptrace_scope is 3");
	check_help(1000, 1000, 0, "not dumpable");
	check_help(1000, 1000, DENIED_NO_YAMA, "not dumpable");
	check_help(1000, 1000, 4, "not dumpable");
	check_help(1000, 1001, 1, "another user's; run vastop as alice (1000)");
	check_help(0, 1001, 1, "it is root's");
	check_help(1000, 0, 1, "CAP_SYS_PTRACE");
}

static void other_errors_have_other_words(void **state)
{
	const struct options options = {.procfs = "/proc"}, recorded = {.procfs = "/nowhere"};
	const struct target target = {.pid = INT32_MAX, .uid = geteuid()};
	struct text text = {0};

	(void)state;
	assert_int_equal(denied_bytes_append(&text, &options, &target, -EACCES),
			 EXIT_NO_PERMISSION);
	text_clear(&text);
	assert_int_equal(denied_bytes_append(&text, &options, &target, -ESRCH), EXIT_NO_PROCESS);
	assert_non_null(strstr(text_string(&text), "there is no process"));
	text_clear(&text);
	assert_int_equal(denied_bytes_append(&text, &recorded, &target, -ENOENT), EXIT_TROUBLE);
	assert_non_null(strstr(text_string(&text), "a recording has no memory"));
	text_finish(&text);
}

/* One line on stderr, and the status. */
static void what_is_wrong_is_said(void **state)
{
	const struct options recorded = {.procfs = "/nowhere"};
	const struct target target = {.pid = 4711, .uid = geteuid()};
	struct capture capture;
	struct text text = {0};
	char *said;
	int status;

	(void)state;
	capture_begin(&capture, STDERR_FILENO);
	status = denied_bytes_say(&recorded, &target, -ENOENT);
	said = capture_end(&capture);
	assert_int_equal(status, EXIT_TROUBLE);
	denied_bytes_append(&text, &recorded, &target, -ENOENT);
	assert_non_null(strstr(said, text_string(&text)));
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	free(said);
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_setting_that_forbids_it_is_named),
		cmocka_unit_test(other_errors_have_other_words),
		cmocka_unit_test(what_is_wrong_is_said),
	};

	return cmocka_run_group_tests_name("denied_bytes", tests, NULL, NULL);
}
