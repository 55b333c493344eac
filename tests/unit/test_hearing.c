/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <string.h>

#include "growing_child.h"
#include "growth/hearing.h"
#include "growth/hearing_state.h"
#include "growth/hearing_sites.h"
#include "inside/call_sites.h"

static const struct procfs_options proc = {.root = "/proc"};

static uint64_t bytes_of(const struct call_sites *sites, const char *function)
{
	for (size_t i = 0; i < sites->site_count; i++)
		if (sites->sites[i].frame && sites->sites[i].frame->function &&
		    !strcmp(sites->sites[i].frame->function, function))
			return sites->sites[i].bytes;
	return 0;
}

/* Until there are so many samples. */
static void hear(struct hearing *hearing, uint64_t samples)
{
	while (hearing->heard.samples < samples) {
		hearing_wait(hearing, -1);
		assert_int_equal(hearing_take(hearing), 0);
	}
}

/* The parts are three to one; samples are few, so that they are met roughly only. */
static void each_function_has_its_share(void **state)
{
	struct growing_child child;
	struct address_space *space;
	struct hearing *hearing;
	struct call_sites *sites;
	double share;
	int error;

	(void)state;
	growing_child_start(&child);
	space = growing_child_space(&child);
	error = hearing_begin(&proc, space, false, &hearing);
	if (growing_child_is_refused(error)) {
		address_space_destroy(space);
		growing_child_end(&child);
		skip();
	}
	assert_int_equal(error, 0);
	hear(hearing, 400);
	hearing_renew(hearing, space);
	sites = hearing_sites(hearing, false);
	assert_true(sites->bytes >= 400 * (uint64_t)sysconf(_SC_PAGESIZE));
	share = (double)bytes_of(sites, "growing_child_most") / (double)sites->bytes;
	assert_true(share > 0.6 && share < 0.9);
	assert_true(bytes_of(sites, "growing_child_least") > 0);
	assert_true(sites->listening.samples >= 400);
	assert_true(sites->listening.faults >= sites->listening.samples);
	assert_false(sites->listening.ended);
	call_sites_unref(sites);

	hearing_clear(hearing);
	sites = hearing_sites(hearing, true);
	assert_int_equal(sites->bytes, 0);
	assert_true(sites->listening.ended);
	call_sites_unref(sites);
	hearing_end(hearing);
	address_space_destroy(space);
	growing_child_end(&child);
}

static void a_process_that_is_gone_is_told(void **state)
{
	struct growing_child child;
	struct address_space *space;
	struct hearing *hearing;

	(void)state;
	growing_child_start(&child);
	space = growing_child_space(&child);
	growing_child_end(&child);
	assert_int_equal(hearing_begin(&proc, space, false, &hearing), -ESRCH);
	address_space_destroy(space);
	hearing_end(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_function_has_its_share),
		cmocka_unit_test(a_process_that_is_gone_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
