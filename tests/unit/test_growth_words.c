/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/growth_words.h"
#include "app/message.h"
#include "base/text.h"
#include "inside/call_sites.h"
#include "model/growth_balance.h"
#include "model/target.h"

static const struct target target = {.pid = 4711, .uid = 987654};

static void expect(int error, int status, const char *part)
{
	struct text text = {0};

	assert_int_equal(growth_words_append_refusal(&text, &target, error), status);
	assert_non_null(strstr(text_string(&text), "page faults of process 4711: "));
	if (!strstr(text_string(&text), part))
		fail_msg("no '%s' in: %s", part, text_string(&text));
	assert_int_equal(text.bytes[text.length - 1], '.');
	text_finish(&text);
}

static void each_refusal_says_what_would_help(void **state)
{
	(void)state;
	expect(-EPERM, EXIT_NO_PERMISSION, "CAP_PERFMON");
	expect(-EACCES, EXIT_NO_PERMISSION,
	       geteuid() ? "run vastop as" : "run vastop outside the container");
	expect(-ENOBUFS, EXIT_NO_PERMISSION, "ulimit -l");
	expect(-EMFILE, EXIT_TROUBLE, "ulimit -n");
	expect(-ENOSYS, EXIT_TROUBLE, "CONFIG_PERF_EVENTS");
	expect(-ENOTSUP, EXIT_TROUBLE, "PID namespace");
	expect(-ESRCH, EXIT_NO_PROCESS, "has ended");
	expect(-ENOMEM, EXIT_TROUBLE, strerror(ENOMEM));
}

static void expect_lacks(const struct listening *listening, const char *text)
{
	struct text lacks = {0};

	growth_words_append_lacks(&lacks, listening);
	assert_string_equal(text_string(&lacks), text);
	text_finish(&lacks);
}

static void what_is_missing_is_said(void **state)
{
	struct listening listening = {.in_kernel = true, .samples = 10, .kernel_share = -1};

	(void)state;
	expect_lacks(&listening, "");
	listening.in_kernel = false;
	listening.kernel_share = 0.001;
	expect_lacks(&listening, "");
	listening.kernel_share = 0.25;
	expect_lacks(
		&listening,
		"Pages touched in system calls, as read(2) into new memory does, are not seen: "
		"about 25 % of all page faults; CAP_PERFMON or kernel.perf_event_paranoid=1 "
		"shows them.\n");
	listening.thin = true;
	expect_lacks(&listening,
		     "Pages touched in system calls, as read(2) into new memory does, are not "
		     "seen, nor many of those of threads that had too few for a sample each: about "
		     "25 % of all page faults.\n");
	listening.in_kernel = true;
	listening.kernel_share = 0.1;
	expect_lacks(&listening, "About 10 % of all page faults are not in the result: their "
				 "threads had too few for a sample each.\n");
	listening.thin = false;
	listening.kernel_share = 0.5;
	expect_lacks(&listening,
		     "About 50 % of all page faults are not in the result: their threads "
		     "had too few for a sample each.\n");
	listening.kernel_share = 0.1;
	listening.lost = 30;
	listening.missed_threads = 2;
	listening.unwinding = -ELIBACC;
	expect_lacks(&listening,
		     "30 of 40 samples were dropped, since they came too fast to be taken.\n"
		     "2 threads are not listened to, for want of descriptors; raise ulimit -n.\n"
		     "Stacks go by frame pointers alone, which miss callers in code without them: "
		     "libdw is not installed (Debian: libdw1).\n");
}

static void why_stacks_are_not_unwound_is_said(void **state)
{
	struct listening listening = {.in_kernel = true, .unwinding = -EOPNOTSUPP};

	(void)state;
	expect_lacks(&listening,
		     "Stacks go by frame pointers alone, which miss callers in code without them: "
		     "on this machine vastop cannot unwind.\n");
	listening.unwinding = -EIO;
	expect_lacks(&listening,
		     "Stacks go by frame pointers alone, which miss callers in code without them: "
		     "unwinding failed (Input/output error).\n");
}

static void huge_pages_are_said(void **state)
{
	struct listening listening = {.in_kernel = true, .kernel_share = 0, .huge_bytes = 4 << 20};

	(void)state;
	expect_lacks(&listening,
		     "4.0M came in huge pages, each at one fault, so that shares of it are "
		     "rough.\n");
	listening.huge_unknown = true;
	expect_lacks(
		&listening,
		"A page fault that brought a huge page counts as a small page, since the "
		"kernel does not say which are huge (before Linux 6.7): much may be missing.\n");
}

static void what_is_not_known_of_the_balance_is_no_number(void **state)
{
	struct growth_balance balance = {.known = true, .mapped = 4096, .gone = 8192};
	struct text text = {0};

	(void)state;
	growth_words_append_balance(&text, &balance, "–");
	assert_string_equal(text_string(&text),
			    "Mapped 4.0K, unmapped 0; grew without being touched 0.\n"
			    "Touched, and gone again 8.0K, of which swapped out –.\n");
	text_clear(&text);
	growth_words_append_balance(&text, &(struct growth_balance){0}, "-");
	assert_string_equal(text_string(&text),
			    "Mapped 0, unmapped 0; grew without being touched -.\n"
			    "Touched, and gone again -, of which swapped out -.\n");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_refusal_says_what_would_help),
		cmocka_unit_test(what_is_missing_is_said),
		cmocka_unit_test(why_stacks_are_not_unwound_is_said),
		cmocka_unit_test(huge_pages_are_said),
		cmocka_unit_test(what_is_not_known_of_the_balance_is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
