/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "app/once.h"
#include "app/options.h"
#include "base/memory.h"
#include "model/address_space.h"
#include "model/residency.h"
#include "model/usage.h"
#include "residency/scan_thread.h"
#include "kernel/procfs_options.h"
#include "sample_source.h"
#include "support/capture.h"
#include "support/golden.h"
#include "support/told.h"

/* All of the heap is resident; smaps, where it is asked for, knows the heap only. */
static int fake_survey(const struct procfs_options *options, int32_t pid,
		       const struct address_space *space, bool smaps, struct scan *ret_scan)
{
	const struct vma *heap = &space->vmas[address_space_find(space, space->target.start_brk)];
	struct residency_run *run = memory_alloc(sizeof(*run));

	assert_string_equal(options->root, "/proc");
	assert_int_equal(pid, 20712);
	assert_int_equal(heap->kind, KIND_HEAP);
	*run = (struct residency_run){heap->start, heap->end, RUN_RESIDENT};
	*ret_scan = (struct scan){
		.residency = residency_create(run, 1, RESIDENCY_PAGEMAP, 1, 1),
	};
	if (smaps) {
		struct told told = {heap->start, heap->end, usage_unknown()};

		told.usage.pss = 12345;
		ret_scan->smaps = told_ranges(&told, 1);
		ret_scan->smaps_ns = 1;
	}
	return 0;
}

/* A process that ended after its mappings were read. */
static int failing_survey(const struct procfs_options *options, int32_t pid,
			  const struct address_space *space, bool smaps, struct scan *ret_scan)
{
	(void)options, (void)pid, (void)space, (void)smaps, (void)ret_scan;
	return -ESRCH;
}

static char *run(const struct options *options, int error, int *ret_status)
{
	struct sample_source fake = sample_source_of(error);
	struct once_target target = {.pid = options->pid, .source = &fake.source};
	struct capture capture;

	capture_begin(&capture, 1);
	*ret_status = once_run_targets(options, &target, 1, failing_survey);
	return capture_end(&capture);
}

static void a_picture_of_the_size_asked_for(void **state)
{
	struct options options = {
		.action = ACTION_ONCE, .procfs = "/proc", .width = 90, .height = 30};
	struct utsname system;
	char *out, *last;
	int status;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	/* What differs from machine to machine stands in the last line. */
	last = strrchr(out, '\n');
	*last = '\0';
	last = strrchr(out, '\n') + 1;
	assert_int_equal(uname(&system), 0);
	assert_non_null(strstr(last, system.nodename));
	assert_non_null(strstr(last, system.release));
	*last = '\0';
	golden_check("once_90x30", out);
	free(out);
}

static void colour_only_when_asked_for(void **state)
{
	struct options options = {
		.action = ACTION_ONCE, .procfs = "/proc", .width = 90, .height = 30};
	int status;
	char *out;

	(void)state;
	out = run(&options, 0, &status);
	assert_null(strchr(out, '\033'));
	free(out);
	options.colour = COLOUR_ALWAYS;
	out = run(&options, 0, &status);
	assert_non_null(strchr(out, '\033'));
	free(out);
}

static void json_on_request(void **state)
{
	struct options options = {.action = ACTION_ONCE, .format = FORMAT_JSON};
	int status;
	char *out;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	golden_check("once_json", out);
	free(out);
}

static json_t *run_json(bool no_smaps)
{
	const struct options options = {.action = ACTION_ONCE,
					.format = FORMAT_JSON,
					.pid = 20712,
					.procfs = "/proc",
					.no_smaps = no_smaps};
	struct sample_source fake = sample_source_of(0);
	struct once_target target = {.pid = 20712, .source = &fake.source};
	struct capture capture;
	json_t *object;
	char *out;

	capture_begin(&capture, 1);
	assert_int_equal(once_run_targets(&options, &target, 1, fake_survey), 0);
	out = capture_end(&capture);
	object = json_loads(out, 0, NULL);
	assert_non_null(object);
	free(out);
	return object;
}

static void json_tells_what_the_survey_found(void **state)
{
	json_t *object = run_json(false), *totals = json_object_get(object, "totals"), *heap;

	(void)state;
	assert_string_equal(json_string_value(json_object_get(object, "usage_source")), "pagemap");
	heap = json_object_get(json_object_get(totals, "by_kind"), "heap");
	assert_int_equal(json_integer_value(json_object_get(heap, "rss")), 0x1fa000);
	assert_int_equal(json_integer_value(json_object_get(heap, "pss")), 12345);
	assert_int_equal(json_integer_value(json_object_get(totals, "rss")), 0x1fa000);
	assert_int_equal(json_integer_value(json_object_get(totals, "pss")), 12345);
	json_decref(object);
	object = run_json(true);
	totals = json_object_get(object, "totals");
	heap = json_object_get(json_object_get(totals, "by_kind"), "heap");
	assert_int_equal(json_integer_value(json_object_get(heap, "rss")), 0x1fa000);
	assert_true(json_is_null(json_object_get(heap, "pss")));
	json_decref(object);
}

