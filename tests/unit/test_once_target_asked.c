/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "app/denied.h"
#include "app/message.h"
#include "app/once_target.h"
#include "app/options.h"
#include "app/source_error.h"
#include "call_log.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/query.h"
#include "model/usage_ranges.h"
#include "sampler/source.h"
#include "support/told.h"

/* What is asked of a process for its sample, and what is said where there is none. */

static struct source source;
static struct {
	int read, scan; /* errors */
} script;

int source_read(struct source *of, struct address_space **ret_space)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = 4096};
	const struct vma vma = {
		.start = 0x1000, .end = 0x3000, .kind = KIND_HEAP, .name = "[heap]"};

	assert_ptr_equal(of, &source);
	call_log_say("read");
	return script.read ? script.read : address_space_create(&target, &vma, 1, 8, 0, ret_space);
}

void source_rest(struct source *of)
{
	assert_ptr_equal(of, &source);
	call_log_say("rest");
}

void source_destroy(struct source *of)
{
	call_log_say(of ? "destroy" : "destroy nothing");
}

int denied_run(const struct options *options, struct source *of, int why)
{
	assert_ptr_equal(of, &source);
	call_log_say("totals of %d: %d", (int)options->pid, why);
	return 21;
}

int denied_say_of_source(const struct options *options, struct source *of, int error)
{
	assert_ptr_equal(of, &source);
	call_log_say("why not of %d: %d", (int)options->pid, error);
	return 22;
}

void source_error_say_damage(const struct options *options, const struct source *of)
{
	assert_ptr_equal(of, &source);
	call_log_say("damage of %d", (int)options->pid);
}

static int scan(const struct procfs_options *procfs, int32_t pid, const struct address_space *space,
		bool smaps, struct scan *ret_scan)
{
	static const struct told told[] = {
		{.start = 0x1000, .end = 0x3000, .usage = {.rss = 4096}}};

	assert_string_equal(procfs->root, "/p");
	assert_int_equal(space->vma_count, 1);
	call_log_say("scan %d%s", (int)pid, smaps ? ", smaps" : "");
	*ret_scan = (struct scan){.smaps = told_ranges(told, 1), .smaps_ns = 70};
	if (script.scan) {
		usage_ranges_destroy(ret_scan->smaps);
		ret_scan->smaps = (struct usage_ranges *)&script;
	}
	return script.scan;
}

static struct options options;
static struct once_target target;
static struct once_plan plan;

static int reset(void **state)
{
	(void)state;
	script.read = script.scan = 0;
	options = (struct options){.action = ACTION_ONCE, .pid = 1, .procfs = "/p"};
	target = (struct once_target){.pid = 5, .source = &source};
	plan = (struct once_plan){.options = &options, .scan = scan};
	call_log_clear();
	return 0;
}

static void samples(int status, const char *asked)
{
	assert_int_equal(once_target_sample(&target, &plan), status);
	call_log_expect(asked);
}

/* What is incomplete about it is said once. */
static void a_sample_is_scanned_while_its_files_are_closed(void **state)
{
	(void)state;
	plan.growth = plan.smaps = true;
	samples(EXIT_DONE, "read\nrest\nscan 5, smaps\ndamage of 5\n");
	assert_null(target.scan.smaps);
	assert_int_equal(target.usage.smaps_ns, 70);
	assert_int_equal(usage_table_at(&target.usage, 0).rss, 4096);
	once_target_release(&target);
	samples(EXIT_DONE, "read\nrest\nscan 5, smaps\n");
	assert_true(target.has_growth);
	once_target_finish(&target);
	call_log_expect("destroy\n");
}

static void what_cannot_be_scanned_is_not_known(void **state)
{
	(void)state;
	script.scan = -EACCES;
	samples(EXIT_DONE, "read\nrest\nscan 5\ndamage of 5\n");
	assert_null(target.scan.smaps);
	assert_int_equal(target.usage.smaps_ns, 0);
	assert_true(usage_table_at(&target.usage, 0).rss == TARGET_UNKNOWN);
	once_target_finish(&target);
	call_log_expect("destroy\n");
}

/* Where the format has a place for them, what is known nevertheless is written. */
static void without_a_sample_that_is_said_as_the_format_has_it(void **state)
{
	static const struct {
		enum options_format format;
		bool totals;
	} cases[] = {{FORMAT_PICTURE, true}, {FORMAT_JSON, true}, {FORMAT_TABLE, false},
		     {FORMAT_CSV, false},    {FORMAT_SVG, false}, {FORMAT_OPENMETRICS, false}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		reset(state);
		script.read = -EACCES;
		options.format = cases[i].format;
		samples(cases[i].totals ? 21 : 22, cases[i].totals
							   ? "read\ntotals of 5: -13\ndestroy\n"
							   : "read\nwhy not of 5: -13\ndestroy\n");
		assert_null(target.source);
		assert_null(target.space);
	}
}

static void one_that_was_found_by_its_name_may_have_ended(void **state)
{
	(void)state;
	script.read = -ESRCH;
	target.by_name = true;
	samples(EXIT_NO_PROCESS, "read\ndestroy\n");
	reset(state);
	script.read = -ESRCH;
	samples(21, "read\ntotals of 5: -3\ndestroy\n");
	reset(state);
	script.read = -EIO;
	target.by_name = true;
	samples(21, "read\ntotals of 5: -5\ndestroy\n");
}

/* A second time there is nothing left. */
static void what_is_finished_is_empty(void **state)
{
	(void)state;
	samples(EXIT_DONE, "read\nrest\nscan 5\ndamage of 5\n");
	assert_null(once_target_part(&target).growth);
	assert_null(once_target_part(&target).matches);
	once_target_finish(&target);
	once_target_finish(&target);
	call_log_expect("destroy\ndestroy nothing\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_sample_is_scanned_while_its_files_are_closed, reset),
		cmocka_unit_test_setup(what_cannot_be_scanned_is_not_known, reset),
		cmocka_unit_test_setup(without_a_sample_that_is_said_as_the_format_has_it, reset),
		cmocka_unit_test_setup(one_that_was_found_by_its_name_may_have_ended, reset),
		cmocka_unit_test_setup(what_is_finished_is_empty, reset),
	};

	return cmocka_run_group_tests_name("once_target_asked", tests, NULL, NULL);
}
