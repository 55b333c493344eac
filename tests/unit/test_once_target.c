/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/message.h"
#include "app/once_target.h"
#include "app/options.h"
#include "model/address_space.h"
#include "model/query.h"
#include "sample_source.h"
#include "support/capture.h"

static int no_scan(const struct procfs_options *options, int32_t pid,
		   const struct address_space *space, bool smaps, struct scan *ret_scan)
{
	(void)options, (void)pid, (void)space, (void)smaps, (void)ret_scan;
	return -EACCES;
}

static const struct options csv = {.action = ACTION_ONCE, .format = FORMAT_CSV, .procfs = "/proc"};

static void growth_counts_from_the_first_sample(void **state)
{
	struct sample_source fake = sample_source_of(0);
	struct once_target target = {.pid = 20712, .source = &fake.source};
	const struct once_plan plan = {.options = &csv, .scan = no_scan, .growth = true};

	(void)state;
	assert_int_equal(once_target_sample(&target, &plan), 0);
	assert_null(once_target_part(&target).growth);
	assert_null(once_target_part(&target).matches);
	once_target_release(&target);
	assert_null(target.space);
	assert_int_equal(once_target_sample(&target, &plan), 0);
	assert_non_null(once_target_part(&target).growth);
	assert_ptr_equal(once_target_part(&target).growth->spaces[IDENTITY_BEFORE], target.first);
	once_target_finish(&target);
	assert_null(target.source);
}

static void what_the_filter_keeps_is_known(void **state)
{
	struct sample_source fake = sample_source_of(0);
	struct once_target target = {.pid = 20712, .source = &fake.source};
	struct once_plan plan = {.options = &csv, .scan = no_scan};
	struct query_mistake mistake;
	struct query *query;

	(void)state;
	assert_int_equal(query_create("kind:heap", &query, &mistake), 0);
	plan.query = query;
	assert_int_equal(once_target_sample(&target, &plan), 0);
	assert_int_equal(once_target_part(&target).matches->count, 1);
	once_target_finish(&target);
	query_destroy(query);
}

/* What a sample that fails says on stderr; free() it. */
/* A name on which the pattern would take minutes. */
static void a_filter_that_takes_too_long_is_said(void **state)
{
	static const struct target process = {.pid = 1, .comm = "x"};
	struct vma vma = {
		.start = 4096, .end = 8192, .name = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
	struct once_target target = {.pid = 1};
	struct query_mistake mistake;
	struct capture capture;
	struct query *query;
	char *said;

	(void)state;
	assert_int_equal(address_space_create(&process, &vma, 1, 1, 0, &target.space), 0);
	assert_int_equal(query_create("(x+x+)+[yz]", &query, &mistake), 0);
	capture_begin(&capture, 2);
	assert_int_equal(once_target_filter(&target, query), EXIT_TROUBLE);
	said = capture_end(&capture);
	assert_string_equal(
		said, "vastop: a pattern of --filter takes too many steps; make it simpler.\n");
	assert_false(target.filtered);
	free(said);
	query_destroy(query);
	once_target_finish(&target);
}

static char *failing(int error, bool by_name, int *ret_status)
{
	struct sample_source fake = sample_source_of(error);
	struct once_target target = {.pid = 20712, .by_name = by_name, .source = &fake.source};
	const struct once_plan plan = {.options = &csv, .scan = no_scan};
	struct capture said;

	capture_begin(&said, 2);
	*ret_status = once_target_sample(&target, &plan);
	assert_null(target.source);
	assert_null(target.space);
	once_target_finish(&target);
	return capture_end(&said);
}

static void why_there_is_no_sample_is_said(void **state)
{
	int status;
	char *said = failing(-ESRCH, false, &status);

	(void)state;
	assert_int_equal(status, 3);
	assert_non_null(strstr(said, "20712"));
	free(said);
	said = failing(-ESRCH, true, &status);
	assert_int_equal(status, 3);
	assert_string_equal(said, "");
	free(said);
	said = failing(-EACCES, true, &status);
	assert_int_equal(status, 4);
	assert_non_null(strstr(said, "20712"));
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_counts_from_the_first_sample),
		cmocka_unit_test(what_the_filter_keeps_is_known),
		cmocka_unit_test(a_filter_that_takes_too_long_is_said),
		cmocka_unit_test(why_there_is_no_sample_is_said),
	};

	return cmocka_run_group_tests_name("once_target", tests, NULL, NULL);
}
