/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/field.h"
#include "model/identity.h"
#include "model/usage.h"
#include "support/sample.h"

static size_t find_heap(const struct address_space *space)
{
	return address_space_find(space, space->target.start_brk);
}

static void expect_text(enum field field, const struct field_subject *subject, const char *expected)
{
	struct text text = {0};

	field_append(field, subject, &text);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void every_field_is_told(void **state)
{
	struct address_space *space = sample_python();
	const struct usage usage = usage_unknown();
	const struct field_subject subject = {space, find_heap(space), &usage, NULL};
	uint64_t number;

	(void)state;
	for (enum field field = 0; field < FIELD_COUNT; field++) {
		struct text text = {0};

		assert_non_null(field_name(field));
		assert_true(strlen(field_help(field)) > 0 && strlen(field_unit(field)) > 0);
		for (enum field other = 0; other < field; other++)
			assert_string_not_equal(field_name(field), field_name(other));
		if (field_type(field) == FIELD_TEXT)
			field_append(field, &subject, &text);
		else
			(void)field_number(field, &subject, &number);
		text_finish(&text);
	}
	address_space_destroy(space);
}

static void values_of_a_mapping(void **state)
{
	struct address_space *space = sample_python();
	struct usage usage = usage_unknown();
	const struct field_subject subject = {space, find_heap(space), &usage, NULL};
	uint64_t number;

	(void)state;
	assert_true(field_number(FIELD_PID, &subject, &number));
	assert_int_equal(number, 20712);
	assert_true(field_number(FIELD_START, &subject, &number));
	assert_int_equal(number, space->target.start_brk);
	assert_false(field_number(FIELD_TID, &subject, &number));
	expect_text(FIELD_KIND, &subject, "heap");
	expect_text(FIELD_NAME, &subject, "[heap]");
	expect_text(FIELD_PERMS, &subject, "rw-p");
	expect_text(FIELD_DEV, &subject, "00:00");
	expect_text(FIELD_DELETED, &subject, "false");
	expect_text(FIELD_FLAGS, &subject, "");
	usage.flags = usage_flag_bit("rd") | usage_flag_bit("wr");
	expect_text(FIELD_FLAGS, &subject, "rd wr");
	address_space_destroy(space);
}

static void what_is_not_known_is_no_number(void **state)
{
	struct address_space *space = sample_python();
	struct usage usage = usage_unknown();
	const struct field_subject known = {space, 0, &usage, NULL},
				   unknown = {space, 0, NULL, NULL};
	uint64_t number = 1;

	(void)state;
	for (enum field field = FIELD_RSS; field <= FIELD_LOCKED; field++) {
		assert_false(field_number(field, &unknown, &number));
		assert_false(field_number(field, &known, &number));
	}
	assert_false(field_number(FIELD_GROWTH, &unknown, &number));
	assert_int_equal(number, 1);
	usage.pss = 0;
	assert_true(field_number(FIELD_PSS, &known, &number));
	assert_int_equal(number, 0);
	assert_true(field_needs_smaps(FIELD_PSS));
	assert_false(field_needs_smaps(FIELD_RSS));
	address_space_destroy(space);
}

static void growth_may_be_negative(void **state)
{
	struct address_space *small = sample_python(), *large = sample_python_grown(8192);
	struct identity identity;
	struct field_subject subject = {.growth = &identity};
	uint64_t number;

	(void)state;
	identity_init(&identity, small, large);
	subject.space = large;
	subject.vma = find_heap(large);
	assert_true(field_number(FIELD_GROWTH, &subject, &number));
	assert_int_equal((int64_t)number, 8192);
	identity_finish(&identity);
	identity_init(&identity, large, small);
	subject.space = small;
	subject.vma = find_heap(small);
	assert_true(field_number(FIELD_GROWTH, &subject, &number));
	assert_int_equal((int64_t)number, -8192);
	identity_finish(&identity);
	address_space_destroy(small);
	address_space_destroy(large);
}

static void lists_of_names(void **state)
{
	static const struct {
		const char *names;
		size_t offset, length;
	} wrong[] = {{"", 0, 0},        {"rss,", 4, 0},         {",rss", 0, 0},
		     {"rss,Rss", 4, 3}, {"rss,size,rss", 9, 3}, {"rs", 0, 2},
		     {"rss size", 0, 8}};
	struct field_list list = {0};
	const char *at;
	size_t length;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(field_list_parse(wrong[i].names, &list, &at, &length), -EINVAL);
		assert_ptr_equal(at, wrong[i].names + wrong[i].offset);
		assert_int_equal(length, wrong[i].length);
		assert_int_equal(list.count, 0);
	}
	assert_int_equal(field_list_parse("name,rss", &list, &at, &length), 0);
	assert_int_equal(list.count, 2);
	field_list_lead(&list, FIELD_RSS);
	assert_int_equal(list.count, 2);
	field_list_lead(&list, FIELD_PID);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.fields[0], FIELD_PID);
	assert_int_equal(list.fields[1], FIELD_NAME);
	assert_int_equal(list.fields[2], FIELD_RSS);
}

/* Each amount is the one of its name. */
static void amounts_are_fields_of_the_usage(void **state)
{
	static const struct {
		enum field field;
		size_t offset;
	} fields[] = {
		{FIELD_RSS, offsetof(struct usage, rss)},
		{FIELD_SWAP, offsetof(struct usage, swap)},
		{FIELD_HUGETLB, offsetof(struct usage, hugetlb)},
		{FIELD_PSS, offsetof(struct usage, pss)},
		{FIELD_USS, offsetof(struct usage, uss)},
		{FIELD_PRIVATE_DIRTY, offsetof(struct usage, private_dirty)},
		{FIELD_SHARED_DIRTY, offsetof(struct usage, shared_dirty)},
		{FIELD_REFERENCED, offsetof(struct usage, referenced)},
		{FIELD_ANONYMOUS, offsetof(struct usage, anonymous)},
		{FIELD_HUGE, offsetof(struct usage, huge)},
		{FIELD_LOCKED, offsetof(struct usage, locked)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct usage usage = {0};

		*(uint64_t *)((char *)&usage + fields[i].offset) = 7;
		for (size_t j = 0; j < sizeof(fields) / sizeof(fields[0]); j++)
			assert_int_equal(field_of_usage(fields[j].field, &usage), i == j ? 7 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_is_told),
		cmocka_unit_test(values_of_a_mapping),
		cmocka_unit_test(what_is_not_known_is_no_number),
		cmocka_unit_test(growth_may_be_negative),
		cmocka_unit_test(lists_of_names),
		cmocka_unit_test(amounts_are_fields_of_the_usage),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
