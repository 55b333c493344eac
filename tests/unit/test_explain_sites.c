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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heaviest_sites_are_named),
		cmocka_unit_test(a_fold_has_the_sites_of_all_its_mappings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
