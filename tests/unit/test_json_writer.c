/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>

#include "json_written.h"
#include "random_space.h"

static void every_value(struct json_writer *writer)
{
	json_writer_object(writer, NULL);
	json_writer_null(writer, "null");
	json_writer_boolean(writer, "yes", true);
	json_writer_boolean(writer, "no", false);
	json_writer_number(writer, "number", 4096);
	json_writer_signed(writer, "signed", -4096);
	json_writer_string(writer, "string", "/usr/lib");
	json_writer_hex(writer, "hex", 0xffffffffff600000);
	json_writer_object(writer, "object");
	json_writer_end(writer);
	json_writer_array(writer, "array");
	json_writer_number(writer, NULL, 1);
	json_writer_array(writer, NULL);
	json_writer_end(writer);
	json_writer_object(writer, NULL);
	json_writer_string(writer, "a\n", "");
	json_writer_end(writer);
	json_writer_end(writer);
	json_writer_end(writer);
}

static json_t *every_value_of_jansson(void)
{
	return json_pack("{s:n,s:b,s:b,s:i,s:i,s:s,s:s,s:{},s:[i,[],{s:s}]}", "null", "yes", 1,
			 "no", 0, "number", 4096, "signed", -4096, "string", "/usr/lib", "hex",
			 "0xffffffffff600000", "object", "array", 1, "a\n", "");
}

static void bytes_are_those_of_jansson(void **state)
{
	char *compact = json_written_dump(every_value_of_jansson(), JSON_COMPACT);
	char *lines = json_written_dump(every_value_of_jansson(), JSON_INDENT(1));
	struct json_written written;

	(void)state;
	every_value(json_written_start(&written, false));
	json_written_expect(&written, compact);
	every_value(json_written_start(&written, true));
	json_written_expect(&written, lines);
	free(compact);
	free(lines);
}

static void a_text_is_one_value_of_any_kind(void **state)
{
	struct json_written written;

	(void)state;
	json_writer_null(json_written_start(&written, true), NULL);
	json_written_expect(&written, "null\n");
	json_writer_array(json_written_start(&written, true), NULL);
	json_writer_end(&written.writer);
	json_written_expect(&written, "[]\n");
}

static void check_number(uint64_t number)
{
	struct json_written written;
	json_t *value, *expected;

	json_writer_number(json_written_start(&written, false), NULL, number);
	assert_int_equal(json_writer_finish(&written.writer), 0);
	value = json_loads(text_string(&written.text), JSON_DECODE_ANY, NULL);
	expected =
		number <= INT64_MAX ? json_integer((json_int_t)number) : json_real((double)number);
	assert_true(json_equal(value, expected));
	json_decref(value);
	json_decref(expected);
	text_finish(&written.text);
}

static void numbers_beyond_an_integer_are_exact_reals(void **state)
{
	struct json_written written;

	(void)state;
	for (int bit = 0; bit < 64; bit++) {
		check_number(UINT64_C(1) << bit);
		check_number((UINT64_C(1) << bit) - 1);
	}
	check_number(UINT64_MAX);
	json_writer_number(json_written_start(&written, false), NULL, UINT64_MAX);
	json_written_expect(&written, "1.8446744073709551615e19\n");
	json_writer_number(json_written_start(&written, false), NULL, INT64_MAX);
	json_written_expect(&written, "9223372036854775807\n");
	json_writer_number(json_written_start(&written, false), NULL, UINT64_C(1) << 63);
	json_written_expect(&written, "9.223372036854775808e18\n");
	json_writer_signed(json_written_start(&written, false), NULL, INT64_MIN);
	json_written_expect(&written, "-9223372036854775808\n");
	json_writer_signed(json_written_start(&written, false), NULL, INT64_MAX);
	json_written_expect(&written, "9223372036854775807\n");
}

static void decimals_have_a_digit_on_either_side(void **state)
{
	static const struct {
		uint64_t number;
		unsigned places;
		const char *text;
	} examples[] = {
		{0, 1, "0.0\n"},
		{0, 6, "0.0\n"},
		{5, 1, "0.5\n"},
		{1, 6, "0.000001\n"},
		{1000000, 6, "1.0\n"},
		{100000, 6, "0.1\n"},
		{1234500, 6, "1.2345\n"},
		{120000000, 6, "120.0\n"},
		{UINT64_MAX, 19, "1.8446744073709551615\n"},
		{1, 19, "0.0000000000000000001\n"},
	};
	struct json_written written;

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		json_writer_decimal(json_written_start(&written, false), NULL, examples[i].number,
				    examples[i].places);
		json_written_expect(&written, examples[i].text);
	}
}

static void memory_does_not_depend_on_the_length(void **state)
{
	struct json_written written;
	json_t *value;

	(void)state;
	json_writer_array(json_written_start(&written, true), NULL);
	for (int i = 0; i < 100000; i++)
		json_writer_number(&written.writer, NULL, 1000000);
	json_writer_end(&written.writer);
	assert_int_equal(json_writer_finish(&written.writer), 0);
	/* Each time as good as full. */
	assert_true(written.takes < written.text.length / (JSON_WRITER_BYTES - 1000));
	value = json_loads(text_string(&written.text), 0, NULL);
	assert_int_equal(json_array_size(value), 100000);
	json_decref(value);
	text_finish(&written.text);
}

