/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "ui/pane/bytes_held.h"

#define PAGE 4096

static void bytes_that_are_others_have_changed(void **state)
{
	uint8_t bytes[8] = {1, 2, 3, 4, 5, 6, 7, 8}, byte = 0xee;
	const uint8_t present = 0, absent = 1;
	struct bytes_held held = {0};

	(void)state;
	assert_int_equal(bytes_held_get(&held, 0, &byte), BYTE_UNKNOWN);
	assert_false(bytes_held_lacks(&held));
	bytes_held_take(&held, 0x1000, bytes, 8, &present, PAGE);
	assert_false(bytes_held_lacks(&held));
	assert_int_equal(bytes_held_get(&held, 0x1003, &byte), BYTE_SAME);
	assert_int_equal(byte, 4);
	bytes[3] = 9;
	bytes_held_take(&held, 0x1000, bytes, 8, &present, PAGE);
	assert_int_equal(bytes_held_get(&held, 0x1003, &byte), BYTE_CHANGED);
	assert_int_equal(byte, 9);
	assert_int_equal(bytes_held_get(&held, 0x1004, &byte), BYTE_SAME);
	bytes_held_take(&held, 0x1000, bytes, 8, &present, PAGE);
	assert_int_equal(bytes_held_get(&held, 0x1003, &byte), BYTE_SAME);
	/* Elsewhere only what was known before can change. */
	bytes_held_take(&held, 0x1004, bytes, 8, &present, PAGE);
	assert_int_equal(bytes_held_get(&held, 0x1004, &byte), BYTE_CHANGED);
	assert_int_equal(bytes_held_get(&held, 0x1008, &byte), BYTE_SAME);
	assert_int_equal(bytes_held_get(&held, 0x1003, &byte), BYTE_UNKNOWN);
	assert_int_equal(bytes_held_get(&held, 0x100c, &byte), BYTE_UNKNOWN);
	/* What comes and goes has not changed. */
	bytes_held_take(&held, 0x1004, bytes, 8, &absent, PAGE);
	byte = 0xee;
	assert_int_equal(bytes_held_get(&held, 0x1004, &byte), BYTE_ABSENT);
	assert_true(bytes_held_lacks(&held));
	assert_int_equal(byte, 0xee);
	bytes_held_take(&held, 0x1004, bytes, 8, &present, PAGE);
	assert_int_equal(bytes_held_get(&held, 0x1004, &byte), BYTE_SAME);
}

static void a_word_is_known_when_all_of_it_is(void **state)
{
	const uint64_t number = UINT64_C(0x1122334455667788);
	const uint8_t absent = 2;
	struct bytes_held held = {0};
	uint64_t word = 7;
	uint32_t half;

	(void)state;
	/* Eight bytes before the end of a page, and the next one absent. */
	bytes_held_take(&held, 0x1ff8, (const uint8_t[16]){0}, 16, &absent, PAGE);
	memcpy(held.bytes, &number, sizeof(number));
	memcpy(&half, &number, sizeof(half));
	assert_true(bytes_held_word(&held, 0x1ff8, 8, &word));
	assert_true(word == number);
	assert_true(bytes_held_word(&held, 0x1ff8, 4, &word));
	assert_true(word == half);
	word = 7;
	assert_false(bytes_held_word(&held, 0x1ffc, 8, &word));
	assert_false(bytes_held_word(&held, 0x2000, 8, &word));
	assert_false(bytes_held_word(&held, UINT64_MAX - 3, 8, &word));
	assert_int_equal(word, 7);
}

static void no_more_is_held_than_there_is_room_for(void **state)
{
	static uint8_t bytes[2 * BYTES_HELD_MAX];
	const uint8_t present = 0;
	struct bytes_held held = {0};
	uint8_t byte;

	(void)state;
	bytes_held_take(&held, 0, bytes, sizeof(bytes), &present, PAGE);
	assert_int_equal(bytes_held_get(&held, BYTES_HELD_MAX - 1, &byte), BYTE_SAME);
	assert_int_equal(bytes_held_get(&held, BYTES_HELD_MAX, &byte), BYTE_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_that_are_others_have_changed),
		cmocka_unit_test(a_word_is_known_when_all_of_it_is),
		cmocka_unit_test(no_more_is_held_than_there_is_room_for),
	};

	return cmocka_run_group_tests_name("bytes_held", tests, NULL, NULL);
}
