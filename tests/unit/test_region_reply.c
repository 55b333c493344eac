/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "procfs/region_reply.h"

#define START 0x10000
#define END   0x20000

/* What is said of a reply with these regions, and how far the walk went. */
static int check(struct page_region *regions, int64_t count, uint64_t *walked)
{
	struct region_reply reply = {START, END, *walked};
	int error = region_reply_check(&reply, regions, count, 4);

	if (!error)
		*walked = reply.walked;
	return error;
}

static void what_lies_where_was_asked_is_taken(void **state)
{
	struct page_region regions[] = {
		{START, 0x11000, 1}, {0x11000, 0x12000, 2}, {0x1f000, END, 1}};
	uint64_t walked = END;

	(void)state;
	assert_int_equal(check(regions, 3, &walked), 0);
	assert_true(walked == END && regions[2].end == END);
	walked = 0x13000;
	assert_int_equal(check(regions, 2, &walked), 0);
	assert_true(walked == 0x13000);
	assert_int_equal(check(regions, 0, &walked), 0);
}

static void what_does_not_is_refused(void **state)
{
	static const struct page_region wrong[][2] = {
		{{0xf000, 0x11000, 1}, {0x12000, 0x13000, 1}}, /* begins below */
		{{0x11000, 0x12000, 1}, {END, 0x21000, 1}},    /* begins above */
		{{0x11000, 0x13000, 1}, {0x12000, 0x14000, 1}},
		{{0x12000, 0x13000, 1}, {0x11000, 0x12000, 1}},
		{{0x11000, 0x11000, 1}, {0x12000, 0x13000, 1}},
		{{0x12000, 0x11000, 1}, {0x12000, 0x13000, 1}},
	};
	struct page_region many[5] = {{START, 0x11000, 1}};
	uint64_t walked = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct page_region regions[] = {wrong[i][0], wrong[i][1]};

		assert_int_equal(check(regions, 2, &walked), -EBADMSG);
	}
	for (uint64_t i = 0; i < 5; i++)
		many[i] = (struct page_region){START + i * 0x1000, START + (i + 1) * 0x1000, 1};
	assert_int_equal(check(many, 4, &walked), 0);
	walked = 7;
	assert_int_equal(check(many, 5, &walked), -EBADMSG);
	assert_int_equal(check(many, -1, &walked), -EBADMSG);
	assert_true(walked == 7);
}

static void a_region_ends_where_was_asked(void **state)
{
	struct page_region regions[] = {{START, 0x11000, 1}, {0x1f000, 0x200000, 1}};
	uint64_t walked = 0x1f000;

	(void)state;
	assert_int_equal(check(regions, 2, &walked), 0);
	assert_true(regions[1].end == END && walked == END);
	/* Nothing lies behind one that does not. */
	regions[0].end = END + 1;
	assert_int_equal(check(regions, 2, &walked), -EBADMSG);
}

static void a_walk_gets_on(void **state)
{
	static const uint64_t vain[] = {0, START, END + 1, UINT64_MAX};
	struct page_region region = {0x11000, 0x14000, 1};
	uint64_t walked;

	(void)state;
	for (size_t i = 0; i < sizeof(vain) / sizeof(vain[0]); i++) {
		walked = vain[i];
		assert_int_equal(check(&region, 1, &walked), 0);
		assert_true(walked == END);
	}
	/* What was found is not walked again. */
	walked = 0x12000;
	assert_int_equal(check(&region, 1, &walked), 0);
	assert_true(walked == 0x14000);
}

static void a_mapping_is_that_of_the_address(void **state)
{
	(void)state;
	assert_int_equal(region_reply_check_mapping(START, END, START, 0), 0);
	assert_int_equal(region_reply_check_mapping(START, END, END - 1, 0), 0);
	assert_int_equal(region_reply_check_mapping(START, END, END, 0), -EBADMSG);
	assert_int_equal(region_reply_check_mapping(START, END, START - 1, 0), -EBADMSG);
	assert_int_equal(region_reply_check_mapping(START, END, START - 1, 1), 0);
	assert_int_equal(region_reply_check_mapping(START, END, END, 1), -EBADMSG);
	assert_int_equal(region_reply_check_mapping(START, START, START - 1, 1), -EBADMSG);
	assert_int_equal(region_reply_check_mapping(END, START, START, 1), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lies_where_was_asked_is_taken),
		cmocka_unit_test(what_does_not_is_refused),
		cmocka_unit_test(a_region_ends_where_was_asked),
		cmocka_unit_test(a_walk_gets_on),
		cmocka_unit_test(a_mapping_is_that_of_the_address),
	};

	return cmocka_run_group_tests_name("region_reply", tests, NULL, NULL);
}
