/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sample_sites.h"

static void a_reference_keeps_names(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct call_sites *other = call_sites_ref(sites);

	(void)state;
	call_sites_unref(sites);
	assert_string_equal(other->sites[0].frame->function, "json_decode");
	call_sites_unref(other);
	call_sites_unref(NULL);
}

/* Of two complete seconds the mean; the one that goes on does not count. */
static void the_rate_is_of_complete_steps(void **state)
{
	struct call_sites *sites = sample_sites_create();

	(void)state;
	assert_int_equal(call_site_rate(&sites->sites[0], &sites->listening),
			 150 * SAMPLE_SITES_KIB);
	assert_int_equal(call_site_rate(&sites->sites[1], &sites->listening), 0);
	sites->listening.steps = 0; /* none is complete yet */
	sites->listening.elapsed_ns = 500000000;
	assert_int_equal(call_site_rate(&sites->sites[1], &sites->listening),
			 192 * SAMPLE_SITES_KIB);
	sites->listening.elapsed_ns = 0;
	assert_int_equal(call_site_rate(&sites->sites[1], &sites->listening), 0);
	call_sites_unref(sites);
}

/* The last five complete ones at most, of which the step that goes on is none. */
static void so_many_steps_count(void **state)
{
	static const uint64_t rates[] = {0, 15000, 14500, 14000, 13500, 13000, 13000, 13000};
	struct listening listening = {.step_ns = 2000000000};
	struct call_site site = {.bytes = 1000};

	(void)state;
	for (size_t i = 0; i < CALL_SITES_STEPS; i++)
		site.steps[i] = (i + 1) * 2000;
	for (uint64_t steps = 1; steps < sizeof(rates) / sizeof(rates[0]); steps++) {
		listening.steps = steps;
		assert_int_equal(call_site_rate(&site, &listening), rates[steps]);
	}
	/* Without steps, of all the time. */
	listening = (struct listening){.elapsed_ns = 4000000000};
	assert_int_equal(call_site_rate(&site, &listening), 250);
}

/* All sums of bytes are scaled, trends are not. */
static void sums_can_be_scaled(void **state)
{
	struct call_sites *sites = sample_sites_create(), *scaled = sample_sites_create();

	(void)state;
	call_sites_scale(scaled, 1.5);
	for (size_t i = 0; i < sites->site_count; i++) {
		const struct call_site *before = &sites->sites[i], *after = &scaled->sites[i];

		assert_int_equal(after->bytes, before->bytes * 3 / 2);
		for (int kind = 0; kind < KIND_COUNT; kind++)
			assert_int_equal(after->kinds[kind], before->kinds[kind] * 3 / 2);
		for (int source = 0; source < CALL_STACK_SOURCE_COUNT; source++)
			assert_int_equal(after->by[source], before->by[source] * 3 / 2);
		assert_memory_equal(after->steps, before->steps, sizeof(before->steps));
	}
	for (size_t i = 0; i < sites->stack_count; i++)
		assert_int_equal(scaled->stacks[i].bytes, sites->stacks[i].bytes * 3 / 2);
	for (size_t i = 0; i < sites->place_count; i++)
		assert_int_equal(scaled->places[i].bytes, sites->places[i].bytes * 3 / 2);
	for (size_t i = 0; i < sites->touch_count; i++)
		assert_int_equal(scaled->touches[i].bytes, sites->touches[i].bytes * 3 / 2);
	assert_int_equal(scaled->bytes, 600 * SAMPLE_SITES_KIB);
	call_sites_unref(sites);
	call_sites_unref(scaled);
}

static void of_equal_sources_the_first_is_meant(void **state)
{
	struct call_site site = {.bytes = 0};

	(void)state;
	assert_int_equal(call_site_source(&site), 0);
	for (int source = 0; source < CALL_STACK_SOURCE_COUNT; source++) {
		site.by[source] = 10;
		assert_int_equal(call_site_source(&site), 0);
	}
	for (int source = 1; source < CALL_STACK_SOURCE_COUNT; source++) {
		site.by[source] = 11;
		assert_int_equal(call_site_source(&site), source);
		site.by[source] = 10;
	}
}

/* Touches of one site are added up; the range is half-open. */
static void touches_in_a_range_add_up(void **state)
{
	struct site_touch touches[] = {{0x1000, 5, 1}, {0x2000, 3, 2}, {0x3000, 4, 2},
				       {0x4000, 1, 1}, {0x5000, 2, 3}, {0x6000, 50, 4}};
	struct site_place places[] = {{0x1000, 0x3000, 5, 7}, {0x2000, 0x4000, 6, 8}};
	const struct call_sites sites = {
		.touches = touches, .touch_count = 6, .places = places, .place_count = 2};
	uint64_t bytes = 0;

	(void)state;
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x6000, &bytes), 2);
	assert_int_equal(bytes, 7);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x6001, &bytes), 4);
	assert_int_equal(bytes, 50);
	/* Of two with as much the lower one's. */
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x3001, &bytes), 2);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x3000, &bytes), 1);
	assert_int_equal(bytes, 5);
	assert_int_equal(call_sites_of_range(&sites, 0x1001, 0x2001, &bytes), 2);
	assert_int_equal(bytes, 3);
	bytes = 77;
	assert_int_equal(call_sites_of_range(&sites, 0x6001, 0x7000, &bytes), CALL_SITES_NONE);
	assert_int_equal(bytes, 77);
}

