/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/option_table.h"

static const struct option_row *find(const char *name)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++)
		if (!strcmp(rows[i].name, name))
			return &rows[i];
	fail_msg("no option %s", name);
	return NULL;
}

static void rows_are_whole(void **state)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct option_row *row = &rows[i];

		assert_true(row->help && *row->help);
		assert_true(row->with == OPTION_WITH_ANY || row->with_say);
		if (row->type == OPTION_ACTION) {
			assert_int_not_equal(row->action, ACTION_WATCH);
			assert_false(row->configured);
			assert_true(!row->argument || row->read);
		} else {
			assert_int_equal(row->type == OPTION_FLAG, !row->argument);
			assert_int_equal(row->type == OPTION_VALUE, row->read != NULL);
		}
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(row->name, rows[j].name);
			assert_false(row->letter && row->letter == rows[j].letter);
		}
	}
}

static void setting_is_noted(void **state)
{
	struct options options = {0};
	struct option_mistake mistake;

	(void)state;
	assert_int_equal(option_set(find("theme"), "mine", &options, &mistake), 0);
	assert_string_equal(options.theme, "mine");
	assert_true(option_is_given(find("theme"), &options));
	assert_false(option_is_given(find("delay"), &options));
	assert_int_equal(option_set(find("delay"), "0.25", &options, &mistake), 0);
	assert_int_equal(options.interval_ns, 250000000);
	assert_true(option_is_given(find("delay"), &options));
}

static void flags_go_on_and_off(void **state)
{
	struct options options = {0};
	struct option_mistake mistake;

	(void)state;
	assert_int_equal(option_set(find("no-smaps"), NULL, &options, &mistake), 0);
	assert_true(options.no_smaps);
	assert_int_equal(option_set(find("no-smaps"), "off", &options, &mistake), 0);
	assert_false(options.no_smaps);
	assert_int_equal(option_set(find("no-smaps"), "on", &options, &mistake), 0);
	assert_true(options.no_smaps);
	assert_true(option_set(find("no-smaps"), "maybe", &options, &mistake) < 0);
	assert_string_equal(mistake.allowed, "on or off");
	assert_true(options.no_smaps);
}

static void a_wrong_value_changes_nothing(void **state)
{
	struct options options = {.scale = SCALE_EQUAL};
	struct option_mistake mistake;

	(void)state;
	assert_true(option_set(find("scale"), "cubic", &options, &mistake) < 0);
	assert_int_equal(options.scale, SCALE_EQUAL);
	assert_string_equal(mistake.allowed, "log, linear or equal");
	assert_null(mistake.wrong);
	assert_int_equal(options.given, 0);
	assert_true(option_set(find("avoid"), "pidfd,sleep,x", &options, &mistake) < 0);
	assert_int_equal(options.avoid, 0);
	assert_int_equal(mistake.wrong_bytes, 5);
	assert_memory_equal(mistake.wrong, "sleep", 5);
	assert_non_null(strstr(mistake.allowed, "pagemap with commas between them"));
	assert_true(option_set(find("width"), "40.5", &options, &mistake) < 0);
	assert_string_equal(mistake.allowed, "a number from 40 to 5000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_whole),
		cmocka_unit_test(setting_is_noted),
		cmocka_unit_test(flags_go_on_and_off),
		cmocka_unit_test(a_wrong_value_changes_nothing),
	};

	return cmocka_run_group_tests_name("option_table", tests, NULL, NULL);
}
