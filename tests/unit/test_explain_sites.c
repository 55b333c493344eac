/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "maps_space.h"
#include "sample_sites.h"
#include "ui/scene.h"
#include "ui/text/explain_sites.h"
#include "ui/text/explanation.h"

/* 200 KiB of json_decode() and 96 of code without a name. */
static void the_heaviest_sites_are_named(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct address_space *space =
		maps_space_create(NULL, "5000000-5100000 rw-p 00000000 00:00 0 [heap]\n"
					"6000000-6100000 rw-p 00000000 00:00 0\n");
	struct explanation told = {0};
	struct scene scene = {.space = space, .sites = sites};

	(void)state;
	explain_sites(&told, &scene, 0x5000000, 0x5100000);
	assert_int_equal(told.count, 4);
	assert_string_equal(told.statements[0].label, "new");
	assert_string_equal(told.statements[0].value, "296K");
	assert_string_equal(told.statements[1].value, "68% json_decode");
	assert_string_equal(told.statements[2].value, "32% code+0x7f00");
	explanation_finish(&told);
	/* Of a mapping that nobody touched, and without listening, nothing is said. */
	told = (struct explanation){0};
	explain_sites(&told, &scene, 0x6000000, 0x6100000);
	scene.sites = NULL;
	explain_sites(&told, &scene, 0x5000000, 0x5100000);
	assert_int_equal(told.count, 0);
	explanation_finish(&told);
	address_space_destroy(space);
	call_sites_unref(sites);
}

/* Of several mappings what each site touched in all of them. */
static void a_fold_has_the_sites_of_all_its_mappings(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct explanation told = {0};
	struct scene scene = {.sites = sites};

	(void)state;
	sites->places[1].start = 0x6000000;
	sites->places[1].end = 0x6100000;
	explain_sites(&told, &scene, 0x4000000, 0x7000000);
	assert_int_equal(told.count, 4);
	assert_string_equal(told.statements[0].value, "296K");
	assert_string_equal(told.statements[2].value, "32% code+0x7f00");
	explanation_finish(&told);
	call_sites_unref(sites);
}

/* Five sites of one mapping, and one below and above it. */
static struct site_place several[] = {
	{0x4fff000, 0x5000000, 99, 4}, {0x5000000, 0x5100000, 10, 0}, {0x5000000, 0x5100000, 40, 1},
	{0x5000000, 0x5100000, 10, 2}, {0x5000000, 0x5100000, 40, 3}, {0x5100000, 0x5101000, 99, 4},
};

/* Three at most, of equal ones the first, and only what begins in the range. */
static void three_sites_are_named(void **state)
{
	static const struct code_frame frames[] = {{.module = "", .function = "a"},
						   {.module = "", .function = "b"},
						   {.module = "", .function = "c"},
						   {.module = "", .function = "d"},
						   {.module = "", .function = "e"}};
	struct call_site list[5] = {{0}};
	struct call_sites sites = {
		.sites = list, .site_count = 5, .places = several, .place_count = 6};
	const struct scene scene = {.sites = &sites};
	struct explanation told = {0};

	(void)state;
	for (int i = 0; i < 5; i++)
		list[i].frame = &frames[i];
	explain_sites(&told, &scene, 0x5000000, 0x5100000);
	assert_int_equal(told.count, 5);
	assert_string_equal(told.statements[0].value, "100B");
	assert_int_equal(told.statements[0].role, ROLE_VALUE);
	assert_string_equal(told.statements[1].label, "by");
	assert_string_equal(told.statements[1].value, "40% b");
	assert_string_equal(told.statements[2].label, "");
	assert_string_equal(told.statements[2].value, "40% d");
	assert_string_equal(told.statements[3].label, "");
	assert_string_equal(told.statements[3].value, "10% a");
	assert_null(told.statements[4].label);
	assert_null(told.statements[4].value);
	explanation_finish(&told);
	/* Only one, and none. */
	told = (struct explanation){0};
	explain_sites(&told, &scene, 0x4fff000, 0x5000000);
	assert_int_equal(told.count, 3);
	assert_string_equal(told.statements[1].value, "100% e");
	explanation_finish(&told);
	told = (struct explanation){0};
	explain_sites(&told, &scene, 0x5101000, 0x5200000);
	sites.site_count = 0;
	explain_sites(&told, &scene, 0x5000000, 0x5100000);
	assert_int_equal(told.count, 0);
	explanation_finish(&told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_sites_are_named),
		cmocka_unit_test(the_heaviest_sites_are_named),
		cmocka_unit_test(a_fold_has_the_sites_of_all_its_mappings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
