/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_script.h"

/* How listening begins and ends, what is done with each sample, and with another program. */

static const struct procfs_options options = {.root = "/p"};

static const char maps[] = "00400000-00402000 r-xp 00000000 fe:01 1 /bin/x\n"
			   "00600000-00601000 rw-p 00000000 00:00 0\n";

static struct address_space *space_of(uint32_t threads, uint64_t start_stack)
{
	struct target target = maps_space_target();

	target.threads = threads;
	target.start_stack = start_stack;
	return maps_space_create(&target, maps);
}

/* Begins, and clears the log. */
static struct hearing *begin(const struct address_space *space)
{
	struct hearing *hearing = NULL;

	assert_int_equal(hearing_begin(&options, space, true, &hearing), 0);
	call_log_clear();
	return hearing;
}

static void reset(void)
{
	script = (struct hearing_script){.relation = PROCFS_OWN,
					 .now = INT64_C(50000000000),
					 .wall = 77,
					 .cpu = 900,
					 .faults = 300,
					 .rate = 5000,
					 .period = 17,
					 .stands_for = 1,
					 .brought = 4096,
					 .few = true,
					 .complete = true,
					 .next = true};
	call_log_clear();
}

static void a_beginning_is_in_order(void **state)
{
	struct address_space *space = space_of(3, 7);
	struct hearing *hearing = NULL;
	char expected[2000];
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int directory;

	(void)state;
	reset();
	assert_int_equal(hearing_begin(&options, space, false, &hearing), 0);
	snprintf(expected, sizeof(expected),
		 "relation /p\n"
		 "open /p 4711\n"
		 "attribution by 11 22\n"
		 "copies\n"
		 "turns by 11\n"
		 "open huge pages\n"
		 "namer for /p\n"
		 "unwinder for /p\n"
		 "unwind 1, 0 bytes, 2 mappings\n"
		 "measure\n"
		 "rate since 1000, %d ms\n"
		 "period for 5000/s, 3 ns, %ld events, copies %d, now 0\n"
		 "spread for 5000/s, 3 ns, %ld events, period 17\n"
		 "listen to 4711, period 17, copies %d\n"
		 "renew by 2 mappings\n"
		 "name in 2 mappings, hurry 0\n",
		 3 * processors > 128 ? 1000 : 20, 3 * processors, UNWIND_REGISTER_COUNT > 0,
		 3 * processors, UNWIND_REGISTER_COUNT > 0);
	call_log_expect(expected);
	assert_int_equal(hearing->pid, 4711);
	assert_true(hearing->rate == 5000);
	assert_int_equal(hearing->start_ns, 77);
	assert_int_equal(hearing->began_ns, script.now);
	assert_int_equal(hearing->paced_ns, script.now);
	assert_int_equal(hearing->began_cpu_ns, 900);
	assert_int_equal(hearing->paced_cpu_ns, 900);
	assert_int_equal(hearing->began_kernel_faults, 300);
	assert_int_equal(hearing->paced_faults, 300);
	assert_int_equal(hearing->samples, 0);
	assert_int_equal(hearing->turn_ns, 0);
	assert_false(hearing->wants_space);
	assert_true(hearing->space && hearing->space != space);
	directory = hearing->directory;
	hearing_end(hearing);
	call_log_expect("close events\n"
			"close huge pages\n"
			"no namer\n"
			"no unwinder\n"
			"no attribution\n"
			"no copies\n"
			"finish options /p\n");
	assert_int_equal(fcntl(directory, F_GETFD), -1);
	hearing_end(NULL);
	call_log_expect("");
	address_space_destroy(space);
}

/* Of many threads the rate is looked at for long, and of one whose rate spreads no stack is copied.
 */
static void many_threads_are_looked_at_for_long(void **state)
{
	const uint32_t processors = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
	const uint32_t limit = 128 / processors;
	struct hearing *hearing = NULL;

	(void)state;
	for (uint32_t threads = limit; threads <= limit + 1; threads++) {
		struct address_space *space = space_of(threads, 7);
		char line[100];

		reset();
		script.spread = 3;
		assert_int_equal(hearing_begin(&options, space, false, &hearing), 0);
		snprintf(line, sizeof(line), "rate since 1000, %d ms\n",
			 threads == limit ? 20 : 1000);
		assert_non_null(strstr(call_log.text, line));
		assert_non_null(strstr(call_log.text, "listen to 4711, period 3, copies 0\n"));
		hearing_end(hearing);
		address_space_destroy(space);
	}
}

/* What a program that begins did before says nothing. */
static void a_program_that_begins_is_not_looked_at(void **state)
{
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing = NULL;
	char line[100];

	(void)state;
	reset();
	assert_int_equal(hearing_begin(&options, space, true, &hearing), 0);
	snprintf(line, sizeof(line), "measure\nlisten to 4711, period 37, copies %d\nrenew",
		 UNWIND_REGISTER_COUNT > 0);
	assert_non_null(strstr(call_log.text, line));
	assert_true(hearing->rate == 0);
	hearing_end(hearing);
	address_space_destroy(space);
}