static void an_error_of_the_taker_is_kept(void **state)
{
	struct json_written written;

	(void)state;
	json_writer_array(json_written_start(&written, false), NULL);
	written.error = -ENOSPC;
	assert_false(json_writer_failed(&written.writer));
	for (size_t i = 0; i < JSON_WRITER_BYTES; i++)
		json_writer_number(&written.writer, NULL, i);
	assert_true(json_writer_failed(&written.writer));
	assert_int_equal(json_writer_finish(&written.writer), -ENOSPC);
	assert_int_equal(written.takes, 1);
	json_writer_null(json_written_start(&written, false), NULL);
	written.error = -EPIPE;
	assert_int_equal(json_writer_finish(&written.writer), -EPIPE);
}

/* After what() on a writer that is in an object in an array, nothing more is written. */
static void check_misuse(void (*what)(struct json_writer *writer))
{
	struct json_written written;
	struct json_writer *writer = json_written_start(&written, false);

	json_writer_array(writer, NULL);
	json_writer_object(writer, NULL);
	json_writer_number(writer, "a", 1);
	what(writer);
	assert_true(json_writer_failed(writer));
	json_writer_number(writer, "b", 2);
	json_writer_end(writer);
	json_writer_end(writer);
	assert_int_equal(json_writer_finish(writer), -EINVAL);
	assert_string_equal(text_string(&written.text), "");
	text_finish(&written.text);
}

static void write_without_name(struct json_writer *writer)
{
	json_writer_number(writer, NULL, 1);
}

static void begin_without_name(struct json_writer *writer)
{
	json_writer_array(writer, NULL);
}

static void write_element_with_name(struct json_writer *writer)
{
	json_writer_end(writer);
	json_writer_string(writer, "a", "b");
}

static void begin_second_text(struct json_writer *writer)
{
	json_writer_end(writer);
	json_writer_end(writer);
	json_writer_object(writer, NULL);
}

static void end_nothing(struct json_writer *writer)
{
	json_writer_end(writer);
	json_writer_end(writer);
	json_writer_end(writer);
}

static void begin_too_many(struct json_writer *writer)
{
	for (unsigned i = 2; i <= JSON_WRITER_DEPTH; i++)
		json_writer_object(writer, "a");
}

static void what_does_not_fit_is_an_error(void **state)
{
	struct json_written written;

	(void)state;
	check_misuse(write_without_name);
	check_misuse(begin_without_name);
	check_misuse(write_element_with_name);
	check_misuse(begin_second_text);
	check_misuse(end_nothing);
	check_misuse(begin_too_many);
	/* Nothing, and not the whole. */
	assert_int_equal(json_writer_finish(json_written_start(&written, true)), -EINVAL);
	json_writer_array(json_written_start(&written, true), NULL);
	assert_int_equal(json_writer_finish(&written.writer), -EINVAL);
	json_writer_null(json_written_start(&written, true), "a");
	assert_int_equal(json_writer_finish(&written.writer), -EINVAL);
}

/* One call of any kind, which mostly fits; its name differs from those of all others. */
static void call_something(struct json_writer *writer, struct random *random, int number)
{
	static const char *const strings[] = {"", "x", "\"\\\xff", "\n\xc3\xa9"};
	bool member = writer->depth && writer->objects >> (writer->depth - 1) & 1;
	char name[16], *given;

	snprintf(name, sizeof(name), "%d\n", number);
	given = member != (random_below(random, 50) == 0) ? name : NULL;
	switch (random_below(random, 10)) {
	case 0:
	case 1: json_writer_object(writer, given); break;
	case 2: json_writer_array(writer, given); break;
	case 3:
	case 4: json_writer_end(writer); break;
	case 5: json_writer_boolean(writer, given, number % 2); break;
	case 6: json_writer_number(writer, given, random_magnitude(random, UINT64_MAX)); break;
	case 7:
		json_writer_decimal(writer, given, random_magnitude(random, UINT64_MAX),
				    1 + (unsigned)random_below(random, 19));
		break;
	case 8: json_writer_hex(writer, given, random_next(random)); break;
	default: json_writer_string(writer, given, strings[random_below(random, 4)]);
	}
}

/* Up to so many calls, and an end for each container that they left open. */
static void call_anything(struct json_writer *writer, struct random *random, int calls)
{
	if (random_below(random, 4))
		json_writer_array(writer, NULL);
	for (int call = 0; call < calls; call++)
		call_something(writer, random, call);
	while (writer->depth && !json_writer_failed(writer))
		json_writer_end(writer);
}

static void any_calls_give_json_or_an_error(void **state)
{
	struct random random = {2};
	int good = 0, bad = 0;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct json_written written;
		json_t *value;

		call_anything(json_written_start(&written, i % 2), &random,
			      1 + (int)random_below(&random, 30));
		if (json_writer_finish(&written.writer)) {
			bad++;
		} else {
			value = json_loadb(written.text.bytes, written.text.length,
					   JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
			assert_non_null(value);
			json_decref(value);
			good++;
		}
		text_finish(&written.text);
	}
	assert_true(good > 1000 && bad > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_those_of_jansson),
		cmocka_unit_test(a_text_is_one_value_of_any_kind),
		cmocka_unit_test(numbers_beyond_an_integer_are_exact_reals),
		cmocka_unit_test(decimals_have_a_digit_on_either_side),
		cmocka_unit_test(memory_does_not_depend_on_the_length),
		cmocka_unit_test(an_error_of_the_taker_is_kept),
		cmocka_unit_test(what_does_not_fit_is_an_error),
		cmocka_unit_test(any_calls_give_json_or_an_error),
	};

	return cmocka_run_group_tests_name("json_writer", tests, NULL, NULL);
}