/* Two processes, as often as asked; one of them cannot be read. */
static void several_processes_several_times(void **state)
{
	struct options options = {.action = ACTION_ONCE,
				  .format = FORMAT_CSV,
				  .procfs = "/proc",
				  .filter = "kind:heap",
				  .samples = 2,
				  .interval_ns = 1};
	struct sample_source good = sample_source_of(0), other = sample_source_of(0),
			     bad = sample_source_of(-EACCES);
	struct once_target targets[] = {{.pid = 20712, .source = &good.source},
					{.pid = 1, .source = &bad.source},
					{.pid = 20712, .source = &other.source}};
	struct capture capture;
	char *out;

	(void)state;
	capture_begin(&capture, 1);
	assert_int_equal(once_run_targets(&options, targets, 3, failing_survey), 4);
	out = capture_end(&capture);
	golden_check("once_csv", out);
	free(out);
}

static void a_table_of_chosen_fields(void **state)
{
	struct options options = {.action = ACTION_ONCE,
				  .format = FORMAT_TABLE,
				  .procfs = "/proc",
				  .fields = {{FIELD_SIZE, FIELD_NAME}, 2}};
	char *out;
	int status;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	golden_check("once_table", out);
	free(out);
}

static void json_of_what_a_filter_keeps(void **state)
{
	struct options options = {
		.action = ACTION_ONCE, .format = FORMAT_JSON, .filter = "kind:stack"};
	json_t *object, *filter;
	char *out;
	int status;

	(void)state;
	out = run(&options, 0, &status);
	assert_int_equal(status, 0);
	object = json_loads(out, 0, NULL);
	assert_non_null(object);
	assert_int_equal(json_array_size(json_object_get(object, "mappings")), 1);
	filter = json_object_get(object, "filter");
	assert_string_equal(json_string_value(json_object_get(filter, "query")), "kind:stack");
	assert_int_equal(json_integer_value(json_object_get(filter, "mappings")), 1);
	assert_true(json_integer_value(json_object_get(filter, "size")) > 0);
	assert_true(json_is_null(json_object_get(filter, "rss")));
	json_decref(object);
	free(out);
}

static void a_process_found_by_its_name_may_have_ended(void **state)
{
	struct options options = {.action = ACTION_ONCE, .format = FORMAT_CSV, .procfs = "/proc"};
	struct sample_source good = sample_source_of(0), gone = sample_source_of(-ESRCH);
	struct once_target targets[] = {{.pid = 7, .by_name = true, .source = &gone.source},
					{.pid = 20712, .by_name = true, .source = &good.source}};
	struct capture capture, said;
	char *out;

	(void)state;
	capture_begin(&capture, 1);
	capture_begin(&said, 2);
	assert_int_equal(once_run_targets(&options, targets, 2, failing_survey), 0);
	out = capture_end(&said);
	assert_string_equal(out, "");
	free(out);
	out = capture_end(&capture);
	assert_non_null(strstr(out, "[heap]"));
	free(out);
}

static void an_error_writes_nothing_to_stdout(void **state)
{
	struct options options = {.action = ACTION_ONCE, .pid = 1, .procfs = "/proc"};
	int status;
	char *out;

	(void)state;
	out = run(&options, -EACCES, &status);
	assert_int_equal(status, 4);
	assert_string_equal(out, "");
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_of_the_size_asked_for),
		cmocka_unit_test(colour_only_when_asked_for),
		cmocka_unit_test(json_on_request),
		cmocka_unit_test(json_tells_what_the_survey_found),
		cmocka_unit_test(several_processes_several_times),
		cmocka_unit_test(a_table_of_chosen_fields),
		cmocka_unit_test(json_of_what_a_filter_keeps),
		cmocka_unit_test(a_process_found_by_its_name_may_have_ended),
		cmocka_unit_test(an_error_writes_nothing_to_stdout),
	};

	setlocale(LC_ALL, "");
	unsetenv("NO_COLOR");
	return cmocka_run_group_tests_name("once", tests, NULL, NULL);
}