/* An error leaves what is returned as it was, and nothing open: the suite looks for that. */
static void each_error_of_a_beginning_is_told(void **state)
{
	struct address_space *space = space_of(1, 7);
	struct hearing *none = (struct hearing *)(void *)space, *hearing = none;

	(void)state;
	for (int relation = -ENOENT; relation <= PROCFS_RECORDED; relation++) {
		reset();
		script.relation = relation;
		if (relation == PROCFS_OWN)
			continue;
		assert_int_equal(hearing_begin(&options, space, true, &hearing), -ENOTSUP);
		call_log_expect("relation /p\n");
	}
	reset();
	script.opened = -ENOENT;
	assert_int_equal(hearing_begin(&options, space, true, &hearing), -ESRCH);
	script.opened = -EACCES;
	assert_int_equal(hearing_begin(&options, space, true, &hearing), -EACCES);
	call_log_expect("relation /p\nopen /p 4711\nrelation /p\nopen /p 4711\n");
	reset();
	script.open_error = -ENOBUFS;
	assert_int_equal(hearing_begin(&options, space, true, &hearing), -ENOBUFS);
	assert_non_null(strstr(call_log.text, "listen to 4711"));
	assert_null(strstr(call_log.text, "renew"));
	assert_non_null(strstr(call_log.text, "finish options /p\n"));
	assert_ptr_equal(hearing, none);
	address_space_destroy(space);
}

/* It waits until the turn is over, and no longer. */
static void it_waits_for_the_end_of_the_turn(void **state)
{
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing;

	(void)state;
	reset();
	hearing = begin(space);
	hearing->turn_ns = script.now - 1;
	hearing_wait(hearing, 5);
	hearing->turn_ns = script.now;
	hearing_wait(hearing, 5);
	hearing->turn_ns = script.now + 50000000;
	hearing_wait(hearing, -1);
	hearing->turn_ns = script.now + 1999999;
	hearing_wait(hearing, -1);
	call_log_expect("wait for 5, 0 ms\nwait for 5, 1 ms\nwait for -1, 51 ms\n"
			"wait for -1, 2 ms\n");
	hearing_end(hearing);
	address_space_destroy(space);
}

static struct fault_record sample_at(enum call_stack_source source, uint32_t count,
				     const uint64_t *frames)
{
	struct fault_record sample = {.type = FAULT_RECORD_SAMPLE, .address = 0x600010};

	sample.stack.source = source;
	sample.stack.count = count;
	for (uint32_t i = 0; i < count; i++)
		sample.stack.frames[i] = frames[i];
	return sample;
}

/* Takes one sample, and nothing else. */
static void take_one(struct hearing *hearing, struct fault_record sample)
{
	script.samples[0] = sample;
	script.sample_count = 1;
	hearing->turn_ns = hearing->unwound_ns = script.now + 1;
	assert_int_equal(hearing_take(hearing), 0);
}

/* What is no address of code ends the chain of frame-pointers: the first frame is never judged. */
static void chains_end_where_no_code_is(void **state)
{
	const uint64_t good[] = {0x400100, 0x401000, 0x402000},
		       bad[] = {0x9, 0x400500, 0x600500, 0x400600}, none[] = {0x400100, 0x402001},
		       below[] = {0x400100, 0x400000};
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing;

	(void)state;
	reset();
	hearing = begin(space);
	take_one(hearing, sample_at(CALL_STACK_FRAME_POINTERS, 3, good));
	take_one(hearing, sample_at(CALL_STACK_FRAME_POINTERS, 4, bad));
	take_one(hearing, sample_at(CALL_STACK_FRAME_POINTERS, 2, none));
	take_one(hearing, sample_at(CALL_STACK_FRAME_POINTERS, 2, below));
	take_one(hearing, sample_at(CALL_STACK_UNWOUND, 4, bad));
	take_one(hearing, sample_at(CALL_STACK_FRAME_POINTERS, 0, NULL));
	call_log_expect("take 4096 bytes at 600010, frame-pointers: 400100 401000 402000\n"
			"take 4096 bytes at 600010, frame-pointers: 9 400500\n"
			"take 4096 bytes at 600010, address: 400100\n"
			"take 4096 bytes at 600010, address: 400100\n"
			"take 4096 bytes at 600010, unwound: 9 400500 600500 400600\n"
			"take 4096 bytes at 600010, address: 0\n");
	hearing_end(hearing);
	address_space_destroy(space);
}

/* A sample stands for its period, times the turns of which one is listened to, times its page. */
static void samples_are_counted(void **state)
{
	const uint64_t frames[] = {0x400100};
	const unsigned char copy[8] = {0};
	struct fault_record sample = sample_at(CALL_STACK_ADDRESS, 1, frames);
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing;

	(void)state;
	reset();
	hearing = begin(space);
	script.stands_for = 17;
	take_one(hearing, sample);
	assert_int_equal(hearing->huge_bytes, 0);
	hearing->turns.one_in = 4;
	sample.stack_copy = copy;
	script.stands_for = 5;
	script.brought = 2 << 20;
	take_one(hearing, sample);
	call_log_expect("take 69632 bytes at 600010, address: 400100\n"
			"take 41943040 bytes at 600010, address: 400100\n");
	assert_int_equal(hearing->samples, 2);
	assert_int_equal(hearing->counted, 22);
	assert_int_equal(hearing->faults, 37);
	assert_int_equal(hearing->copies, 1);
	assert_int_equal(hearing->huge_bytes, 20 * (2 << 20));
	hearing_end(hearing);
	address_space_destroy(space);
}

