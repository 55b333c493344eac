/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/address_space.h"
#include "sampler/sampler.h"
#include "sampler/source.h"

#define NEVER_NS   UINT64_MAX
#define AT_ONCE_NS 1000000

/* A source whose samples are numbered by their time; the error comes at the given turn. */
struct fake {
	struct source source;
	int turns; /* so far, only the sampler's thread uses it */
	int error_turn, error;
	int grows_turn; /* at which its mapping is larger than before; 0: never */
	int gate;       /* a descriptor: each turn reads a byte from it; -1 for none */
	int began; /* a descriptor: each turn that has a gate, and the end, writes a byte to it */
	bool destroyed;
	sigset_t blocked;
};

static int fake_read(struct source *source, struct address_space **ret_space)
{
	static const struct target target = {.pid = 1, .comm = "fake"};
	struct vma vma = {.start = 0x1000, .end = 0x2000, .name = ""};
	struct fake *fake = (struct fake *)source;
	char byte;

	fake->turns++;
	pthread_sigmask(SIG_BLOCK, NULL, &fake->blocked);
	if (fake->gate >= 0) {
		(void)!write(fake->began, "t", 1);
		(void)!read(fake->gate, &byte, 1);
	}
	if (fake->turns == fake->error_turn)
		return fake->error;
	if (fake->turns == fake->grows_turn)
		vma.end += 0x1000;
	return address_space_create(&target, &vma, 1, fake->turns, 0, ret_space);
}

static int fake_exit_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void fake_destroy(struct source *source)
{
	struct fake *fake = (struct fake *)source;

	fake->destroyed = true;
	if (fake->gate >= 0)
		(void)!write(fake->began, "d", 1);
}

static const struct source_operations operations = {
	.read = fake_read, .exit_descriptor = fake_exit_descriptor, .destroy = fake_destroy};

static struct sampler *start(struct fake *fake, uint64_t interval)
{
	struct sampler *sampler = NULL;

	const struct sampler_plan plan = {.interval_ns = interval, .budget = 1};

	fake->source.operations = &operations;
	assert_int_equal(sampler_create(&fake->source, &plan, &sampler), 0);
	return sampler;
}

static struct sample wait_for_sample(struct sampler *sampler)
{
	struct pollfd descriptor = {.fd = sampler_descriptor(sampler), .events = POLLIN};
	struct sample sample = {0};

	assert_int_equal(poll(&descriptor, 1, 10000), 1);
	assert_true(sampler_take(sampler, &sample));
	return sample;
}

/* The number of a sample, which is freed. */
static int64_t number(struct sample sample)
{
	int64_t time = sample.space ? sample.space->time_ns : sample.error;

	address_space_destroy(sample.space);
	return time;
}

static bool is_readable(const struct sampler *sampler)
{
	struct pollfd descriptor = {.fd = sampler_descriptor(sampler), .events = POLLIN};

	return poll(&descriptor, 1, 0) == 1;
}

static void samples_at_the_interval(void **state)
{
	struct fake fake = {.gate = -1};
	struct sampler *sampler = start(&fake, AT_ONCE_NS);
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		int64_t now = number(wait_for_sample(sampler));

		assert_true(now > last);
		last = now;
	}
	sampler_destroy(sampler);
	assert_true(fake.destroyed);
	assert_int_equal(sigismember(&fake.blocked, SIGTERM), 1);
	assert_int_equal(sigismember(&fake.blocked, SIGWINCH), 1);
}

static void samples_when_asked(void **state)
{
	struct fake fake = {.gate = -1};
	struct sampler *sampler = start(&fake, NEVER_NS);
	struct sample sample;

	(void)state;
	assert_false(sampler_take(sampler, &sample));
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), 1);
	assert_false(sampler_take(sampler, &sample));
	assert_false(is_readable(sampler));
	while (sampler_busy_since(sampler))
		sched_yield();
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), 2);
	sampler_destroy(sampler);
}

/* Pipes for a fake whose turns the test lets begin and end. */
struct gate {
	int enter[2], began[2];
};

static void open_gate(struct gate *gate, struct fake *fake)
{
	assert_int_equal(pipe(gate->enter), 0);
	assert_int_equal(pipe(gate->began), 0);
	fake->gate = gate->enter[0];
	fake->began = gate->began[1];
}

static void close_gate(const struct gate *gate)
{
	for (int i = 0; i < 2; i++) {
		close(gate->enter[i]);
		close(gate->began[i]);
	}
}

static char wait_for_turn(const struct gate *gate)
{
	char byte = 0;

	assert_int_equal(read(gate->began[0], &byte, 1), 1);
	return byte;
}

static void let_turn_end(const struct gate *gate)
{
	assert_int_equal(write(gate->enter[1], "x", 1), 1);
}

