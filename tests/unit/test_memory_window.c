/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_memory.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)

static void words_of_both_sizes_are_read(void **state)
{
	struct fake_memory memory;
	struct memory_window window;
	uint64_t word;

	(void)state;
	fake_memory_init(&memory, START, 2, 8);
	fake_memory_put(&memory, START + 8, UINT64_C(0x1122334455667788));
	memory_window_init(&window, &memory.reader, 8, 1);
	assert_true(memory_window_word(&window, START + 8, &word));
	assert_int_equal(word, UINT64_C(0x1122334455667788));
	memory_window_finish(&window);
	memory_window_init(&window, &memory.reader, 4, 1);
	assert_true(memory_window_word(&window, START + 8, &word));
	assert_int_equal(word, 0x55667788);
	memory_window_finish(&window);
	fake_memory_finish(&memory);
}

static void bytes_go_over_the_end_of_what_is_held(void **state)
{
	struct fake_memory memory;
	struct memory_window window;
	uint8_t bytes[32];

	(void)state;
	fake_memory_init(&memory, START, 3, 8);
	for (size_t i = 0; i < 3 * FAKE_PAGE; i++)
		memory.bytes[i] = (uint8_t)(i * 7);
	memory_window_init(&window, &memory.reader, 8, 1);
	assert_true(memory_window_read(&window, START + FAKE_PAGE - 16, bytes, sizeof(bytes)));
	assert_memory_equal(bytes, memory.bytes + FAKE_PAGE - 16, sizeof(bytes));
	memory_window_finish(&window);
	fake_memory_finish(&memory);
}

static void one_call_serves_all_that_is_held(void **state)
{
	struct fake_memory memory;
	struct memory_window window;
	uint64_t word;

	(void)state;
	fake_memory_init(&memory, START, 8, 8);
	memory_window_init(&window, &memory.reader, 8, 8);
	for (uint64_t at = 0; at < 8 * FAKE_PAGE; at += 8)
		assert_true(memory_window_word(&window, START + at, &word));
	assert_int_equal(memory.calls, 1);
	/* Until it is told that the target ran on. */
	memory_window_forget(&window);
	fake_memory_put(&memory, START, 5);
	assert_true(memory_window_word(&window, START, &word));
	assert_int_equal(word, 5);
	assert_int_equal(memory.calls, 2);
	memory_window_finish(&window);
	fake_memory_finish(&memory);
}

static void absent_pages_are_not_read(void **state)
{
	struct fake_memory memory;
	struct memory_window window;
	uint64_t word = 42;

	(void)state;
	fake_memory_init(&memory, START, 3, 8);
	memory.absent[1] = true;
	memory_window_init(&window, &memory.reader, 8, 4);
	assert_true(memory_window_is_present(&window, START + FAKE_PAGE - 1));
	assert_false(memory_window_is_present(&window, START + FAKE_PAGE));
	assert_true(memory_window_is_present(&window, START + 2 * FAKE_PAGE));
	assert_false(memory_window_is_present(&window, START + 3 * FAKE_PAGE));
	assert_false(memory_window_word(&window, START + FAKE_PAGE - 4, &word));
	assert_false(memory_window_word(&window, START + FAKE_PAGE, &word));
	assert_int_equal(word, 42);
	memory_window_finish(&window);
	fake_memory_finish(&memory);
}

static int fail_to_read(void *context, uint64_t address, void *bytes, size_t size,
			uint8_t *ret_absent)
{
	(void)context, (void)address, (void)bytes, (void)size, (void)ret_absent;
	return -EIO;
}

static void what_cannot_be_read_is_not_there(void **state)
{
	const struct memory_reader reader = {fail_to_read, NULL, FAKE_PAGE};
	struct memory_window window;
	uint64_t word = 42;

	(void)state;
	memory_window_init(&window, &reader, 8, 4);
	assert_false(memory_window_is_present(&window, START));
	assert_false(memory_window_is_present(&window, 0));
	assert_false(memory_window_word(&window, START, &word));
	assert_int_equal(word, 42);
	memory_window_finish(&window);
}

static void the_end_of_the_addresses_is_no_memory(void **state)
{
	struct fake_memory memory;
	struct memory_window window;
	uint64_t word;

	(void)state;
	fake_memory_init(&memory, START, 1, 8);
	memory_window_init(&window, &memory.reader, 8, 4);
	assert_false(memory_window_word(&window, UINT64_MAX - 3, &word));
	assert_false(memory_window_is_present(&window, UINT64_MAX));
	assert_false(memory_window_is_present(&window, 0));
	memory_window_finish(&window);
	fake_memory_finish(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_both_sizes_are_read),
		cmocka_unit_test(bytes_go_over_the_end_of_what_is_held),
		cmocka_unit_test(one_call_serves_all_that_is_held),
		cmocka_unit_test(absent_pages_are_not_read),
		cmocka_unit_test(what_cannot_be_read_is_not_there),
		cmocka_unit_test(the_end_of_the_addresses_is_no_memory),
	};

	return cmocka_run_group_tests_name("memory_window", tests, NULL, NULL);
}
