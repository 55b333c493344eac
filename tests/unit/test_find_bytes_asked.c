/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "app/denied.h"
#include "app/denied_bytes.h"
#include "app/find_bytes.h"
#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/search_walk.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "ui/text/needle_words.h"

/* How --search goes through memory and writes what is found, by a script. */

enum { STEPS = 3 };

static struct {
	int read, begin;
	bool mistake, full;
	struct {
		size_t found; /* all that are by then, 0x10, 0x20 and so forth */
		uint64_t pause;
		int more;
	} steps[STEPS];
	int step;
} script;

static const uint64_t addresses[] = {0x10, 0x20, 0x30};
static struct source source;
static struct options options;

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request,
		    struct timespec *remain)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	assert_int_equal(flags, 0);
	assert_null(remain);
	call_log_say("rest %d.%09d s", (int)request->tv_sec, (int)request->tv_nsec);
	return 0;
}

int source_read(struct source *of, struct address_space **ret_space)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = 4096};

	assert_ptr_equal(of, &source);
	return script.read ? script.read : address_space_create(&target, NULL, 0, 1, 0, ret_space);
}

int denied_say_of_source(const struct options *of, struct source *with, int error)
{
	assert_ptr_equal(of, &options);
	assert_ptr_equal(with, &source);
	call_log_say("denied, %d", error);
	return 31;
}

int denied_bytes_say(const struct options *of, const struct target *target, int error)
{
	assert_ptr_equal(of, &options);
	call_log_say("no bytes of %d, %d", (int)target->pid, error);
	return 32;
}

int needle_words_read(const struct address_space *space, const char *line,
		      struct memory_needle *ret_needle, struct text *why)
{
	assert_int_equal(space->target.pid, 5);
	call_log_say("look for %s", line);
	*ret_needle = (struct memory_needle){0};
	if (script.mistake)
		text_append(why, "Nothing to look for.");
	return script.mistake ? -EINVAL : 0;
}

struct search_request search_request_of(const struct address_space *space,
					const struct memory_needle *needle, size_t most,
					uint64_t start, uint64_t end)
{
	(void)needle;
	assert_int_equal(most, 1000000);
	assert_true(start == 0 && end == UINT64_MAX);
	return (struct search_request){.pid = space->target.pid};
}

int search_walk_begin(struct search_walk *walk, const struct procfs_options *procfs,
		      struct search_request *request, double share_max, double share_min)
{
	call_log_say("search %s/%d, %g to %g", procfs->root, (int)request->pid, share_min,
		     share_max);
	*walk = (struct search_walk){.search.found = (uint64_t *)addresses};
	return script.begin;
}

int search_walk_step(struct search_walk *walk, uint64_t *ret_pause_ns)
{
	assert_in_range(script.step, 0, STEPS - 1);
	call_log_say("step");
	walk->search.count = script.steps[script.step].found;
	walk->search.full = script.full;
	*ret_pause_ns = script.steps[script.step].pause;
	return script.steps[script.step++].more;
}

void search_walk_finish(struct search_walk *walk)
{
	(void)walk;
	call_log_say("finish");
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	options = (struct options){.action = ACTION_SEARCH, .procfs = "/p", .search = "a\nb"};
	call_log_clear();
	return 0;
}

static void finds(int status, const char *found, const char *asked)
{
	struct capture capture;
	char *out;
	int got;

	capture_begin(&capture, 1);
	got = find_bytes_run(&options, &source);
	out = capture_end(&capture);
	call_log_expect(asked);
	assert_string_equal(out, found);
	assert_int_equal(got, status);
	free(out);
}

#define BEGIN "look for a\nb\nsearch /p/5, 0.5 to 0.7\n"

static void what_is_found_is_written_with_pauses_between(void **state)
{
	(void)state;
	script.steps[0].found = 1;
	script.steps[0].more = 1;
	script.steps[0].pause = 2000000003;
	script.steps[1].found = 1;
	script.steps[1].more = 1;
	script.steps[2].found = 3;
	script.steps[2].pause = 7;
	finds(EXIT_DONE, "10\n20\n30\n",
	      BEGIN "step\nrest 2.000000003 s\nstep\nstep\nrest 0.000000007 s\nfinish\n");
	reset(state);
	finds(EXIT_DONE, "", BEGIN "step\nfinish\n");
}

static void that_there_may_be_more_is_said(void **state)
{
	(void)state;
	script.full = true;
	script.steps[0].found = 2;
	finds(EXIT_DONE, "10\n20\n",
	      BEGIN "step\nfinish\nsay there may be more than these 1000000; search for something "
		    "longer.\n");
}

static void what_cannot_be_read_is_said_after_what_was_found(void **state)
{
	(void)state;
	script.full = true;
	script.steps[0].found = 1;
	script.steps[0].more = 1;
	script.steps[1].found = 2;
	script.steps[1].more = -ESRCH;
	finds(32, "10\n20\n", BEGIN "step\nstep\nfinish\nno bytes of 5, -3\n");
}

static void what_cannot_begin_is_said(void **state)
{
	(void)state;
	script.read = -EIO;
	finds(31, "", "denied, -5\n");
	reset(state);
	script.mistake = true;
	finds(EXIT_USAGE, "", "look for a\nb\nsay --search='a\\nb': Nothing to look for.\n");
	reset(state);
	script.begin = -EACCES;
	finds(32, "", BEGIN "no bytes of 5, -13\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_found_is_written_with_pauses_between, reset),
		cmocka_unit_test_setup(that_there_may_be_more_is_said, reset),
		cmocka_unit_test_setup(what_cannot_be_read_is_said_after_what_was_found, reset),
		cmocka_unit_test_setup(what_cannot_begin_is_said, reset),
	};

	return cmocka_run_group_tests_name("find_bytes_asked", tests, NULL, NULL);
}
