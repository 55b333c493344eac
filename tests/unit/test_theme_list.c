/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/theme_list.h"
#include "config_folder.h"

static size_t find(const struct theme_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->names[i], name))
			return i;
	return list->count;
}

static void the_default_is_first_and_names_are_sorted(void **state)
{
	struct config_folder folder;
	struct theme_list list;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "themes/zz.theme", "");
	config_folder_write(&folder, "themes/aa.theme", "");
	config_folder_write(&folder, "themes/default.theme", "");
	config_folder_write(&folder, "themes/notes.txt", "");
	config_folder_write(&folder, "themes/.theme", "");
	config_folder_write(&folder, "themes/.hidden.theme", "");
	theme_list_init(&list);
	assert_string_equal(list.names[0], "default");
	assert_true(find(&list, "aa") < find(&list, "zz"));
	assert_true(find(&list, "zz") < list.count);
	assert_int_equal(find(&list, "notes"), list.count);
	assert_int_equal(find(&list, ".hidden"), list.count);
	assert_int_equal(find(&list, ""), list.count);
	for (size_t i = 2; i < list.count; i++)
		assert_true(strcmp(list.names[i - 1], list.names[i]) < 0);
	for (size_t i = 1; i < list.count; i++)
		assert_string_not_equal(list.names[i], "default");
	theme_list_finish(&list);
	config_folder_close(&folder);
}

static void next_goes_round(void **state)
{
	struct config_folder folder;
	struct theme_list list;

	(void)state;
	config_folder_open(&folder);
	config_folder_write(&folder, "themes/mine.theme", "");
	theme_list_init(&list);
	for (size_t i = 0; i < list.count; i++)
		assert_int_equal(theme_list_next(&list, list.names[i]), (i + 1) % list.count);
	assert_int_equal(theme_list_next(&list, "/some/file.theme"), 0);
	theme_list_finish(&list);
	config_folder_close(&folder);
}

static void a_folder_full_of_them_has_an_end(void **state)
{
	struct config_folder folder;
	struct theme_list list;
	char name[40];

	(void)state;
	config_folder_open(&folder);
	for (int i = 0; i < THEME_LIST_MAX + 10; i++) {
		snprintf(name, sizeof(name), "themes/t%d.theme", i);
		config_folder_write(&folder, name, "");
	}
	theme_list_init(&list);
	assert_int_equal(list.count, THEME_LIST_MAX);
	theme_list_finish(&list);
	config_folder_close(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_is_first_and_names_are_sorted),
		cmocka_unit_test(next_goes_round),
		cmocka_unit_test(a_folder_full_of_them_has_an_end),
	};

	return cmocka_run_group_tests_name("theme_list", tests, NULL, NULL);
}
