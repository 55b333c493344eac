/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/pattern.h"

static int match(const char *expression, const char *bytes, size_t length)
{
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;
	uint64_t steps = PATTERN_STEPS_A_KEY;
	int result;

	assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	result = pattern_match(pattern, bytes, length, &steps);
	pattern_destroy(pattern);
	return result;
}

static int match_string(const char *expression, const char *string)
{
	return match(expression, string, strlen(string));
}

static void finds_a_part(void **state)
{
	(void)state;
	assert_int_equal(match_string("li.c", "/usr/lib/libc.so.6"), 1);
	assert_int_equal(match_string("^libc", "/usr/lib/libc.so.6"), 0);
	assert_int_equal(match_string("", ""), 1);
}

static void upper_case_makes_case_count(void **state)
{
	(void)state;
	assert_int_equal(match_string("heap", "[HEAP]"), 1);
	assert_int_equal(match_string("Heap", "[heap]"), 0);
	assert_int_equal(match_string("\\Seap", "[HEAP]"), 1);
	assert_int_equal(match_string("\xc3\xa9t\xc3\xa9", "\xc3\x89T\xc3\x89"), 1);
}

static void any_bytes_are_safe(void **state)
{
	(void)state;
	assert_int_equal(match("b$",
			       "a\0\xff\xfe"
			       "b",
			       5),
			 1);
	assert_int_equal(match("\xff", "a\xff", 2), 1);
	assert_int_equal(match("^...$", "\xc3\xa9\xc3\xa9\xc3\xa9", 6), 1);
}

static void tells_the_mistake_and_where(void **state)
{
	struct pattern_mistake mistake = {0};
	struct pattern *pattern = NULL;

	(void)state;
	assert_int_equal(pattern_create("ab(c", &pattern, &mistake), -EINVAL);
	assert_null(pattern);
	assert_int_equal(mistake.offset, 4);
	assert_non_null(strstr(mistake.message, "parenthesis"));
}

static void an_exploding_pattern_is_given_up(void **state)
{
	char many[4096];

	(void)state;
	memset(many, 'a', sizeof(many));
	assert_int_equal(match("^(a+)+$b|(a*)*(a*)*(a*)*c\\1", many, sizeof(many)), -ELOOP);
}

static void matches_share_a_number_of_steps(void **state)
{
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;
	uint64_t steps = 100, before;

	(void)state;
	assert_int_equal(pattern_create("(x+x+)+[yz]", &pattern, &mistake), 0);
	assert_int_equal(pattern_match(pattern, "xxxxxxxxx", 9, &steps), -ELOOP);
	assert_int_equal(pattern_match(pattern, "xxy", 3, &steps), -ELOOP);
	before = steps = 10000;
	assert_int_equal(pattern_match(pattern, "xxy", 3, &steps), 1);
	assert_in_range(steps, 1, before - 1);
	before = steps;
	assert_int_equal(pattern_match(pattern, "a", 1, &steps), 0);
	assert_in_range(steps, 1, before - 1);
	pattern_destroy(pattern);
}

/* Bytes that are passed over count too. */
static void long_strings_take_more_steps(void **state)
{
	static const char expression[] = ".++b|.++c|[bc]$";
	uint64_t few = 100000, many = 100000;
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;
	char bytes[6400];

	(void)state;
	memset(bytes, 'a', sizeof(bytes));
	assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	assert_int_equal(pattern_match(pattern, bytes, 640, &few), 0);
	assert_int_equal(pattern_match(pattern, bytes, sizeof(bytes), &many), -ELOOP);
	pattern_destroy(pattern);
}

static void knows_what_looks_back(void **state)
{
	static const char *const back[] = {"^a", "\\ba", "(?<=/)a", "(*UCP)a"};
	struct pattern_mistake mistake;
	struct pattern *pattern = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++) {
		assert_int_equal(pattern_create(back[i], &pattern, &mistake), 0);
		assert_true(pattern_looks_back(pattern));
		pattern_destroy(pattern);
	}
	assert_int_equal(pattern_create("lib(c|m).*so$", &pattern, &mistake), 0);
	assert_false(pattern_looks_back(pattern));
	pattern_destroy(pattern);
}

static void knows_what_each_match_has(void **state)
{
	static const struct {
		const char *expression;
		bool other;
	} cases[] = {
		{"l", true},     {"lib", true},     {"an", true},      {"anon", true},
		{"xa*", true},   {"[heap]", false}, {"\\[heap", true}, {"a", false},
		{"A", false},    {"7f0", false},    {"a|l", false},    {"l?a", false},
		{"", false},     {".*", false},     {"ab.*so", true},  {"b-7", false},
		{"(?i)L", true}, {"L", true},       {"e*", false},     {"(?!l)", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pattern_mistake mistake;
		struct pattern *pattern = NULL;

		assert_int_equal(pattern_create(cases[i].expression, &pattern, &mistake), 0);
		if (pattern_needs_other(pattern, "0123456789abcdef-") != cases[i].other)
			fail_msg("%s", cases[i].expression);
		pattern_destroy(pattern);
	}
}

static void destroying_nothing_is_allowed(void **state)
{
	(void)state;
	pattern_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_a_part),
		cmocka_unit_test(upper_case_makes_case_count),
		cmocka_unit_test(any_bytes_are_safe),
		cmocka_unit_test(tells_the_mistake_and_where),
		cmocka_unit_test(an_exploding_pattern_is_given_up),
		cmocka_unit_test(matches_share_a_number_of_steps),
		cmocka_unit_test(long_strings_take_more_steps),
		cmocka_unit_test(knows_what_looks_back),
		cmocka_unit_test(knows_what_each_match_has),
		cmocka_unit_test(destroying_nothing_is_allowed),
	};

	return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
