/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "hearing_script.h"

/* What samples stand for after a rest; the rest of it is in test_hearing_samples.c. */

static const struct hash_key key = {{3, 4}};

static struct address_space *space;
static struct heard heard;

static int begin(void **state)
{
	(void)state;
	script_reset();
	space = script_space(1, 7);
	heard_init(&heard, &key, &script_options, 0);
	call_log_expect("attribution by 3 4\ncopies\nopen huge pages\n");
	heard.space = space;
	return 0;
}

static int end(void **state)
{
	(void)state;
	heard_finish(&heard);
	call_log_expect("close huge pages\nno attribution\nno copies\n");
	address_space_destroy(space);
	return 0;
}

static void take(uint64_t counted)
{
	const struct fault_record sample = {
		.address = 0x600010,
		.stack = {.source = CALL_STACK_ADDRESS, .count = 1, .frames = {0x400100}}};

	heard_take(&heard, &sample, counted);
}

static void without_a_rest_nothing_is_made_up(void **state)
{
	(void)state;
	take(3);
	heard.owed = 100;
	take(3);
	heard.factor = 8;
	heard.owed = 0;
	take(3);
	call_log_expect("take 12288 bytes at 600010, address: 400100\n"
			"take 12288 bytes at 600010, address: 400100\n"
			"take 12288 bytes at 600010, address: 400100\n");
	assert_int_equal(heard.samples, 3);
	assert_int_equal(heard.faults, 9);
	assert_int_equal(heard.counted, 9);
	assert_int_equal(heard.rested, 0);
}

/* A sample stands for the rest, too, but only for what the kernel counted there. */
static void samples_stand_for_the_rest_before(void **state)
{
	(void)state;
	heard.one_in = 2;
	heard.factor = 3.1875; /* 8 faults: half as many again as 17.5 of the rest */
	heard.owed = 36;
	take(4);
	assert_int_equal(heard.faults, 34);
	assert_int_equal(heard.counted, 4);
	assert_int_equal(heard.rested, 26);
	assert_int_equal(heard.owed, 10);
	take(4);
	assert_int_equal(heard.faults, 52);
	assert_int_equal(heard.rested, 36);
	assert_int_equal(heard.owed, 0);
	take(4);
	assert_int_equal(heard.faults, 60);
	assert_int_equal(heard.huge_bytes, 0);
	script.brought = 8192;
	heard.owed = 26;
	take(4);
	assert_int_equal(heard.huge_bytes, 34 * 8192);
	call_log_expect("take 139264 bytes at 600010, address: 400100\n"
			"take 73728 bytes at 600010, address: 400100\n"
			"take 32768 bytes at 600010, address: 400100\n"
			"take 278528 bytes at 600010, address: 400100\n");
	/* Parts of a fault are rounded. */
	heard.one_in = 1;
	heard.owed = 9;
	heard.factor = 1.34;
	take(1);
	assert_int_equal(heard.owed, 8);
	heard.factor = 1.33;
	take(1);
	assert_int_equal(heard.owed, 8);
	call_log_clear();
}

static void counts_can_be_cleared_or_all_forgotten(void **state)
{
	static const struct fault_tally tally = {.lost = 2, .began = 3, .mapped = true};

	(void)state;
	heard_add(&heard, &tally);
	assert_int_equal(heard.lost, 2);
	assert_int_equal(heard.began, 3);
	assert_true(heard.wants_space);
	assert_false(heard.exec);
	heard_add(&heard, &(const struct fault_tally){.exec = true});
	heard_add(&heard, &tally);
	assert_true(heard.exec);
	heard.lost = heard.began = 0;
	heard.factor = 2;
	heard.owed = heard.unheard = 9;
	take(3);
	call_log_clear();
	heard_clear(&heard);
	call_log_expect("");
	assert_int_equal(heard.samples + heard.lost + heard.copies + heard.counted + heard.faults +
				 heard.rested + heard.unheard + heard.owed + heard.huge_bytes +
				 heard.began,
			 0);
	assert_true(heard.wants_space);
	take(3);
	call_log_clear();
	heard_forget(&heard, &(const struct hash_key){{5, 6}});
	call_log_expect("no attribution\nattribution by 5 6\nforget copies\n");
	assert_int_equal(heard.samples, 0);
	heard_unwind(&heard, (struct stack_unwinder *)&key);
	call_log_expect("unwind copies\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_a_rest_nothing_is_made_up),
		TEST(samples_stand_for_the_rest_before),
		TEST(counts_can_be_cleared_or_all_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
