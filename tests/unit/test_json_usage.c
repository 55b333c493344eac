/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "model/usage.h"
#include "report/json_usage.h"

static void expect(json_t *object, const char *expected)
{
	char *text = json_dumps(object, JSON_COMPACT);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
	json_decref(object);
}

static void all_members_of_a_mapping(void **state)
{
	const struct usage usage = {.rss = 1,
				    .swap = 2,
				    .hugetlb = 11,
				    .pss = 3,
				    .uss = 4,
				    .private_dirty = 5,
				    .shared_dirty = 6,
				    .referenced = 7,
				    .anonymous = 8,
				    .huge = 9,
				    .locked = 10,
				    .page_size = 4096,
				    .flags = 3};
	json_t *names = json_usage_flag_names(), *object = json_object();

	(void)state;
	json_usage_set(object, &usage, names);
	json_decref(names);
	expect(object, "{\"rss\":1,\"swap\":2,\"hugetlb\":11,\"pss\":3,\"uss\":4,"
		       "\"private_dirty\":5,"
		       "\"shared_dirty\":6,\"referenced\":7,\"anonymous\":8,\"huge\":9,"
		       "\"locked\":10,\"flags\":[\"rd\",\"wr\"]}");
}

static void what_is_not_known_is_null(void **state)
{
	json_t *names = json_usage_flag_names(), *object = json_object();

	(void)state;
	json_usage_set(object, NULL, names);
	json_decref(names);
	expect(object, "{\"rss\":null,\"swap\":null,\"hugetlb\":null,\"pss\":null,\"uss\":null,"
		       "\"private_dirty\":null,\"shared_dirty\":null,\"referenced\":null,"
		       "\"anonymous\":null,\"huge\":null,\"locked\":null,\"flags\":null}");
}

static void members_of_a_sum(void **state)
{
	struct usage usage = usage_unknown();
	json_t *object = json_object();

	(void)state;
	usage.rss = 5;
	usage.swap = 0;
	usage.hugetlb = 4194304;
	json_usage_set_sum(object, &usage);
	expect(object, "{\"rss\":5,\"pss\":null,\"swap\":0,\"hugetlb\":4194304}");
	object = json_object();
	json_usage_set_sum(object, NULL);
	expect(object, "{\"rss\":null,\"pss\":null,\"swap\":null,\"hugetlb\":null}");
}

static void every_flag_has_its_place(void **state)
{
	json_t *names = json_usage_flag_names();
	size_t count = 0;

	(void)state;
	for (; usage_flag_name(count); count++) {
		struct usage usage = usage_unknown();
		json_t *object = json_object(), *flags;

		usage.flags = UINT64_C(1) << count;
		json_usage_set(object, &usage, names);
		flags = json_object_get(object, "flags");
		assert_int_equal(json_array_size(flags), 1);
		assert_string_equal(json_string_value(json_array_get(flags, 0)),
				    usage_flag_name(count));
		json_decref(object);
	}
	assert_int_equal(json_array_size(names), count);
	json_decref(names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_members_of_a_mapping),
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(members_of_a_sum),
		cmocka_unit_test(every_flag_has_its_place),
	};

	return cmocka_run_group_tests_name("json_usage", tests, NULL, NULL);
}