static void mappings_that_lie_in_a_range_count(void **state)
{
	struct site_place places[] = {{0x1000, 0x3000, 5, 7},
				      {0x1000, 0x3000, 4, 8},
				      {0x2000, 0x4000, 6, 8},
				      {0x5000, 0x6000, 90, 9}};
	const struct call_sites sites = {.places = places, .place_count = 4};
	uint64_t bytes = 0;
	size_t count;

	(void)state;
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x4000, &bytes), 8);
	assert_int_equal(bytes, 10);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x3fff, &bytes), 7);
	assert_int_equal(bytes, 5);
	assert_int_equal(call_sites_of_range(&sites, 0x1001, 0x4000, &bytes), 8);
	assert_int_equal(bytes, 6);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x5fff, &bytes), 8);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x6000, &bytes), 9);
	assert_int_equal(call_sites_of_range(&sites, 0x1000, 0x2fff, &bytes), CALL_SITES_NONE);
	assert_ptr_equal(call_sites_places(&sites, 0x1000, &count), places);
	assert_int_equal(count, 2);
	assert_ptr_equal(call_sites_places(&sites, 0x5000, &count), places + 3);
	assert_int_equal(count, 1);
}

/* More than 32 sites are not told apart in a range: those beyond count for nothing. */
static void of_very_many_sites_the_first_count(void **state)
{
	struct site_touch touches[34];
	struct call_sites sites = {.touches = touches};
	uint64_t bytes = 0;

	(void)state;
	for (uint32_t i = 0; i < 34; i++)
		touches[i] = (struct site_touch){0x1000 * (uint64_t)i, 1, i};
	touches[31].bytes = 5;
	touches[32].bytes = 9;
	touches[33].site = 31;
	for (sites.touch_count = 32; sites.touch_count <= 34; sites.touch_count++) {
		assert_int_equal(call_sites_of_range(&sites, 0, UINT64_MAX, &bytes), 31);
		assert_int_equal(bytes, sites.touch_count == 34 ? 6 : 5);
	}
}

static void a_site_rests_on_what_most_of_it_does(void **state)
{
	struct call_sites *sites = sample_sites_create();

	(void)state;
	assert_int_equal(call_site_source(&sites->sites[0]), CALL_STACK_UNWOUND);
	assert_int_equal(call_site_source(&sites->sites[1]), CALL_STACK_ADDRESS);
	call_sites_unref(sites);
}

static void a_range_belongs_to_who_touched_most_of_it(void **state)
{
	struct call_sites *sites = sample_sites_create();
	uint64_t bytes = 0;

	(void)state;
	assert_int_equal(call_sites_of_range(sites, 0x5000000, 0x5001000, &bytes), 0);
	assert_int_equal(bytes, 4096);
	assert_int_equal(call_sites_of_range(sites, 0x5000000, 0x5003000, &bytes), 1);
	assert_int_equal(bytes, 8192);
	assert_int_equal(call_sites_of_range(sites, 0x5020000, 0x5100000, &bytes), CALL_SITES_NONE);
	/* Without touches the whole mapping is known all the same. */
	sites->touch_count = 0;
	assert_int_equal(call_sites_of_range(sites, 0x5000000, 0x5100000, &bytes), 0);
	assert_int_equal(bytes, 200 * SAMPLE_SITES_KIB);
	assert_int_equal(call_sites_of_range(sites, 0x5000000, 0x5001000, &bytes), CALL_SITES_NONE);
	call_sites_unref(sites);
}

static void a_mapping_has_its_places(void **state)
{
	struct call_sites *sites = sample_sites_create();
	size_t count;

	(void)state;
	assert_int_equal(call_sites_places(sites, 0x5000000, &count)->site, 0);
	assert_int_equal(count, 2);
	assert_null(call_sites_places(sites, 0x5000001, &count));
	assert_int_equal(count, 0);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reference_keeps_names),
		cmocka_unit_test(the_rate_is_of_complete_steps),
		cmocka_unit_test(so_many_steps_count),
		cmocka_unit_test(sums_can_be_scaled),
		cmocka_unit_test(of_equal_sources_the_first_is_meant),
		cmocka_unit_test(touches_in_a_range_add_up),
		cmocka_unit_test(mappings_that_lie_in_a_range_count),
		cmocka_unit_test(of_very_many_sites_the_first_count),
		cmocka_unit_test(a_site_rests_on_what_most_of_it_does),
		cmocka_unit_test(a_range_belongs_to_who_touched_most_of_it),
		cmocka_unit_test(a_mapping_has_its_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
