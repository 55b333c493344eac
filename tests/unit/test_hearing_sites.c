/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "growth/fault_load.h"
#include "growth/hearing.h"
#include "growth/hearing_sites.h"
#include "inside/call_sites.h"

/* Of this program, which took so many faults since, as if so many had been seen. */
static struct hearing begin(uint64_t taken, uint64_t seen)
{
	struct hearing hearing = {.pid = getpid(), .faults = seen, .counted = seen};
	uint64_t faults = 0;

	hearing.directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(fault_load_faults(hearing.directory, &faults), 0);
	assert_true(faults > taken);
	hearing.began_kernel_faults = faults - taken;
	hearing.events.plan.period = 7;
	hearing.turns.one_in = 1;
	return hearing;
}

static void what_was_not_seen_is_a_share(void **state)
{
	struct hearing hearing = begin(100, 25);
	struct listening listening;

	(void)state;
	hearing_sites_fill(&hearing, &listening);
	/* A few faults more may have come meanwhile. */
	assert_true(listening.kernel_share >= 0.75 && listening.kernel_share < 0.9);
	hearing.faults = 1000000;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share == 0);
	close(hearing.directory);
	hearing.directory = -1;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share < 0);
}

/* A sample that was lost stands for as many as one that was taken, as does one in so many turns. */
static void what_was_lost_was_seen(void **state)
{
	struct hearing hearing = begin(100, 0);
	struct listening listening;

	(void)state;
	hearing.turns.one_in = 4;
	hearing_sites_fill(&hearing, &listening);
	assert_int_equal(listening.period, 28);
	assert_true(listening.kernel_share == 1);
	hearing.lost = 1;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share >= 0.72 && listening.kernel_share < 0.9);
	assert_int_equal(listening.lost, 1);
	close(hearing.directory);
}

/* Threads have few faults each when an event has few periods of them. */
static void many_threads_with_few_faults_are_thin(void **state)
{
	struct hearing hearing = begin(100, 7000);
	struct listening listening;

	(void)state;
	hearing.events.listened = 4;
	hearing_sites_fill(&hearing, &listening);
	assert_false(listening.thin);
	hearing.began = 1000;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.thin);
	/* Where each fault is a sample, none is missed. */
	hearing.events.plan.period = 1;
	hearing_sites_fill(&hearing, &listening);
	assert_false(listening.thin);
	close(hearing.directory);
}

static void what_it_costs_takes_time_to_be_known(void **state)
{
	struct hearing hearing = begin(100, 100);
	struct listening listening;

	(void)state;
	hearing.huge_bytes = 4096;
	hearing.huge.unknown = true;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.slowdown < 0);
	assert_int_equal(listening.huge_bytes, 4096);
	assert_true(listening.huge_unknown);
	hearing.began_cpu_ns = 1;
	hearing.cost.count_ns = 10;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.slowdown > 0);
	close(hearing.directory);
}

/* Switches of its threads are paid for, too. */
static void switches_are_paid_for(void **state)
{
	struct hearing hearing = begin(100, 0);
	struct listening listening;

	(void)state;
	hearing.began_cpu_ns = 1;
	hearing.switches.seen = 1;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.slowdown == 0);
	hearing.cost.switch_ns = 1e18;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.slowdown == 1);
	hearing.switches.seen = 0;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.slowdown == 0);
	close(hearing.directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_not_seen_is_a_share),
		cmocka_unit_test(what_was_lost_was_seen),
		cmocka_unit_test(many_threads_with_few_faults_are_thin),
		cmocka_unit_test(what_it_costs_takes_time_to_be_known),
		cmocka_unit_test(switches_are_paid_for),
	};

	return cmocka_run_group_tests_name("hearing_sites", tests, NULL, NULL);
}
