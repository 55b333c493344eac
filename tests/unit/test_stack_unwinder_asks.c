/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How long stacks may take, and what is left when there is no reply. */

#include "fake_errands.h"

#include <errno.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/frame_unwinder.h"
#include "files/stack_unwinder.h"
#include "inside/unwind_batch.h"
#include "inside/unwind_sample.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/call_stack.h"

#if UNWIND_REGISTER_COUNT
#define ASKED "errand to 0:0\nrun, 2 s each, 4 s at most, with a descriptor\n"
#define TOOK  ASKED "2 s of processor time\n"

static int open_error;

int frame_unwinder_open(struct mapped_root *root, const struct unwind_object *objects, size_t count,
			struct frame_unwinder **ret_unwinder)
{
	(void)root, (void)objects;
	call_log_say("open %zu", count);
	if (open_error)
		return open_error;
	*ret_unwinder = memory_alloc(1);
	return 0;
}

void frame_unwinder_close(struct frame_unwinder *unwinder)
{
	call_log_say("close");
	free(unwinder);
}

void frame_unwinder_unwind(struct frame_unwinder *unwinder, const struct unwind_sample *sample,
			   struct unwind_result *ret_result)
{
	uint64_t address = unwind_sample_register(sample, UNWIND_PROGRAM_COUNTER);

	assert_non_null(unwinder);
	call_log_say("unwind %lx", (unsigned long)address);
	*ret_result = (struct unwind_result){.count = 2, .frames = {address, address + 1}};
}

static struct call_stack stacks[2];

/* Two samples, in a process without mappings. */
static int unwind(struct stack_unwinder *unwinder, int32_t pid)
{
	const struct target target = {.pid = pid, .page_size = 4096};
	uint64_t registers[2][UNWIND_REGISTER_COUNT] = {{0}};
	struct unwind_sample samples[2];
	struct address_space *space;
	int error;

	for (size_t i = 0; i < 2; i++) {
		registers[i][UNWIND_PROGRAM_COUNTER] = 0x1000 + i;
		samples[i] = (struct unwind_sample){(const unsigned char *)registers[i], NULL, 0};
		stacks[i].count = 77;
	}
	assert_int_equal(address_space_create(&target, NULL, 0, 0, 0, &space), 0);
	error = stack_unwinder_unwind(unwinder, space, samples, 2, stacks);
	address_space_destroy(space);
	return error;
}

static void assert_stacks(unsigned count)
{
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(stacks[i].count, count);
}

static struct stack_unwinder *make(void)
{
	static const struct procfs_options proc = {.root = "/proc"};
	struct stack_unwinder *unwinder;

	memset(&fake_errands, 0, sizeof(fake_errands));
	call_log_clear();
	unwinder = stack_unwinder_create(&proc);
	call_log_expect("init\n");
	return unwinder;
}

static void end(struct stack_unwinder *unwinder)
{
	call_log_clear();
	stack_unwinder_destroy(unwinder);
	call_log_expect("finish\n");
}

static void stacks_may_take_some_seconds(void **state)
{
	struct stack_unwinder *unwinder = make();

	(void)state;
	assert_int_equal(unwind(unwinder, getpid()), 0);
	call_log_expect(TOOK "open 0\nunwind 1000\nunwind 1001\nclose\n");
	assert_stacks(2);
	end(unwinder);
}

static void an_error_leaves_the_stacks_as_they_were(void **state)
{
	struct stack_unwinder *unwinder = make();

	(void)state;
	assert_int_equal(unwind(unwinder, INT32_MAX), -ENOENT);
	call_log_expect(TOOK);
	assert_stacks(77);
	fake_errands.no_file = EMFILE;
	assert_int_equal(unwind(unwinder, getpid()), -EMFILE);
	fake_errands.no_file = 0;
	call_log_expect("");
	assert_stacks(77);
	open_error = -ELIBACC;
	assert_int_equal(unwind(unwinder, getpid()), -ELIBACC);
	open_error = 0;
	call_log_expect(TOOK "open 0\n");
	assert_stacks(77);
	end(unwinder);
}

/* Of a reply that is none only the results count, which are there before it. */
static void a_reply_of_another_size_is_none(void **state)
{
	struct stack_unwinder *unwinder = make();

	(void)state;
	fake_errands.added = 1;
	assert_int_equal(unwind(unwinder, getpid()), 0);
	assert_stacks(2);
	open_error = -ELIBACC;
	assert_int_equal(unwind(unwinder, getpid()), 0);
	open_error = 0;
	assert_stacks(1);
	end(unwinder);
}

static void without_a_child_there_is_an_address_each(void **state)
{
	struct stack_unwinder *unwinder = make();

	(void)state;
	fake_errands.given_up = ERRAND_STALLED;
	assert_int_equal(unwind(unwinder, getpid()), 0);
	call_log_expect(ASKED);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(stacks[i].count, 1);
		assert_int_equal(stacks[i].frames[0], 0x1000 + i);
		assert_int_equal(stacks[i].source, CALL_STACK_ADDRESS);
	}
	/* And it is not tried again for a while. */
	fake_errands.given_up = ERRAND_WAITING;
	assert_int_equal(unwind(unwinder, getpid()), -EAGAIN);
	call_log_expect("");
	assert_stacks(77);
	end(unwinder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_may_take_some_seconds),
		cmocka_unit_test(an_error_leaves_the_stacks_as_they_were),
		cmocka_unit_test(a_reply_of_another_size_is_none),
		cmocka_unit_test(without_a_child_there_is_an_address_each),
	};

	return cmocka_run_group_tests_name("stack_unwinder_asks", tests, NULL, NULL);
}
#else
#include <stdio.h>

int main(void)
{
	puts("1..0 # SKIP stacks of this kind of machine are not unwound");
	return 0;
}
#endif
