/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "growth/fault_event.h"
#include "growth/fault_record.h"
#include "inside/unwind_sample.h"
#include "perf_script.h"

/* What the kernel is asked for: each attribute of an event. */

/* Opens it, and expects what was opened. */
static void open_one(const struct fault_choice *choice, int32_t tid, int processor)
{
	const int descriptor = fault_event_open(choice, tid, processor);

	assert_true(descriptor >= 0);
	assert_int_equal(descriptor, perf.descriptor);
}

static void check_attributes(const struct perf_event_attr *expected)
{
	assert_memory_equal(&perf.asked, expected, sizeof(*expected));
	assert_true(perf_is_open());
	close(perf.descriptor);
}

static void an_event_has_each_attribute(void **state)
{
	struct perf_event_attr expected = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(expected),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period = 17,
		.sample_type = FAULT_SAMPLE,
		.exclude_kernel = 1,
		.exclude_callchain_kernel = 1,
		.exclude_hv = 1,
		.inherit = 1,
		.inherit_thread = 1,
		.task = 1,
		.comm = 1,
		.comm_exec = 1,
		.mmap = 1,
		.sample_id_all = 1,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
	};
	struct fault_choice choice = {.period = 17};

	(void)state;
	perf_reset();
	open_one(&choice, 7, 2);
	call_log_expect("event of 7 on 2, -1, 8\n");
	check_attributes(&expected);
	choice.in_kernel = true;
	expected.exclude_kernel = 0;
	open_one(&choice, 0, -1);
	call_log_expect("event of 0 on -1, -1, 8\n");
	check_attributes(&expected);
	choice.copies = true;
	if (UNWIND_REGISTER_COUNT > 0) {
		expected.sample_type |= PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER;
		expected.sample_regs_user = UNWIND_REGISTERS;
		expected.sample_stack_user = 8192;
	}
	open_one(&choice, 0, -1);
	check_attributes(&expected);
}

/* A kernel that knows no inheritance by threads is asked for that by processes. */
static void an_older_kernel_is_asked_for_less(void **state)
{
	const struct fault_choice choice = {.period = 1};

	(void)state;
	perf_reset();
	perf.errors[0] = EINVAL;
	open_one(&choice, 7, 2);
	call_log_expect("event of 7 on 2, -1, 8\nevent of 7 on 2, -1, 8\n");
	assert_int_equal(perf.asked.inherit_thread, 0);
	assert_int_equal(perf.asked.inherit, 1);
	close(perf.descriptor);
	perf_reset();
	perf.errors[0] = EINVAL;
	perf.errors[1] = ENODEV;
	assert_int_equal(fault_event_open(&choice, 7, 2), -ENODEV);
	perf_reset();
	perf.errors[0] = ESRCH;
	assert_int_equal(fault_event_open(&choice, 7, 2), -ESRCH);
	call_log_expect("event of 7 on 2, -1, 8\n");
}

static void a_probe_leaves_nothing_open(void **state)
{
	static const struct {
		int error, told;
	} cases[] = {{EACCES, -EPERM}, {EPERM, -EPERM}, {ENOSYS, -ENOSYS}, {EMFILE, -EMFILE}};

	(void)state;
	perf_reset();
	assert_int_equal(fault_event_probe(), 0);
	call_log_expect("event of 0 on -1, -1, 8\n");
	assert_false(perf_is_open());
	assert_int_equal(perf.asked.sample_period, UINT32_MAX);
	assert_int_equal(perf.asked.exclude_kernel, 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		perf_reset();
		perf.errors[0] = cases[i].error;
		assert_int_equal(fault_event_probe(), cases[i].told);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_has_each_attribute),
		cmocka_unit_test(an_older_kernel_is_asked_for_less),
		cmocka_unit_test(a_probe_leaves_nothing_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
