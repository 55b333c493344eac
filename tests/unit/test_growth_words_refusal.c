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

#include "app/denied.h"
#include "app/growth_words.h"
#include "app/message.h"
#include "app/target_words.h"
#include "base/text.h"
#include "inside/call_sites.h"
#include "kernel/proc_file.h"
#include "model/target.h"

/* Why the kernel gives no events, on a machine with the settings that a test gives it. */

static const char *paranoid, *mlock_kb; /* NULL: it cannot be read */
static uid_t user;

int proc_file_read(int directory, const char *name, size_t limit, struct text *text)
{
	const char *value = strcmp(name, "sys/kernel/perf_event_paranoid") ? mlock_kb : paranoid;

	assert_true(directory >= 0);
	assert_int_equal(limit, 64);
	if (!value)
		return -EACCES;
	text_append(text, value);
	return 0;
}

uid_t geteuid(void)
{
	return user;
}

char *target_user_name(uint64_t uid)
{
	return uid == 33 ? strdup("www-data") : NULL;
}

void denied_append_help(struct text *text, const char *what, const struct target *target,
			const char *name, uint64_t reader)
{
	text_append_format(text, "Denied: %s of %d, %s, by %d.", what, (int)target->pid, name,
			   (int)reader);
}

#define REFUSED "cannot listen to the page faults of process 20: "

static void refuses(int error, int status, const char *sentence)
{
	const struct target target = {.pid = 20, .uid = 33};
	struct text text = {0};

	assert_int_equal(growth_words_append_refusal(&text, &target, error), status);
	assert_string_equal(text_string(&text), sentence);
	text_finish(&text);
}

#define FORBIDDEN                                                                               \
	REFUSED "a seccomp filter or a security module forbids perf_event_open(2), as in most " \
		"containers; allow it there with the capability CAP_PERFMON, or run vastop "    \
		"outside."
#define PARANOID(number)                                                                     \
	REFUSED "the kernel gives no events to users (kernel.perf_event_paranoid is " number \
		"); run vastop as root or with the capability CAP_PERFMON, or set it to 2: " \
		"sysctl kernel.perf_event_paranoid=2."

static void the_setting_is_why_where_it_is_above_2(void **state)
{
	(void)state;
	user = 1000;
	paranoid = "3\n";
	refuses(-EPERM, EXIT_NO_PERMISSION, PARANOID("3"));
	paranoid = "4";
	refuses(-EPERM, EXIT_NO_PERMISSION, PARANOID("4"));
	paranoid = "2\n";
	refuses(-EPERM, EXIT_NO_PERMISSION, FORBIDDEN);
	paranoid = "-1\n";
	refuses(-EPERM, EXIT_NO_PERMISSION, FORBIDDEN);
	paranoid = "none";
	refuses(-EPERM, EXIT_NO_PERMISSION, FORBIDDEN);
	paranoid = NULL;
	refuses(-EPERM, EXIT_NO_PERMISSION, FORBIDDEN);
	/* Root is above it. */
	paranoid = "3\n";
	user = 0;
	refuses(-EPERM, EXIT_NO_PERMISSION, FORBIDDEN);
}

static void what_may_be_locked_is_named_where_it_is_known(void **state)
{
	(void)state;
	mlock_kb = "516\n";
	refuses(-ENOBUFS, EXIT_NO_PERMISSION,
		REFUSED
		"no memory may be locked for the events (kernel.perf_event_mlock_kb is 516); "
		"end other programs that use perf events, or raise ulimit -l.");
	mlock_kb = NULL;
	refuses(-ENOBUFS, EXIT_NO_PERMISSION,
		REFUSED "no memory may be locked for the events; end other programs that use perf "
			"events, or raise ulimit -l.");
}

#define FILES                                                                               \
	REFUSED "too many files are open for an event of each thread and processor; raise " \
		"ulimit -n."
#define NO_EVENTS REFUSED "this kernel has no software events (CONFIG_PERF_EVENTS)."

