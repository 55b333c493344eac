/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "sample_sites.h"
#include "ui/text/top_sites.h"

static void a_mapping_has_its_sites(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct text text = {0};

	(void)state;
	top_sites_put_mapping(&text, sites, 0x5000000);
	assert_string_equal(text_string(&text), "by 68% json_decode, 32% code+0x7f00");
	text_clear(&text);
	top_sites_put_mapping(&text, sites, 0x6000000);
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
	call_sites_unref(sites);
}

static void a_kind_and_all_memory_have_theirs(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct text text = {0};

	(void)state;
	top_sites_put_kind(&text, sites, KIND_HEAP);
	assert_string_equal(text_string(&text), "by 100% json_decode");
	text_clear(&text);
	top_sites_put_kind(&text, sites, KIND_COUNT);
	assert_string_equal(text_string(&text), "by 75% json_decode, 24% code+0x7f00");
	text_clear(&text);
	top_sites_put_kind(&text, sites, KIND_STACK);
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_has_its_sites),
		cmocka_unit_test(a_kind_and_all_memory_have_theirs),
	};

	return cmocka_run_group_tests_name("top_sites", tests, NULL, NULL);
}
