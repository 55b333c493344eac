/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inside/unwind_batch.h"

static unsigned char registers[UNWIND_REGISTER_COUNT * 8 + 1];

static void append(struct text *bytes)
{
	const struct unwind_batch batch = {.object_count = 1, .sample_count = 2};
	const struct unwind_object object = {
		.start = 0x1000,
		.end = 0x9000,
		.vma = {.start = 0x1000,
			.end = 0x2000,
			.offset = 0x3000,
			.inode = 77,
			.name = "/lib/a",
			.dev_major = 8,
			.dev_minor = 1,
			.perms = PERM_READ | PERM_EXEC,
			.deleted = true},
	};
	const struct unwind_sample samples[] = {{registers, (const unsigned char *)"stack", 5},
						{registers, (const unsigned char *)"", 0}};

	unwind_batch_append(bytes, &batch);
	unwind_batch_append_object(bytes, &object);
	unwind_batch_append_sample(bytes, &samples[0]);
	unwind_batch_append_sample(bytes, &samples[1]);
}

static void parts_come_back(void **state)
{
	struct text bytes = {0};
	struct unwind_object object;
	struct unwind_sample sample;
	struct unwind_batch batch;
	const char *at, *end;

	(void)state;
	append(&bytes);
	at = bytes.bytes;
	end = at + bytes.length;
	assert_int_equal(unwind_batch_take(&at, end, &batch), 0);
	assert_int_equal(batch.object_count, 1);
	assert_int_equal(batch.sample_count, 2);
	assert_int_equal(unwind_batch_take_object(&at, end, &object), 0);
	assert_int_equal(object.start, 0x1000);
	assert_int_equal(object.end, 0x9000);
	assert_int_equal(object.vma.offset, 0x3000);
	assert_int_equal(object.vma.inode, 77);
	assert_string_equal(object.vma.name, "/lib/a");
	assert_true(object.vma.deleted);
	assert_int_equal(unwind_batch_take_sample(&at, end, &sample), 0);
	assert_int_equal(sample.stack_size, 5);
	assert_memory_equal(sample.stack, "stack", 5);
	assert_int_equal(unwind_batch_take_sample(&at, end, &sample), 0);
	assert_int_equal(sample.stack_size, 0);
	assert_ptr_equal(at, end);
	assert_int_equal(unwind_batch_take_sample(&at, end, &sample), -EBADMSG);
	text_finish(&bytes);
}

/* Takes all of the bytes. Returns whether that could be done. */
static bool take_all(const char *at, const char *end)
{
	struct unwind_object object;
	struct unwind_sample sample;
	struct unwind_batch batch;

	return !unwind_batch_take(&at, end, &batch) &&
	       !unwind_batch_take_object(&at, end, &object) &&
	       !unwind_batch_take_sample(&at, end, &sample) &&
	       !unwind_batch_take_sample(&at, end, &sample);
}

static void what_is_cut_short_is_refused(void **state)
{
	struct text bytes = {0};

	(void)state;
	append(&bytes);
	assert_true(take_all(bytes.bytes, bytes.bytes + bytes.length));
	for (size_t length = 0; length < bytes.length; length++)
		assert_false(take_all(bytes.bytes, bytes.bytes + length));
	text_finish(&bytes);
}

static void stacks_are_cut_to_a_bound(void **state)
{
	static const unsigned char stack[UNWIND_STACK_MAX + 1];
	const struct unwind_sample sample = {registers, stack, sizeof(stack)};
	struct unwind_sample taken;
	struct text bytes = {0};
	const char *at;
	uint64_t size = UNWIND_STACK_MAX + 1;

	(void)state;
	unwind_batch_append_sample(&bytes, &sample);
	at = bytes.bytes;
	assert_int_equal(unwind_batch_take_sample(&at, at + bytes.length, &taken), 0);
	assert_int_equal(taken.stack_size, UNWIND_STACK_MAX);
	memcpy(bytes.bytes, &size, sizeof(size));
	at = bytes.bytes;
	assert_int_equal(unwind_batch_take_sample(&at, at + bytes.length, &taken), -EBADMSG);
	text_finish(&bytes);
}

static void results_are_stacks(void **state)
{
	struct unwind_result result = {.count = 2, .frames = {0x11, 0x22}};
	struct call_stack stack;

	(void)state;
	assert_int_equal(unwind_result_take(&result, &stack), 0);
	assert_int_equal(stack.count, 2);
	assert_int_equal(stack.frames[1], 0x22);
	assert_int_equal(stack.source, CALL_STACK_UNWOUND);
	result.count = 1;
	assert_int_equal(unwind_result_take(&result, &stack), 0);
	assert_int_equal(stack.source, CALL_STACK_ADDRESS);
	result.count = 0;
	assert_int_equal(unwind_result_take(&result, &stack), -EBADMSG);
	result.count = CALL_STACK_FRAMES_MAX + 1;
	assert_int_equal(unwind_result_take(&result, &stack), -EBADMSG);
	result.count = UINT64_MAX;
	assert_int_equal(unwind_result_take(&result, &stack), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_come_back),
		cmocka_unit_test(what_is_cut_short_is_refused),
		cmocka_unit_test(stacks_are_cut_to_a_bound),
		cmocka_unit_test(results_are_stacks),
	};

	return cmocka_run_group_tests_name("unwind_batch", tests, NULL, NULL);
}
