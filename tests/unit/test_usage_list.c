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

static void fields_that_are_the_same_for_all_take_no_memory(void **state)
{
	struct usage one = resident(4096, TARGET_UNKNOWN), other = resident(8192, 1024);
	struct usage_list list = {0};

	(void)state;
	usage_list_reserve(&list, 1000);
	for (size_t i = 0; i < 1000; i++)
		usage_list_append(&list, &one);
	assert_int_equal(usage_list_bytes(&list), 0);
	usage_list_set(&list, 5, &other);
	/* rss and pss */
	assert_int_equal(usage_list_bytes(&list), 1000 * 2 * 4);
	for (size_t i = 0; i < 1000; i++)
		assert_usage(&list, i, i == 5 ? other : one);
	usage_list_trim(&list);
	assert_usage(&list, 5, other);
	usage_list_set(&list, 5, &one);
	usage_list_trim(&list);
	assert_int_equal(usage_list_bytes(&list), 0);
	for (size_t i = 0; i < 1000; i++)
		assert_usage(&list, i, one);
	usage_list_finish(&list);
}

/* Any value comes back, be it no number of kB, or beyond what four bytes hold. */
static void every_value_is_kept(void **state)
{
	static const uint64_t values[] = {
		0,
		1,
		1023,
		1024,
		UINT32_MAX,
		(UINT64_C(1) << 42) - 2048,
		UINT64_C(1) << 42,
		(UINT64_C(1) << 42) - 1024,
		UINT64_MAX - 1,
		UINT64_MAX,
		UINT64_C(1) << 63,
		UINT32_MAX - 1,
	};
	const size_t count = sizeof(values) / sizeof(values[0]);

	(void)state;
	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; b < count; b++) {
			struct usage usages[3] = {resident(values[a], values[b]), usage_unknown(),
						  resident(values[b], values[a])};
			struct usage_list list = {0};

			usages[0].flags = usages[2].key = values[a];
			usages[1].flags = usages[0].key = values[b];
			for (size_t i = 0; i < 3; i++)
				usage_list_append(&list, &usages[i]);
			for (size_t i = 0; i < 3; i++)
				assert_usage(&list, i, usages[i]);
			usage_list_set(&list, 1, &usages[2]);
			assert_usage(&list, 0, usages[0]);
			assert_usage(&list, 1, usages[2]);
			usage_list_finish(&list);
		}
}

static void what_is_new_is_as_the_last(void **state)
{
	struct usage one = resident(1024, 2048), other = resident(1, 2);
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 0);
	usage_list_resize(&list, 2);
	assert_usage(&list, 1, usage_unknown());
	usage_list_set(&list, 0, &other);
	usage_list_set(&list, 1, &one);
	usage_list_resize(&list, 100);
	assert_int_equal(list.count, 100);
	assert_usage(&list, 0, other);
	for (size_t i = 1; i < 100; i++)
		assert_usage(&list, i, one);
	usage_list_resize(&list, 1);
	usage_list_append(&list, &one);
	assert_usage(&list, 0, other);
	assert_usage(&list, 1, one);
	/* After none nothing is known, whatever was before: the same for all, or not. */
	usage_list_fill(&list, USAGE_FIELD(swap), 0, 2, 4096);
	usage_list_resize(&list, 0);
	usage_list_resize(&list, 2);
	assert_usage(&list, 0, usage_unknown());
	assert_usage(&list, 1, usage_unknown());
	usage_list_finish(&list);
}

static void usages_are_taken_from_other_lists(void **state)
{
	struct usage one = resident(4096, TARGET_UNKNOWN), other = resident(2, 7);
	struct usage_list plain, told, slice;

	(void)state;
	usage_list_init(&plain, 4);
	usage_list_init(&told, 4);
	for (size_t i = 0; i < 4; i++) {
		usage_list_set(&plain, i, &one);
		usage_list_set(&told, i, &other);
	}
	usage_list_take(&told, 1, &plain, 0, 2);
	assert_usage(&told, 0, other);
	assert_usage(&told, 1, one);
	assert_usage(&told, 2, one);
	assert_usage(&told, 3, other);
	usage_list_take(&plain, 0, &told, 3, 1);
	assert_usage(&plain, 0, other);
	assert_usage(&plain, 1, one);
	slice = usage_list_slice(&told, 2, 2);
	assert_usage(&slice, 0, one);
	assert_usage(&slice, 1, other);
	usage_list_finish(&slice);
	slice = usage_list_slice(&told, 4, 0);
	assert_int_equal(slice.count, 0);
	assert_true(slice.made);
	usage_list_finish(&slice);
	/* Within a list, also where both places overlap. */
	usage_list_take(&told, 1, &told, 0, 3);
	assert_usage(&told, 1, other);
	assert_usage(&told, 2, one);
	assert_usage(&told, 3, one);
	usage_list_finish(&plain);
	usage_list_finish(&told);
}