/* What the rings say besides adds up; what changed the program asks for a snapshot. */
static void the_tally_adds_up(void **state)
{
	const uint64_t frames[] = {0x400100};
	struct fault_record sample = sample_at(CALL_STACK_ADDRESS, 1, frames);
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing;

	(void)state;
	reset();
	script.few = false; /* nothing is adapted */
	hearing = begin(space);
	for (int turn = 0; turn < 2; turn++) {
		script.tally = (struct fault_tally){.lost = 3, .began = 5};
		take_one(hearing, sample);
	}
	assert_int_equal(hearing->lost, 6);
	assert_int_equal(hearing->began, 10);
	assert_false(hearing->wants_space);
	script.tally.mapped = true;
	take_one(hearing, sample);
	assert_true(hearing->wants_space);
	assert_false(hearing->exec);
	hearing_renew(hearing, space);
	assert_false(hearing->wants_space);
	hearing->attribution.waiting_count = 1;
	take_one(hearing, sample);
	assert_true(hearing->wants_space);
	hearing->attribution.waiting_count = 0;
	hearing_renew(hearing, space);
	script.tally.exec = true;
	take_one(hearing, sample);
	assert_true(hearing->wants_space);
	assert_true(hearing->exec);
	assert_int_equal(hearing->samples, 5);
	hearing_end(hearing);
	address_space_destroy(space);
}

/* Of another program counting begins again, whether its beginning was heard or its stack tells. */
static void another_program_counts_from_zero(void **state)
{
	static const char forgotten[] = "no attribution\nattribution by 11 22\nforget copies\n"
					"renew by 2 mappings\nname in 2 mappings, hurry 0\n";
	struct address_space *space = space_of(1, 7), *other = space_of(1, 8);
	struct frame_store *store;
	struct hearing *hearing;

	(void)state;
	reset();
	hearing = begin(space);
	store = hearing->store;
	hearing->samples = hearing->lost = hearing->copies = hearing->huge_bytes = 9;
	hearing->began = hearing->varied = hearing->counted = hearing->faults = 9;
	hearing_renew(hearing, space);
	call_log_expect("renew by 2 mappings\nname in 2 mappings, hurry 0\n");
	assert_int_equal(hearing->samples, 9);
	assert_ptr_equal(hearing->store, store);
	hearing->exec = hearing->wants_space = true;
	script.now += 100;
	script.faults = 400;
	hearing_renew(hearing, space);
	call_log_expect(forgotten);
	assert_false(hearing->exec || hearing->wants_space);
	assert_int_equal(hearing->samples + hearing->lost + hearing->copies + hearing->huge_bytes,
			 0);
	assert_int_equal(hearing->began + hearing->varied + hearing->counted + hearing->faults, 0);
	assert_int_equal(hearing->began_ns, script.now);
	assert_int_equal(hearing->began_kernel_faults, 400);
	assert_non_null(hearing->store);
	hearing_renew(hearing, other);
	call_log_expect(forgotten);
	hearing_renew(hearing, other);
	call_log_expect("renew by 2 mappings\nname in 2 mappings, hurry 0\n");
	assert_int_equal(hearing->space->target.start_stack, 8);
	hearing_end(hearing);
	address_space_destroy(other);
	address_space_destroy(space);
}

static void clearing_and_steps_go_on(void **state)
{
	struct address_space *space = space_of(1, 7);
	struct hearing *hearing;

	(void)state;
	reset();
	hearing = begin(space);
	hearing->samples = 9;
	script.cpu = 0;
	script.load_error = -ESRCH;
	hearing_clear(hearing);
	hearing_step(hearing);
	call_log_expect("clear\nstep\nfind threads\n");
	assert_int_equal(hearing->samples, 0);
	assert_int_equal(hearing->began_cpu_ns, 0);
	assert_int_equal(hearing->began_kernel_faults, 0);
	hearing_end(hearing);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beginning_is_in_order),
		cmocka_unit_test(many_threads_are_looked_at_for_long),
		cmocka_unit_test(a_program_that_begins_is_not_looked_at),
		cmocka_unit_test(each_error_of_a_beginning_is_told),
		cmocka_unit_test(it_waits_for_the_end_of_the_turn),
		cmocka_unit_test(chains_end_where_no_code_is),
		cmocka_unit_test(samples_are_counted),
		cmocka_unit_test(the_tally_adds_up),
		cmocka_unit_test(another_program_counts_from_zero),
		cmocka_unit_test(clearing_and_steps_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