/* Of the one before as well that was taken when there was no sampler yet. */
static void samples_of_one_list_share_it(void **state)
{
	struct fake fake = {.gate = -1, .grows_turn = 4};
	struct address_space *spaces[4];
	struct sampler_plan plan = {.interval_ns = NEVER_NS, .budget = 1};
	struct sampler *sampler;

	(void)state;
	fake.source.operations = &operations;
	assert_int_equal(source_read(&fake.source, &spaces[0]), 0);
	plan.first = spaces[0];
	assert_int_equal(sampler_create(&fake.source, &plan, &sampler), 0);
	for (int i = 1; i < 4; i++) {
		sampler_now(sampler);
		spaces[i] = wait_for_sample(sampler).space;
		while (sampler_busy_since(sampler))
			sched_yield();
	}
	sampler_destroy(sampler);
	assert_true(address_space_same_list(spaces[0], spaces[1]));
	assert_true(address_space_same_list(spaces[0], spaces[2]));
	assert_false(address_space_same_list(spaces[0], spaces[3]));
	assert_int_equal(spaces[2]->time_ns, 3);
	assert_int_equal(vma_size(&spaces[2]->vmas[0]), 0x1000);
	assert_int_equal(vma_size(&spaces[3]->vmas[0]), 0x2000);
	for (int i = 0; i < 4; i++)
		address_space_destroy(spaces[i]);
}

static void the_newest_sample_wins(void **state)
{
	struct fake fake = {0};
	struct sampler *sampler;
	struct sample sample;
	struct gate gate;

	(void)state;
	open_gate(&gate, &fake);
	sampler = start(&fake, AT_ONCE_NS);
	for (int turn = 1; turn <= 3; turn++) {
		/* Unless it is asked for, none is taken while another one waits. */
		if (turn > 1)
			sampler_now(sampler);
		assert_int_equal(wait_for_turn(&gate), 't');
		let_turn_end(&gate);
	}
	while (sampler_busy_since(sampler)) /* until the third is published */
		sched_yield();
	assert_int_equal(number(wait_for_sample(sampler)), 3);
	assert_false(sampler_take(sampler, &sample));
	assert_false(is_readable(sampler));
	assert_int_equal(wait_for_turn(&gate), 't'); /* the next one comes by itself */
	for (int turn = 0; turn < 100; turn++)
		let_turn_end(&gate);
	sampler_destroy(sampler);
	close_gate(&gate);
}

static void the_end_is_told_once_and_is_final(void **state)
{
	struct fake fake = {.error_turn = 2, .error = -ESRCH, .gate = -1};
	struct sampler *sampler = start(&fake, NEVER_NS);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), 1);
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), -ESRCH);
	sampler_now(sampler);
	sampler_destroy(sampler);
	assert_int_equal(fake.turns, 2);
}

static void other_errors_are_told_and_passed_over(void **state)
{
	struct fake fake = {.error_turn = 1, .error = -EACCES, .gate = -1};
	struct sampler *sampler = start(&fake, NEVER_NS);

	(void)state;
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), -EACCES);
	sampler_now(sampler);
	assert_int_equal(number(wait_for_sample(sampler)), 2);
	sampler_destroy(sampler);
}

static void a_changing_image_is_no_news(void **state)
{
	struct fake fake = {.error_turn = 1, .error = -EAGAIN, .gate = -1};
	struct sampler *sampler = start(&fake, AT_ONCE_NS);

	(void)state;
	assert_true(number(wait_for_sample(sampler)) >= 2);
	sampler_destroy(sampler);
}

static void a_sample_not_taken_is_freed(void **state)
{
	struct fake fake = {.gate = -1};
	struct sampler *sampler = start(&fake, NEVER_NS);
	struct pollfd descriptor = {.fd = sampler_descriptor(sampler), .events = POLLIN};

	(void)state;
	sampler_now(sampler);
	assert_int_equal(poll(&descriptor, 1, 10000), 1);
	sampler_destroy(sampler);
	sampler_destroy(NULL);
}

static void a_thread_that_hangs_is_left_behind(void **state)
{
	struct fake fake = {0};
	struct sampler *sampler;
	struct gate gate;

	(void)state;
	open_gate(&gate, &fake);
	sampler = start(&fake, NEVER_NS);
	sampler_now(sampler);
	assert_int_equal(wait_for_turn(&gate), 't');
	assert_true(sampler_busy_since(sampler) > 0);
	sampler_destroy(sampler);
	assert_false(fake.destroyed);
	/* When it goes on after all, it cleans up. */
	let_turn_end(&gate);
	assert_int_equal(wait_for_turn(&gate), 'd');
	close_gate(&gate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(samples_at_the_interval),
		cmocka_unit_test(samples_when_asked),
		cmocka_unit_test(samples_of_one_list_share_it),
		cmocka_unit_test(the_newest_sample_wins),
		cmocka_unit_test(the_end_is_told_once_and_is_final),
		cmocka_unit_test(other_errors_are_told_and_passed_over),
		cmocka_unit_test(a_changing_image_is_no_news),
		cmocka_unit_test(a_sample_not_taken_is_freed),
		cmocka_unit_test(a_thread_that_hangs_is_left_behind),
	};

	return cmocka_run_group_tests_name("sampler", tests, NULL, NULL);
}
