/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "app/option_readers.h"
#include "app/option_table.h"
#include "app/options.h"

static void values_set_their_fields(void **state)
{
	struct option_mistake mistake;
	struct options options = {0};

	(void)state;
	assert_int_equal(option_readers_delay(&options, "0.25", &mistake), 0);
	assert_true(options.interval_ns == 250000000);
	assert_int_equal(option_readers_budget(&options, "2.5", &mistake), 0);
	assert_true(options.budget > 0.0249 && options.budget < 0.0251);
	assert_int_equal(option_readers_history(&options, "64M", &mistake), 0);
	assert_true(options.history == 64 << 20);
	assert_int_equal(option_readers_samples(&options, "7", &mistake), 0);
	assert_true(options.samples == 7);
	assert_int_equal(option_readers_width(&options, "132", &mistake), 0);
	assert_int_equal(options.width, 132);
	assert_int_equal(option_readers_height(&options, "50", &mistake), 0);
	assert_int_equal(options.height, 50);
	assert_int_equal(option_readers_format(&options, "json", &mistake), 0);
	assert_int_equal(options.format, FORMAT_JSON);
	assert_int_equal(option_readers_background(&options, "dark", &mistake), 0);
	assert_true(options.dark);
	assert_int_equal(option_readers_fields(&options, "name,rss", &mistake), 0);
	assert_int_equal(options.fields.count, 2);
	assert_int_equal(option_readers_colour(&options, "never", &mistake), 0);
	assert_int_equal(options.colour, COLOUR_NEVER);
	assert_int_equal(option_readers_scale(&options, "linear", &mistake), 0);
	assert_int_equal(options.scale, SCALE_LINEAR);
	assert_int_equal(option_readers_place(&options, "anything", &mistake), 0);
	assert_string_equal(options.place, "anything");
	assert_int_equal(option_readers_length(&options, "64K", &mistake), 0);
	assert_true(options.length == 64 << 10);
	assert_int_equal(option_readers_search(&options, "0x", &mistake), 0);
	assert_string_equal(options.search, "0x");
	assert_int_equal(option_readers_seconds(&options, "2.5", &mistake), 0);
	assert_true(options.growth_ns == INT64_C(2500000000));
	assert_int_equal(option_readers_seconds(&options, NULL, &mistake), 0);
	assert_true(options.growth_ns == INT64_C(2500000000));
	assert_int_equal(option_readers_export(&options, "part", &mistake), 0);
	assert_string_equal(options.export, "part");
	assert_int_equal(option_readers_shell(&options, "zsh", &mistake), 0);
	assert_int_equal(options.shell, COMPLETION_ZSH);
	assert_int_equal(option_readers_record_when(&options, "rss>1G", &mistake), 0);
	assert_true(options.conditional);
	assert_int_equal(option_readers_record_limit(&options, "100M", &mistake), 0);
	assert_int_equal(option_readers_avoid(&options, "pidfd,pagemap", &mistake), 0);
	assert_int_not_equal(options.avoid, 0);
}

static void other_values_are_refused_and_change_nothing(void **state)
{
	static const struct {
		int (*read)(struct options *options, const char *value,
			    struct option_mistake *mistake);
		const char *value, *allowed;
	} wrong[] = {
		{option_readers_delay, "0", "0.01 to 3600"},
		{option_readers_delay, "1s", "0.01 to 3600"},
		{option_readers_budget, "101", "0.1 to 100"},
		{option_readers_history, "1K", "1M to 64G"},
		{option_readers_seconds, "0", "0.1 to 86400"},
		{option_readers_seconds, "86401", "0.1 to 86400"},
		{option_readers_shell, "sh", "bash"},
		{option_readers_record_when, "rss", "rss>SIZE"},
		{option_readers_record_limit, "0", "as in"},
		{option_readers_length, "0", "from 1 to 64G"},
		{option_readers_length, "65G", "from 1 to 64G"},
		{option_readers_samples, "0", "from 1 to"},
		{option_readers_samples, "1.5", "from 1 to"},
		{option_readers_width, "39", "from 40 to 5000"},
		{option_readers_height, "5001", "from 6 to 5000"},
		{option_readers_format, "JSON", "csv, json, svg, openmetrics or folded"},
		{option_readers_background, "grey", "light or dark"},
		{option_readers_fields, "rss,x", "--list-fields"},
		{option_readers_colour, "", "auto, always or never"},
		{option_readers_scale, "lo", "log, linear or equal"},
		{option_readers_avoid, "pidfd,x", "pidfd"},
	};
	const struct options before = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct option_mistake mistake = {.allowed = ""};
		struct options options = {0};

		assert_int_equal(wrong[i].read(&options, wrong[i].value, &mistake), -EINVAL);
		assert_non_null(strstr(mistake.allowed, wrong[i].allowed));
		assert_memory_equal(&options, &before, sizeof(options));
	}
}

static void the_wrong_part_of_a_list_is_pointed_at(void **state)
{
	struct option_mistake mistake;
	struct options options = {0};

	(void)state;
	assert_int_equal(option_readers_avoid(&options, "pidfd,nothing,pagemap", &mistake),
			 -EINVAL);
	assert_int_equal(mistake.wrong_bytes, strlen("nothing"));
	assert_memory_equal(mistake.wrong, "nothing", mistake.wrong_bytes);
}

static void a_flag_is_on_or_off(void **state)
{
	struct option_mistake mistake;
	bool flag = false;

	(void)state;
	assert_int_equal(option_readers_flag(&flag, NULL, &mistake), 0);
	assert_true(flag);
	assert_int_equal(option_readers_flag(&flag, "off", &mistake), 0);
	assert_false(flag);
	assert_int_equal(option_readers_flag(&flag, "on", &mistake), 0);
	assert_true(flag);
	assert_int_equal(option_readers_flag(&flag, "yes", &mistake), -EINVAL);
	assert_string_equal(mistake.allowed, "on or off");
	assert_true(flag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_set_their_fields),
		cmocka_unit_test(other_values_are_refused_and_change_nothing),
		cmocka_unit_test(the_wrong_part_of_a_list_is_pointed_at),
		cmocka_unit_test(a_flag_is_on_or_off),
	};

	return cmocka_run_group_tests_name("option_readers", tests, NULL, NULL);
}
