/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/target.h"
#include "model/usage_list.h"

static struct usage resident(uint64_t rss, uint64_t pss)
{
	struct usage usage = usage_unknown();

	usage.rss = rss;
	usage.pss = pss;
	return usage;
}

static void assert_usage(const struct usage_list *list, size_t index, struct usage expected)
{
	struct usage usage = usage_list_get(list, index);

	assert_memory_equal(&usage, &expected, sizeof(usage));
}

static void at_first_nothing_is_known(void **state)
{
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 3);
	assert_int_equal(list.count, 3);
	for (size_t i = 0; i < 3; i++)
		assert_usage(&list, i, usage_unknown());
	usage_list_finish(&list);
	assert_int_equal(usage_list_bytes(&list), 0);
}

static void what_smaps_reports_takes_memory_once_it_is_known(void **state)
{
	struct usage one = resident(1, TARGET_UNKNOWN), other = resident(2, 7);
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 1000);
	usage_list_set(&list, 4, &one);
	assert_int_equal(usage_list_bytes(&list), 1000 * 32);
	usage_list_set(&list, 5, &other);
	assert_int_equal(usage_list_bytes(&list), 1000 * sizeof(struct usage));
	assert_usage(&list, 3, usage_unknown());
	assert_usage(&list, 4, one);
	assert_usage(&list, 5, other);
	usage_list_set(&list, 5, &one);
	assert_usage(&list, 5, one);
	usage_list_finish(&list);
}

static void what_is_new_is_unknown(void **state)
{
	struct usage one = resident(1, 2);
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 2);
	usage_list_set(&list, 0, &one);
	usage_list_set(&list, 1, &one);
	usage_list_resize(&list, 1);
	usage_list_resize(&list, 100);
	assert_usage(&list, 0, one);
	for (size_t i = 1; i < 100; i++)
		assert_usage(&list, i, usage_unknown());
	usage_list_finish(&list);
}

static void usages_are_taken_from_another_list(void **state)
{
	struct usage one = resident(1, TARGET_UNKNOWN), other = resident(2, 7);
	struct usage_list plain, told, slice;

	(void)state;
	usage_list_init(&plain, 4);
	usage_list_init(&told, 4);
	for (size_t i = 0; i < 4; i++) {
		usage_list_set(&plain, i, &one);
		usage_list_set(&told, i, &other);
	}
	/* What smaps did not report is unknown where it was known. */
	usage_list_take(&told, 1, &plain, 0, 2);
	assert_usage(&told, 0, other);
	assert_usage(&told, 1, one);
	assert_usage(&told, 2, one);
	assert_usage(&told, 3, other);
	usage_list_take(&plain, 0, &told, 3, 1);
	assert_usage(&plain, 0, other);
	assert_usage(&plain, 1, one);
	slice = usage_list_slice(&told, 2, 2);
	assert_int_equal(slice.count, 2);
	assert_usage(&slice, 0, one);
	assert_usage(&slice, 1, other);
	usage_list_finish(&slice);
	slice = usage_list_slice(&told, 4, 0);
	assert_int_equal(slice.count, 0);
	usage_list_finish(&slice);
	usage_list_finish(&plain);
	usage_list_finish(&told);
}

static void equal_usages_are_the_same_however_they_are_kept(void **state)
{
	struct usage one = resident(1, TARGET_UNKNOWN), other = resident(1, 7);
	struct usage_list a, b;

	(void)state;
	usage_list_init(&a, 2);
	usage_list_init(&b, 2);
	usage_list_set(&a, 0, &one);
	assert_false(usage_list_same(&a, &b, 0));
	usage_list_set(&b, 0, &one);
	assert_true(usage_list_same(&a, &b, 0));
	usage_list_set(&b, 1, &other);
	assert_true(usage_list_same(&a, &b, 0));
	assert_false(usage_list_same(&a, &b, 1));
	usage_list_set(&a, 1, &one);
	assert_false(usage_list_same(&a, &b, 1));
	usage_list_set(&a, 1, &other);
	assert_true(usage_list_same(&a, &b, 1));
	usage_list_finish(&a);
	usage_list_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_first_nothing_is_known),
		cmocka_unit_test(what_smaps_reports_takes_memory_once_it_is_known),
		cmocka_unit_test(what_is_new_is_unknown),
		cmocka_unit_test(usages_are_taken_from_another_list),
		cmocka_unit_test(equal_usages_are_the_same_however_they_are_kept),
	};

	return cmocka_run_group_tests_name("usage_list", tests, NULL, NULL);
}
