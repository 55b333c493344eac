/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "app/denied_bytes.h"
#include "app/find_bytes.h"
#include "app/message.h"
#include "app/options.h"
#include "call_log.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/search_walk.h"
#include "sample_source.h"
#include "support/capture.h"

/* What is written of a search, and said, when it finds too much or fails on its way. */

static struct {
	int begin_error;
	int more[4];     /* of the steps */
	size_t found[4]; /* after each */
	bool full;
	uint64_t pause;
	size_t step;
	uint64_t addresses[4];
} script;

struct search_request search_request_of(const struct address_space *space,
					const struct memory_needle *needle, size_t most,
					uint64_t start, uint64_t end)
{
	assert_true(space && needle);
	assert_int_equal(most, 1000000);
	assert_int_equal(start, 0);
	assert_true(end == UINT64_MAX);
	return (struct search_request){.pid = space->target.pid};
}

int search_walk_begin(struct search_walk *walk, const struct procfs_options *options,
		      struct search_request *request, double share_max, double share_min)
{
	assert_string_equal(options->root, "/p");
	assert_int_equal(request->pid, 20712);
	call_log_say("begin, %g to %g", share_min, share_max);
	*walk = (struct search_walk){.search = {.found = script.addresses}};
	return script.begin_error;
}

int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns)
{
	call_log_say("step");
	walk->search.count = script.found[script.step];
	walk->search.full = script.full;
	*ret_pause_ns = script.pause;
	return script.more[script.step++];
}

void search_walk_finish(struct search_walk *walk)
{
	assert_ptr_equal(walk->search.found, script.addresses);
	call_log_say("end");
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	assert_int_equal(flags, 0);
	assert_null(left);
	call_log_say("sleep %d.%09d", (int)time->tv_sec, (int)time->tv_nsec);
	return 0;
}

int denied_bytes_say(const struct options *options, const struct target *target, int error)
{
	assert_non_null(options);
	assert_int_equal(target->pid, 20712);
	call_log_say("denied %d", error);
	return EXIT_TROUBLE;
}

static void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.addresses[0] = 0x1000;
	script.addresses[1] = 0xffffffffff600000;
	call_log_clear();
}

static void run(int status, const char *calls, const char *out, const char *said)
{
	const struct options options = {
		.action = ACTION_SEARCH, .pid = 20712, .search = "text", .procfs = "/p"};
	struct sample_source source = sample_source_of(0);
	struct capture stdout_capture, stderr_capture;
	char *written;
	int result;

	capture_begin(&stdout_capture, 1);
	capture_begin(&stderr_capture, 2);
	result = find_bytes_run(&options, &source.source);
	written = capture_end(&stderr_capture);
	assert_string_equal(written, said);
	free(written);
	written = capture_end(&stdout_capture);
	assert_string_equal(written, out);
	free(written);
	assert_int_equal(result, status);
	call_log_expect(calls);
}

#define BEGIN "begin, 0.5 to 0.7\n"

static void addresses_are_written_as_they_are_found(void **state)
{
	(void)state;
	reset();
	script.more[0] = script.more[1] = 1;
	script.found[1] = 1;
	script.found[2] = 2;
	run(EXIT_DONE, BEGIN "step\nstep\nstep\nend\n", "1000\nffffffffff600000\n", "");
	reset();
	script.more[0] = 1;
	script.pause = 2000000003;
	run(EXIT_DONE, BEGIN "step\nsleep 2.000000003\nstep\nsleep 2.000000003\nend\n", "", "");
}

static void too_many_are_told(void **state)
{
	(void)state;
	reset();
	script.full = true;
	script.found[0] = 1;
	run(EXIT_DONE, BEGIN "step\nend\n", "1000\n",
	    "vastop: there may be more than these 1000000; search for something longer.\n");
}

/* What was found before is written all the same. */
static void a_read_that_fails_is_told(void **state)
{
	(void)state;
	reset();
	script.more[0] = 1;
	script.found[0] = script.found[1] = 1;
	script.more[1] = -EACCES;
	script.full = true;
	run(EXIT_TROUBLE, BEGIN "step\nstep\nend\ndenied -13\n", "1000\n", "");
	reset();
	script.begin_error = -ESRCH;
	run(EXIT_TROUBLE, BEGIN "denied -3\n", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_written_as_they_are_found),
		cmocka_unit_test(too_many_are_told),
		cmocka_unit_test(a_read_that_fails_is_told),
	};

	return cmocka_run_group_tests_name("find_bytes_script", tests, NULL, NULL);
}
