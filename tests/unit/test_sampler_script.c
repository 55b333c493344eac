/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "model/address_space.h"
#include "sampler_turns.h"

/* What the thread does in a turn, with what its schedule and its source reply. */

/* With nothing due but pulses. */
static void a_pulse_that_differs_is_told(void **state)
{
	struct pulse pulses[4];

	(void)state;
	turn("turn moved 1\nlook\nnotify\n"); /* what was before the first one is not known */
	turn("turn moved 0\nlook\n");
	script.pulse.resident++;
	turn("turn moved 0\nlook\nnotify\n");
	script.pulse.heap++;
	turn("turn moved 1\nlook\nnotify\n");
	assert_int_equal(sampler_take_pulses(sampler, pulses, 4), 4);
	call_log_expect("clear\n");
	assert_int_equal(pulses[3].heap, 1);
	assert_int_equal(sampler_take_pulses(sampler, pulses, 4), 0);
	call_log_clear();
	/* One that fails is none, and has moved. */
	script.pulse_error = -EIO;
	turn("turn moved 1\nlook\n");
	assert_int_equal(sampler_take_pulses(sampler, pulses, 4), 0);
	call_log_clear();
	script.pulse_error = -ENOTSUP;
	turn("without pulses\nturn moved 1\nlook\n");
	script.pulses_had = 0;
	turn_of("spent 0, own 0\n", "turn moved 1\nlook\n");
	assert_int_equal(script.pulses_had, 0);
	turn_of("spent 0, own 0\n", "turn moved 1\nlook\n");
}

