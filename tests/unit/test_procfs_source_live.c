/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a source of the live /proc tells between its samples: pulses and the end. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

static const struct procfs_options live = {.root = "/proc"};
static const struct procfs_options old_kernel = {.root = "/proc",
						 .avoid = AVOID_PIDFD | AVOID_PROCMAP_QUERY};

/* By so much the wall clock was set back: this program has a clock_ns() of its own. */
static int64_t set_back;

int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec -
	       (clock == CLOCK_REALTIME ? set_back : 0);
}

static void check_end(const struct procfs_options *options)
{
	struct address_space *space = NULL;
	struct pulse pulse;
	struct pollfd end = {.events = POLLIN};
	struct source *source, *late = NULL;
	pid_t child = child_start(NULL, NULL);

	assert_int_equal(procfs_source_create(options, child, &source), 0);
	end.fd = source_exit_descriptor(source);
	if (options->avoid & AVOID_PIDFD)
		assert_int_equal(end.fd, -1);
	if (end.fd >= 0)
		assert_int_equal(poll(&end, 1, 0), 0);
	assert_int_equal(source_pulse(source, &pulse), 0);
	kill(child, SIGKILL);
	if (end.fd >= 0)
		assert_int_equal(poll(&end, 1, 10000), 1);
	else
		waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT);
	assert_int_equal(source_pulse(source, &pulse), -ESRCH); /* a zombie */
	assert_int_equal(source_read(source, &space), -ESRCH);
	waitpid(child, NULL, 0);
	assert_int_equal(source_read(source, &space), -ESRCH);
	assert_int_equal(procfs_source_create(options, child, &late), -ESRCH);
	assert_null(space);
	assert_null(late);
	source_destroy(source);
}

static void tells_of_the_end(void **state)
{
	(void)state;
	check_end(&live);
	check_end(&old_kernel);
}

static void a_sample_and_a_pulse_agree(void **state)
{
	struct address_space *space;
	struct source *source;
	struct pulse pulse;
	pid_t child = child_start(NULL, NULL);

	(void)state;
	assert_int_equal(procfs_source_create(&live, child, &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	assert_int_equal(source_pulse(source, &pulse), 0);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		/* Above 2^63 lies [vsyscall], which the kernel does not count. */
		pulse.size -= vma->start >> 63 ? 0 : vma_size(vma);
		if (strcmp(vma->name, "[heap]") == 0 && pulse.heap != TARGET_UNKNOWN)
			assert_true(pulse.heap_end == vma->end);
	}
	assert_int_equal(pulse.size, 0);
	assert_true(pulse.resident > 0 && space->target.rss > 0);
	address_space_destroy(space);
	source_destroy(source);
	child_end(child);
}

static int64_t time_of_sample(struct source *source)
{
	struct address_space *space;
	int64_t time;

	assert_int_equal(source_read(source, &space), 0);
	time = space->time_ns;
	address_space_destroy(space);
	return time;
}

static int64_t time_of_pulse(struct source *source)
{
	struct pulse pulse;

	assert_int_equal(source_pulse(source, &pulse), 0);
	return pulse.time_ns;
}

/* Samples and pulses are in order of time, whatever becomes of the system's clock. */
static void a_clock_that_is_set_back_does_not_turn_time(void **state)
{
	struct source *source;
	pid_t child = child_start(NULL, NULL);
	int64_t last = 0, now;

	(void)state;
	assert_int_equal(procfs_source_create(&live, child, &source), 0);
	for (int i = 0; i < 6; i++) {
		now = i % 2 ? time_of_pulse(source) : time_of_sample(source);
		assert_true(now >= last);
		assert_true(i == 0 || now - last < INT64_C(600000000000));
		last = now;
		set_back += INT64_C(7200000000000);
	}
	set_back = 0;
	source_destroy(source);
	child_end(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_of_the_end),
		cmocka_unit_test(a_sample_and_a_pulse_agree),
		cmocka_unit_test(a_clock_that_is_set_back_does_not_turn_time),
	};

	return cmocka_run_group_tests_name("procfs_source_live", tests, NULL, NULL);
}
