/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/history_code.h"

static const uint64_t edges[] = {
	0,
	1,
	2,
	127,
	128,
	4095,
	4096,
	4097,
	UINT32_MAX,
	(UINT64_C(1) << 47) - 4096,
	(UINT64_C(1) << 61) + 1,
	(UINT64_C(1) << 62) - 1,
	(UINT64_C(1) << 62) + 1,
	INT64_MAX,
	UINT64_C(1) << 63,
	(UINT64_C(1) << 63) + 1,
	(UINT64_C(1) << 63) + 4096,
	UINT64_C(0xffffffffff600000),
	UINT64_MAX - 4096,
	UINT64_MAX - 4095,
	UINT64_MAX - 1,
	UINT64_MAX,
};
#define EDGES (sizeof(edges) / sizeof(edges[0]))

static struct history_cursor reader_of(const struct text *text)
{
	return (struct history_cursor){text->bytes, text->bytes + text->length};
}

static void numbers_come_back(void **state)
{
	struct text text = {0};
	struct history_cursor reader;

	(void)state;
	for (size_t i = 0; i < EDGES; i++)
		history_number_put(&text, edges[i]);
	reader = reader_of(&text);
	for (size_t i = 0; i < EDGES; i++)
		assert_true(history_number_take(&reader) == edges[i]);
	assert_ptr_equal(reader.at, reader.end);
	text_finish(&text);
}

static void distances_between_any_two_come_back(void **state)
{
	struct text text = {0};
	struct history_cursor reader;

	(void)state;
	for (size_t i = 0; i < EDGES; i++)
		for (size_t k = 0; k < EDGES; k++)
			history_delta_put(&text, edges[i], edges[k]);
	reader = reader_of(&text);
	for (size_t i = 0; i < EDGES; i++)
		for (size_t k = 0; k < EDGES; k++)
			assert_true(history_delta_take(&reader, edges[i]) == edges[k]);
	assert_ptr_equal(reader.at, reader.end);
	text_finish(&text);
}

static size_t length_of(uint64_t from, uint64_t to)
{
	struct text text = {0};
	size_t length;

	history_delta_put(&text, from, to);
	length = text.length;
	text_finish(&text);
	return length;
}

static void near_is_short(void **state)
{
	(void)state;
	assert_int_equal(length_of(7, 7), 1);
	assert_int_equal(length_of(70, 60), 1);
	assert_int_equal(length_of(UINT64_C(0x7fff00000000), UINT64_C(0x7fff00010000)), 1);
	assert_int_equal(length_of(UINT64_C(0x7fff00010000), UINT64_C(0x7fff00000000)), 1);
	assert_int_equal(length_of(0, 1000 * UINT64_C(4096)), 2);
}

static void ends_where_the_bytes_end(void **state)
{
	const char cut[] = {(char)0x81, (char)0x80};
	struct history_cursor reader = {cut, cut + 2};

	(void)state;
	assert_true(history_number_take(&reader) == 1);
	assert_true(history_number_take(&reader) == 0);
	assert_true(history_delta_take(&reader, 9) == 9);
	assert_ptr_equal(reader.at, cut + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(distances_between_any_two_come_back),
		cmocka_unit_test(near_is_short),
		cmocka_unit_test(ends_where_the_bytes_end),
	};

	return cmocka_run_group_tests_name("history_code", tests, NULL, NULL);
}