static void every_other_reason_has_its_sentence(void **state)
{
	(void)state;
	user = 1000;
	refuses(-EACCES, EXIT_NO_PERMISSION, "Denied: page faults of 20, www-data, by 1000.");
	refuses(-ESRCH, EXIT_NO_PROCESS, REFUSED "it has ended.");
	refuses(-EMFILE, EXIT_TROUBLE, FILES);
	refuses(-ENFILE, EXIT_TROUBLE, FILES);
	refuses(-ENOSYS, EXIT_TROUBLE, NO_EVENTS);
	refuses(-ENOENT, EXIT_TROUBLE, NO_EVENTS);
	refuses(-ENOTSUP, EXIT_TROUBLE,
		REFUSED "it is not a running process of this PID namespace; run vastop in that "
			"one, with its /proc.");
	refuses(-EIO, EXIT_TROUBLE, REFUSED "Input/output error.");
}

static void lacks(const struct listening *listening, const char *expected)
{
	struct text text = {0};

	growth_words_append_lacks(&text, listening);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

#define LACKS(expected, ...) lacks(&(const struct listening){__VA_ARGS__}, expected)

#define CALLS "Pages touched in system calls, as read(2) into new memory does, are not seen"
#define SHOWS "; CAP_PERFMON or kernel.perf_event_paranoid=1 shows them.\n"
#define THIN  ", nor many of those of threads that had too few for a sample each"
#define LEFT(share)                                                                          \
	"About " share " % of all page faults are not in the result: their threads had too " \
	"few for a sample each.\n"

static void rests_are_told(void **state)
{
	(void)state;
	LACKS("", .kernel_share = 0, .window_ns = 500000000);
	LACKS("Listened to for 0.5 of every 4 s: its threads stop and run again so often that "
	      "events would slow it.\n",
	      .kernel_share = 0, .window_ns = 500000000, .rest_ns = 3500000000);
	LACKS("About 32K are missing: touched when it was not listened to.\n", .kernel_share = 0,
	      .window_ns = 500000000, .unheard_bytes = 32768);
}

static void shares_that_are_chance_are_not_told(void **state)
{
	(void)state;
	LACKS(CALLS SHOWS, .kernel_share = -1);
	LACKS("", .kernel_share = 0);
	LACKS("", .kernel_share = 0.029);
	LACKS(CALLS ": about 3 % of all page faults" SHOWS, .kernel_share = 0.03);
	LACKS(CALLS THIN ": about 3 % of all page faults.\n", .kernel_share = 0.03, .thin = true);
	LACKS(CALLS THIN ".\n", .kernel_share = -1, .thin = true);
	/* Where those are seen. */
	LACKS("", .in_kernel = true, .kernel_share = 0.19);
	LACKS(LEFT("20"), .in_kernel = true, .kernel_share = 0.2);
	LACKS("", .in_kernel = true, .kernel_share = 0.049, .thin = true);
	LACKS(LEFT("5"), .in_kernel = true, .kernel_share = 0.05, .thin = true);
}

static void what_was_lost_is_counted(void **state)
{
	(void)state;
	LACKS("1 of 8 samples were dropped, since they came too fast to be taken.\n",
	      .in_kernel = true, .samples = 7, .lost = 1);
	LACKS("1 threads are not listened to, for want of descriptors; raise ulimit -n.\n",
	      .in_kernel = true, .missed_threads = 1);
	LACKS("1.0K came in huge pages, each at one fault, so that shares of it are rough.\n",
	      .in_kernel = true, .huge_bytes = 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_setting_is_why_where_it_is_above_2),
		cmocka_unit_test(what_may_be_locked_is_named_where_it_is_known),
		cmocka_unit_test(every_other_reason_has_its_sentence),
		cmocka_unit_test(rests_are_told),
		cmocka_unit_test(shares_that_are_chance_are_not_told),
		cmocka_unit_test(what_was_lost_is_counted),
	};

	return cmocka_run_group_tests_name("growth_words_refusal", tests, NULL, NULL);
}
