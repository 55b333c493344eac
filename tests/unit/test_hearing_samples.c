/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "hearing_script.h"

/* What is done with each sample, and with another program. */

/* It waits until the turn is over, and no longer. */
static void it_waits_for_the_end_of_the_turn(void **state)
{
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing;

	(void)state;
	script_reset();
	hearing = script_begin(space);
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
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing;

	(void)state;
	script_reset();
	hearing = script_begin(space);
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
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing;

	(void)state;
	script_reset();
	hearing = script_begin(space);
	script.stands_for = 17;
	take_one(hearing, sample);
	assert_int_equal(hearing->heard.huge_bytes, 0);
	hearing->turns.one_in = 4;
	sample.stack_copy = copy;
	script.stands_for = 5;
	script.brought = 2 << 20;
	take_one(hearing, sample);
	call_log_expect("take 69632 bytes at 600010, address: 400100\n"
			"take 41943040 bytes at 600010, address: 400100\n");
	assert_int_equal(hearing->heard.samples, 2);
	assert_int_equal(hearing->heard.counted, 22);
	assert_int_equal(hearing->heard.faults, 37);
	assert_int_equal(hearing->heard.copies, 1);
	assert_int_equal(hearing->heard.huge_bytes, 20 * (2 << 20));
	hearing_end(hearing);
	address_space_destroy(space);
}

/* What the rings say besides adds up; what changed the program asks for a snapshot. */
static void the_tally_adds_up(void **state)
{
	const uint64_t frames[] = {0x400100};
	struct fault_record sample = sample_at(CALL_STACK_ADDRESS, 1, frames);
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing;

	(void)state;
	script_reset();
	script.few = false; /* nothing is adapted */
	hearing = script_begin(space);
	for (int turn = 0; turn < 2; turn++) {
		script.tally = (struct fault_tally){.lost = 3, .began = 5};
		take_one(hearing, sample);
	}
	assert_int_equal(hearing->heard.lost, 6);
	assert_int_equal(hearing->heard.began, 10);
	assert_false(hearing->heard.wants_space);
	script.tally.mapped = true;
	take_one(hearing, sample);
	assert_true(hearing->heard.wants_space);
	assert_false(hearing->heard.exec);
	hearing_renew(hearing, space);
	assert_false(hearing->heard.wants_space);
	hearing->heard.attribution.waiting_count = 1;
	take_one(hearing, sample);
	assert_true(hearing->heard.wants_space);
	hearing->heard.attribution.waiting_count = 0;
	hearing_renew(hearing, space);
	script.tally.exec = true;
	take_one(hearing, sample);
	assert_true(hearing->heard.wants_space);
	assert_true(hearing->heard.exec);
	assert_int_equal(hearing->heard.samples, 5);
	hearing_end(hearing);
	address_space_destroy(space);
}

/* Of another program counting begins again, whether its beginning was heard or its stack tells. */
static void another_program_counts_from_zero(void **state)
{
	static const char forgotten[] = "no attribution\nattribution by 11 22\nforget copies\n"
					"look at switches\n"
					"renew by 2 mappings\nname in 2 mappings, hurry 0\n";
	struct address_space *space = script_space(1, 7), *other = script_space(1, 8);
	struct frame_store *store;
	struct hearing *hearing;

	(void)state;
	script_reset();
	hearing = script_begin(space);
	store = hearing->store;
	hearing->heard.samples = hearing->heard.lost = hearing->heard.copies =
		hearing->heard.huge_bytes = 9;
	hearing->heard.began = hearing->varied = hearing->heard.counted = hearing->heard.faults = 9;
	hearing_renew(hearing, space);
	call_log_expect("renew by 2 mappings\nname in 2 mappings, hurry 0\n");
	assert_int_equal(hearing->heard.samples, 9);
	assert_ptr_equal(hearing->store, store);
	hearing->heard.exec = hearing->heard.wants_space = true;
	script.now += 100;
	script.faults = 400;
	hearing_renew(hearing, space);
	call_log_expect(forgotten);
	assert_false(hearing->heard.exec || hearing->heard.wants_space);
	assert_int_equal(hearing->heard.samples + hearing->heard.lost + hearing->heard.copies +
				 hearing->heard.huge_bytes,
			 0);
	assert_int_equal(hearing->heard.began + hearing->varied + hearing->heard.counted +
				 hearing->heard.faults,
			 0);
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
	struct address_space *space = script_space(1, 7);
	struct hearing *hearing;

	(void)state;
	script_reset();
	hearing = script_begin(space);
	hearing->heard.samples = 9;
	script.cpu = 0;
	script.load_error = -ESRCH;
	hearing_clear(hearing);
	script.now += HEARING_STEP_NS;
	hearing_step(hearing);
	call_log_expect("clear\nlook at switches\n1 steps\nfind threads\n");
	assert_int_equal(hearing->heard.samples, 0);
	assert_int_equal(hearing->began_cpu_ns, 0);
	assert_int_equal(hearing->began_kernel_faults, 0);
	hearing_end(hearing);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_waits_for_the_end_of_the_turn),
		cmocka_unit_test(chains_end_where_no_code_is),
		cmocka_unit_test(samples_are_counted),
		cmocka_unit_test(the_tally_adds_up),
		cmocka_unit_test(another_program_counts_from_zero),
		cmocka_unit_test(clearing_and_steps_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
