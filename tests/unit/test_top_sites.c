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

/* Two of several, of equal ones the first. */
static void two_sites_are_named(void **state)
{
	static const struct code_frame frames[] = {{.module = "", .function = "a"},
						   {.module = "", .function = "b"},
						   {.module = "", .function = "c"}};
	struct call_site list[] = {
		{.frame = &frames[0], .bytes = 30, .kinds = {[KIND_HEAP] = 10}},
		{.frame = &frames[1], .bytes = 30, .kinds = {[KIND_HEAP] = 20}},
		{.frame = &frames[2], .bytes = 40, .kinds = {[KIND_HEAP] = 20}},
	};
	struct site_place places[] = {{0x1000, 0x2000, 20, 0},
				      {0x1000, 0x2000, 12, 1},
				      {0x1000, 0x2000, 8, 2},
				      {0x2000, 0x3000, 8, 2}};
	const struct call_sites sites = {
		.sites = list, .site_count = 3, .places = places, .place_count = 4};
	struct text text = {0};

	(void)state;
	top_sites_put_kind(&text, &sites, KIND_COUNT);
	assert_string_equal(text_string(&text), "by 40% c, 30% a");
	text_clear(&text);
	top_sites_put_kind(&text, &sites, KIND_HEAP);
	assert_string_equal(text_string(&text), "by 40% b, 40% c");
	text_clear(&text);
	top_sites_put_mapping(&text, &sites, 0x1000);
	assert_string_equal(text_string(&text), "by 50% a, 30% b");
	text_clear(&text);
	top_sites_put_mapping(&text, &sites, 0x2000);
	assert_string_equal(text_string(&text), "by 100% c");
	text_finish(&text);
}

/* Each kind has a series, from the first to the last; and a mapping that is gone has no sites. */
static void each_kind_has_its_series(void **state)
{
	static const struct code_frame frame = {.module = "", .function = "a"};
	struct call_site list[] = {
		{.frame = &frame, .bytes = 30, .kinds = {[0] = 10, [KIND_COUNT - 1] = 10}}};
	const struct call_sites sites = {.sites = list, .site_count = 1};
	struct address_space *space = maps_space_create(NULL, "5000000-5100000 rw-p 0 00:00 0\n");
	static struct session session = {.focus_address = 0x5100000};
	const struct scene scene = {.space = space, .session = &session, .sites = &sites};
	struct text text = {0};

	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		text_clear(&text);
		top_sites_put_series(&text, &scene, &session.kinds[kind]);
		assert_string_equal(text_string(&text),
				    kind == 0 || kind == KIND_COUNT - 1 ? "by 100% a" : "");
	}
	text_clear(&text);
	top_sites_put_series(&text, &scene, &session.focus);
	/* The values after them are no kinds. */
	top_sites_put_series(&text, &scene, &session.kinds[KIND_COUNT]);
	assert_string_equal(text_string(&text), "");
	text_finish(&text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_series),
		cmocka_unit_test(two_sites_are_named),
		cmocka_unit_test(a_mapping_has_its_sites),
		cmocka_unit_test(a_kind_and_all_memory_have_theirs),
		cmocka_unit_test(a_series_has_those_of_what_it_is_about),
	};

	return cmocka_run_group_tests_name("top_sites", tests, NULL, NULL);
}
