/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "maps_space.h"
#include "model/session.h"
#include "sample_sites.h"
#include "ui/scene.h"
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

/* What the chart follows: the heap, a kind, all memory, a mapping; not what malloc has free. */
static void a_series_has_those_of_what_it_is_about(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct address_space *space =
		maps_space_create(NULL, "5000000-5100000 rw-p 00000000 00:00 0 [heap]\n");
	struct session session = {.focus_address = 0x5001000};
	struct scene scene = {.space = space, .session = &session, .sites = sites};
	const struct {
		const struct series *series;
		const char *words;
	} rows[] = {
		{&session.heap, "by 100% json_decode"},
		{&session.kinds[KIND_ANON], "by 100% json_decode"},
		{&session.rss, "by 75% json_decode, 24% code+0x7f00"},
		{&session.size, "by 75% json_decode, 24% code+0x7f00"},
		{&session.focus, "by 68% json_decode, 32% code+0x7f00"},
		{&session.heap_free, ""},
	};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text_clear(&text);
		top_sites_put_series(&text, &scene, rows[i].series);
		assert_string_equal(text_string(&text), rows[i].words);
	}
	scene.sites = NULL;
	text_clear(&text);
	top_sites_put_series(&text, &scene, &session.heap);
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
	address_space_destroy(space);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_has_its_sites),
		cmocka_unit_test(a_kind_and_all_memory_have_theirs),
		cmocka_unit_test(a_series_has_those_of_what_it_is_about),
	};

	return cmocka_run_group_tests_name("top_sites", tests, NULL, NULL);
}