/* With a quick list, once; a list that takes longer is not waited for. */
static void a_list_tells_of_its_pulse(void **state)
{
	(void)state;
	script.due = true;
	script.schedule->cost = 2000000;
	turn("turn moved 1\nread\npulse\nlisted at 2000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 1);
	script.schedule->cost++;
	script.pulse.shared++;
	turn("turn moved 0\nnotify\nread\npulse\nlisted at 4000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 2);
	turn("turn moved 0\nread\npulse\nlisted at 6000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 3);
	assert_int_equal(take_sample(), 0);
}

/* What all else cost since the list before it began is that of the process without that list, and
 * what of it the thread did. */
static void what_else_costs_is_told(void **state)
{
	(void)state;
	script.process += 7;
	script_cost(2);
	turn_of("pulse\nspent 9, own 2\n", "turn moved 1\nlook\nnotify\n");
	script.due = true;
	script.process += 4;
	turn_of("pulse\nspent 13, own 2\n",
		"turn moved 0\nread\npulse\nlisted at 4000, 5, moved 0\nnotify\n");
	script.due = false;
	script.process += 9;
	turn_of("pulse\nspent 9, own 0\n", "turn moved 0\nlook\n");
}

/* What changed while the list was read may be missing from it. */
static void a_pulse_that_moves_meanwhile_has_it_listed_again(void **state)
{
	struct pulse pulses[4];

	(void)state;
	script.due = true;
	script.grows = 1;
	turn("turn moved 1\nread\npulse\nlisted at 2000, 5, moved 1\nnotify\n");
	assert_int_equal(sampler_take_pulses(sampler, pulses, 4), 2);
	assert_int_equal(pulses[1].data, 1);
	call_log_clear();
	/* A second one that there is not. */
	script.after_error = -EIO;
	turn("turn moved 0\nread\npulse\nlisted at 4000, 5, moved 0\nnotify\n");
	script.after_error = 0;
	/* Without a pulse before there is none behind. */
	script.pulse_error = -EIO;
	turn("turn moved 1\nread\nlisted at 6000, 5, moved 0\nnotify\n");
}

static void an_image_that_changes_is_no_news(void **state)
{
	(void)state;
	script.due = true;
	script.read_error = -EAGAIN;
	turn("turn moved 1\nread\nlisted at 2000, 5, moved 1\n");
	assert_int_equal(take_sample(), 0);
	script.read_error = -EACCES;
	turn("turn moved 0\nread\nlisted at 4000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), -EACCES);
	script.read_error = -ESRCH;
	turn("turn moved 0\nread\nlisted at 6000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), -ESRCH);
	assert_int_equal(script.waits, 0); /* it has ended by itself */
}

static void the_last_list_is_the_end(void **state)
{
	struct sample sample;

	(void)state;
	script.due = script.over = true;
	turn("turn moved 1\nread\npulse\nlisted at 2000, 5, moved 0\nnotify\n");
	assert_true(sampler_take(sampler, &sample));
	assert_true(sample.last);
	address_space_destroy(sample.space);
	assert_int_equal(script.waits, 0);
}

/* The pulses before and behind say between which sizes a list is whole. */
static void a_torn_list_is_read_again(void **state)
{
	(void)state;
	script.due = true;
	script.sizes[0] = script.pulse.size - 4096;
	turn("turn moved 1\nread\npulse\nread\npulse\nlisted at 2000, 10, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 2);
	/* The second one is taken, whatever it is like, and is learnt from where it is the same. */
	script.sizes[2] = script.sizes[3] = script.sizes[4] = script.pulse.size - 4096;
	turn("turn moved 0\nread\npulse\nread\npulse\nlisted at 4000, 10, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 4);
	turn("turn moved 0\nread\npulse\nlisted at 6000, 5, moved 0\nnotify\n");
	assert_int_equal(take_sample(), 5);
	script.again_error = -EIO;
	turn("turn moved 0\nread\npulse\nread\nlisted at 8000, 10, moved 0\nnotify\n");
	assert_int_equal(take_sample(), -EIO);
}

static void looks_have_it_listed(void **state)
{
	(void)state;
	script.pulse_error = -EIO;
	script.look_due = true;
	script.print = 5;
	turn("turn moved 1\nlook\nlook at 0\nlooked 0 at 2000, 3, moved 1\n");
	turn("turn moved 1\nlook\nlook at 0\nlooked 0 at 4000, 3, moved 0\n");
	script.look_error = SOURCE_IDLE;
	script.print++;
	turn("turn moved 1\nlook\nlook at 0\nlooked 0 at 6000, 0, moved 0\n");
	script.look_error = -ESRCH;
	script.print--;
	turn("turn moved 1\nlook\nlook at 0\nlooked 0 at 8000, 3, moved 1\n");
	script.look_error = -ENOTSUP;
	script.list_for_look = true;
	turn("turn moved 1\nlook\nlook at 0\nwithout looks 0\n");
	script.look_error = 0;
	turn("turn moved 1\nlook\nlook at 0\nlooked 0 at 12000, 3, moved 0\nread\n"
	     "listed at 12000, 5, moved 0\nnotify\n");
	/* Of each level what was seen before is known by itself. */
	script.list_for_look = false;
	script.level = COVERAGE_CODE;
	turn("turn moved 1\nlook\nlook at 1\nlooked 1 at 14000, 3, moved 1\n");
	turn("turn moved 1\nlook\nlook at 1\nlooked 1 at 16000, 3, moved 0\n");
	/* With a list that is due anyway there is none. */
	script.due = true;
	turn("turn moved 1\nread\nlisted at 18000, 5, moved 0\nnotify\n");
}

static void a_sample_that_is_asked_for_is_taken(void **state)
{
	(void)state;
	sampler_now(sampler);
	call_log_expect("wake\n");
	script.asked = true;
	turn("turn moved 1\nread\npulse\nlisted at 0, 5, moved 0\nnotify\n");
	script.asked = false;
	turn("turn moved 0\nlook\n"); /* once */
}

static void each_sample_may_share_the_list_before_it(void **state)
{
	struct address_space *spaces[3];

	(void)state;
	script.due = true;
	for (int i = 0; i < 3; i++) {
		struct sample sample;

		script.pulse.size += i == 2 ? 4096 : 0;
		script_turn();
		assert_true(sampler_take(sampler, &sample));
		spaces[i] = sample.space;
	}
	assert_true(address_space_same_list(spaces[0], spaces[1]));
	assert_false(address_space_same_list(spaces[1], spaces[2]));
	/* One that is not taken is replaced. */
	script_turn();
	script_turn();
	call_log_clear();
	assert_int_equal(take_sample(), 5);
	for (int i = 0; i < 3; i++)
		address_space_destroy(spaces[i]);
}

/* Until it is taken; then the next one may have been due for long. */
static void a_list_waits_to_be_taken(void **state)
{
	struct sample sample;

	(void)state;
	assert_false(script.held);
	script.due = true;
	script_turn();
	assert_true(script.held);
	call_log_clear();
	assert_int_equal(take_sample(), 1);
	assert_false(script.held);
	script.follows = true;
	assert_int_equal(take_sample(), 0);
	script_turn();
	call_log_clear();
	assert_true(sampler_take(sampler, &sample));
	call_log_expect("clear\nwake\n");
	address_space_destroy(sample.space);
	/* Pulses are not waited for. */
	script.due = false;
	script_turn();
	assert_false(script.held);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_pulse_that_differs_is_told),
		TEST(a_list_tells_of_its_pulse),
		TEST(what_else_costs_is_told),
		TEST(a_pulse_that_moves_meanwhile_has_it_listed_again),
		TEST(an_image_that_changes_is_no_news),
		TEST(the_last_list_is_the_end),
		TEST(a_torn_list_is_read_again),
		TEST(looks_have_it_listed),
		TEST(a_sample_that_is_asked_for_is_taken),
		TEST(each_sample_may_share_the_list_before_it),
		TEST(a_list_waits_to_be_taken),
	};

	return cmocka_run_group_tests_name("sampler_script", tests, NULL, NULL);
}
