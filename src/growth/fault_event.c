/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_event.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "growth/fault_record.h"
#include "inside/unwind_sample.h"

static int open_event(struct perf_event_attr *attributes, int32_t tid, int processor)
{
	const long descriptor =
		syscall(SYS_perf_event_open, attributes, tid, processor, -1, PERF_FLAG_FD_CLOEXEC);

	return descriptor < 0 ? -errno : (int)descriptor;
}

int fault_event_open(const struct fault_choice *choice, int32_t tid, int processor)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attributes),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period = choice->period,
		.sample_type = FAULT_SAMPLE,
		.exclude_kernel = !choice->in_kernel,
		.exclude_callchain_kernel = 1,
		.exclude_hv = 1,
		.inherit = 1,
		.inherit_thread = 1, /* children that fork(2) makes are other processes */
		.task = 1,
		.comm = 1,
		.comm_exec = 1,
		.mmap = 1, /* of code only */
		.sample_id_all = 1,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
	};
	int descriptor;

	if (choice->copies && UNWIND_REGISTER_COUNT > 0) {
		attributes.sample_type |= FAULT_SAMPLE_COPIES;
		attributes.sample_regs_user = UNWIND_REGISTERS;
		attributes.sample_stack_user = FAULT_EVENT_STACK;
	}
	descriptor = open_event(&attributes, tid, processor);
	/* Linux before 5.13 has only the inheritance by processes, too, whose samples do not count.
	 */
	if (descriptor == -EINVAL) {
		attributes.inherit_thread = 0;
		descriptor = open_event(&attributes, tid, processor);
	}
	return descriptor;
}

int fault_event_probe(void)
{
	const struct fault_choice choice = {.period = UINT32_MAX};
	int descriptor = fault_event_open(&choice, 0, -1);

	if (descriptor >= 0)
		close(descriptor);
	/* EACCES is the answer of perf_event_paranoid, EPERM that of seccomp(2) and LSMs. */
	if (descriptor == -EACCES)
		return -EPERM;
	return descriptor < 0 ? descriptor : 0;
}
