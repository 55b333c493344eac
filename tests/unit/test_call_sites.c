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
	sites->listening.elapsed_ns = 500000000; /* none is complete yet */
	assert_int_equal(call_site_rate(&sites->sites[1], &sites->listening),
			 192 * SAMPLE_SITES_KIB);
	sites->listening.elapsed_ns = 0;
	assert_int_equal(call_site_rate(&sites->sites[1], &sites->listening), 0);
	call_sites_unref(sites);
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
		cmocka_unit_test(a_site_rests_on_what_most_of_it_does),
		cmocka_unit_test(a_range_belongs_to_who_touched_most_of_it),
		cmocka_unit_test(a_mapping_has_its_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
