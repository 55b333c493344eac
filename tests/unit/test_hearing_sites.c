/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "files/code_namer.h"
#include "files/stack_unwinder.h"
#include "growth/fault_load.h"
#include "growth/hearing.h"
#include "growth/hearing_state.h"
#include "growth/hearing_sites.h"
#include "inside/call_sites.h"
#include "inside/frame_store.h"
#include "kernel/clock.h"
#include "maps_space.h"

/* Of this program, which took so many faults since, as if so many had been seen. */
static struct hearing begin(uint64_t taken, uint64_t seen)
{
	struct hearing hearing = {.pid = getpid(), .heard = {.faults = seen, .counted = seen}};
	static volatile char pages[512 * 4096]; /* so that there were enough */
	static struct address_space space = {.target.page_size = 4096};
	uint64_t faults = 0;

	hearing.space = &space;
	for (size_t i = 0; i < sizeof(pages); i += 1024)
		pages[i] = 1;
	hearing.directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(fault_load_faults(hearing.directory, &faults), 0);
	assert_true(faults > taken);
	hearing.began_kernel_faults = faults - taken;
	hearing.events.plan.period = 7;
	hearing.turns.one_in = 1;
	hearing.rests.window_ns = 1000000000;
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
	hearing.heard.faults = 1000000;
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
	hearing.heard.lost = 1;
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
	hearing.heard.began = 1000;
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
	hearing.heard.huge_bytes = 4096;
	hearing.heard.huge.unknown = true;
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

/* In rests nothing is seen: they say nothing about what is not. */
static void rests_tell_nothing_of_the_rest(void **state)
{
	struct hearing hearing = begin(100, 20);
	struct listening listening;

	(void)state;
	hearing.window_faults = hearing.began_kernel_faults + 100;
	hearing.rested_faults = 60;
	hearing.heard.rested = 10;
	hearing.rests.resting = true;
	hearing.rests.rest_ns = 3500000000;
	hearing.rests.window_ns = 500000000;
	hearing.steps = 8;
	hearing.heard.unheard = 3;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share == 0.75); /* 10 of 40 were seen */
	assert_int_equal(listening.period, 56);
	assert_int_equal(listening.rest_ns, 3500000000);
	assert_int_equal(listening.window_ns, 500000000);
	assert_int_equal(listening.steps, 8);
	assert_int_equal(listening.unheard_bytes, 12288);
	hearing.rested_faults = 100;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share < 0);
	hearing.rests.resting = false;
	hearing.rested_faults = 0;
	hearing_sites_fill(&hearing, &listening);
	assert_true(listening.kernel_share >= 0.9 && listening.kernel_share < 0.98);
	close(hearing.directory);
}

/* Switches cost less when events were closed just before, and nothing later. */
static void what_switches_cost_depends_on_rests(void **state)
{
	const int64_t now = clock_ns(CLOCK_MONOTONIC), second = 1000000000;
	struct hearing hearing = begin(100, 0);
	struct listening listening;
	double open, closed;

	(void)state;
	hearing.began_cpu_ns = 1;
	hearing.began_ns = now - 100 * second;
	hearing.switches = (struct switch_rate){.per_second = 1, .looked_ns = now, .seen = 100};
	hearing.rests = (struct fault_rests){.resting = true,
					     .window_ns = second,
					     .since_ns = now - 50 * second,
					     .listened_ns = 30 * second,
					     .closed_ns = 4 * second};
	hearing.cost.switch_ns = 1000;
	hearing_sites_fill(&hearing, &listening);
	open = listening.slowdown;
	assert_int_equal(listening.listened_ns, 30 * second);
	assert_true(listening.elapsed_ns >= 100 * (uint64_t)second);
	assert_true(listening.elapsed_ns < 200 * (uint64_t)second);
	hearing.cost.switch_ns = 0;
	hearing.cost.closed_ns = 6000;
	hearing_sites_fill(&hearing, &listening);
	closed = listening.slowdown;
	/* 30 seconds, and five; the process ran a little longer meanwhile. */
	assert_true(open > 0 && closed < open * 1.05 && closed > open / 2);
	close(hearing.directory);
}

/* What happened since the last window is taken to be like the rest, in the last result alone. */
static void the_last_result_stands_for_the_last_rest(void **state)
{
	const struct procfs_options options = {.root = "/proc"};
	const struct hash_key key = {{1, 2}};
	const struct call_stack stack = {.source = CALL_STACK_ADDRESS, .count = 1, .frames = {8}};
	struct hearing hearing = begin(100, 40);

	(void)state;
	hearing.heard.space = hearing.space =
		maps_space_create(NULL, "00400000-00402000 rw-p 00000000 00:00 0\n");
	heard_init(&hearing.heard, &key, &options, hearing.directory);
	attribution_renew(&hearing.heard.attribution, hearing.space);
	hearing.store = frame_store_create();
	hearing.namer = code_namer_create(&options);
	hearing.unwinder = stack_unwinder_create(&options);
	attribution_take(&hearing.heard.attribution, 0x400000, &stack, 40 * 4096);
	hearing.heard.faults = 40;
	hearing.heard.owed = 10;
	for (int last = 0; last < 2; last++) {
		struct call_sites *sites = hearing_sites(&hearing, last);

		assert_int_equal(sites->bytes, (last ? 50 : 40) * 4096);
		assert_int_equal(sites->sites[0].bytes, sites->bytes);
		assert_int_equal(sites->listening.faults, last ? 50 : 40);
		call_sites_unref(sites);
	}
	stack_unwinder_destroy(hearing.unwinder);
	code_namer_destroy(hearing.namer);
	frame_store_unref(hearing.store);
	heard_finish(&hearing.heard);
	address_space_destroy(hearing.space);
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
		cmocka_unit_test(rests_tell_nothing_of_the_rest),
		cmocka_unit_test(what_switches_cost_depends_on_rests),
		cmocka_unit_test(the_last_result_stands_for_the_last_rest),
	};

	return cmocka_run_group_tests_name("hearing_sites", tests, NULL, NULL);
}