static void differences_are_found(void **state)
{
	struct usage one = resident(4096, TARGET_UNKNOWN), other = resident(8192, 1);
	struct usage_list a, b;

	(void)state;
	usage_list_init(&a, 200);
	usage_list_init(&b, 130);
	assert_true(usage_list_differences(&a, &b, 64) == 0);
	usage_list_set(&a, 0, &one);
	usage_list_set(&a, 63, &one);
	usage_list_set(&b, 129, &other);
	assert_true(usage_list_differences(&a, &b, 0) == (1 | UINT64_C(1) << 63));
	assert_true(usage_list_differences(&a, &b, 63) == 1);
	assert_true(usage_list_differences(&a, &b, 128) == 2);
	assert_true(usage_list_differences(&a, &b, 130) == 0);
	usage_list_set(&b, 63, &one);
	usage_list_set(&b, 0, &other);
	assert_true(usage_list_differences(&a, &b, 0) == 1);
	usage_list_finish(&a);
	usage_list_finish(&b);
}

static uint64_t rss(const struct usage_list *list, size_t index)
{
	return usage_list_get(list, index).rss;
}

static void what_only_residency_tells_is_appended(void **state)
{
	struct usage usage = usage_unknown();
	struct usage_list list = {0};

	(void)state;
	usage_list_append_memory(&list, &usage);
	usage.rss = 4096;
	usage_list_append_memory(&list, &usage);
	assert_true(list.count == 2 && list.made && !list.smaps);
	assert_true(usage_list_get(&list, 0).rss == TARGET_UNKNOWN);
	assert_true(usage_list_get(&list, 1).rss == 4096);
	assert_true(usage_list_get(&list, 1).pss == TARGET_UNKNOWN);
	usage_list_finish(&list);
}

static void fields_are_filled(void **state)
{
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 4);
	usage_list_fill(&list, USAGE_FIELD(rss), 1, 2, TARGET_UNKNOWN);
	assert_int_equal(usage_list_bytes(&list), 0);
	usage_list_fill(&list, USAGE_FIELD(rss), 1, 2, 4096);
	assert_true(rss(&list, 0) == TARGET_UNKNOWN && rss(&list, 1) == 4096);
	assert_true(rss(&list, 2) == 4096 && rss(&list, 3) == TARGET_UNKNOWN);
	assert_false(list.smaps);
	usage_list_fill(&list, USAGE_FIELD(rss), 0, 4, 1);
	assert_true(rss(&list, 0) == 1 && rss(&list, 3) == 1);
	assert_int_equal(usage_list_bytes(&list), 0);
	usage_list_fill(&list, USAGE_FIELD(pss), 3, 1, TARGET_UNKNOWN);
	assert_false(list.smaps);
	usage_list_fill(&list, USAGE_FIELD(pss), 3, 1, 5);
	assert_true(list.smaps);
	assert_true(usage_list_get(&list, 3).pss == 5);
	assert_true(usage_list_get(&list, 2).pss == TARGET_UNKNOWN);
	usage_list_finish(&list);
}

static void usages_are_repeated(void **state)
{
	const struct usage one = resident(4096, 3), other = resident(8192, 4);
	struct usage_list list;

	(void)state;
	usage_list_init(&list, 5);
	usage_list_repeat(&list, 0, 0);
	usage_list_set(&list, 0, &one);
	usage_list_set(&list, 1, &other);
	usage_list_repeat(&list, 2, 2);
	assert_true(rss(&list, 1) == 8192 && rss(&list, 2) == 8192 && rss(&list, 3) == 8192);
	assert_true(usage_list_get(&list, 3).pss == 4);
	assert_true(rss(&list, 4) == TARGET_UNKNOWN);
	usage_list_repeat(&list, 0, 2);
	assert_true(rss(&list, 0) == TARGET_UNKNOWN && rss(&list, 1) == TARGET_UNKNOWN);
	assert_true(rss(&list, 2) == 8192);
	usage_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_first_nothing_is_known),
		cmocka_unit_test(fields_that_are_the_same_for_all_take_no_memory),
		cmocka_unit_test(every_value_is_kept),
		cmocka_unit_test(what_is_new_is_as_the_last),
		cmocka_unit_test(usages_are_taken_from_other_lists),
		cmocka_unit_test(differences_are_found),
		cmocka_unit_test(what_only_residency_tells_is_appended),
		cmocka_unit_test(fields_are_filled),
		cmocka_unit_test(usages_are_repeated),
	};

	return cmocka_run_group_tests_name("usage_list", tests, NULL, NULL);
}
