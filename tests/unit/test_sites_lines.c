/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "sample_sites.h"
#include "ui/pane/sites_lines.h"

static void expect(const struct sites_lines *lines, size_t at, const char *function, unsigned depth,
		   uint64_t kib)
{
	const struct sites_line *line = &lines->lines[at];

	assert_true(at < lines->count);
	if (function)
		assert_string_equal(line->frame->function, function);
	else
		assert_true(!line->frame || !line->frame->function);
	assert_int_equal(line->depth, depth);
	assert_int_equal(line->bytes, kib * SAMPLE_SITES_KIB);
}

static void the_list_has_the_sites(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;

	(void)state;
	sites_lines_init(&lines, sites, SITES_LIST, false);
	assert_int_equal(lines.count, 3);
	expect(&lines, 0, "json_decode", 0, 300);
	assert_true(lines.lines[0].is_site);
	expect(&lines, 2, NULL, 0, 4);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

/* Both stacks of json_decode() are one root, and have one caller, which called itself in one. */
static void callers_stand_below_their_site(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;

	(void)state;
	sites_lines_init(&lines, sites, SITES_CALLERS, false);
	expect(&lines, 0, "json_decode", 0, 300);
	expect(&lines, 1, "handle;request", 1, 300);
	expect(&lines, 2, "handle;request", 2, 100);
	expect(&lines, 3, NULL, 0, 96);
	expect(&lines, 4, NULL, 0, 4);
	assert_int_equal(lines.count, 5);
	sites_lines_finish(&lines);
	sites_lines_init(&lines, sites, SITES_CALLERS, true);
	expect(&lines, 0, "malloc", 0, 200);
	expect(&lines, 1, "json_decode", 1, 200);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

static void callees_stand_below_their_caller(void **state)
{
	struct call_sites *sites = sample_sites_create();
	struct sites_lines lines;

	(void)state;
	sites_lines_init(&lines, sites, SITES_CALLEES, true);
	expect(&lines, 0, "handle;request", 0, 300);
	expect(&lines, 1, "json_decode", 1, 200);
	expect(&lines, 2, "malloc", 2, 200);
	expect(&lines, 3, "handle;request", 1, 100);
	expect(&lines, 4, "json_decode", 2, 100);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
}

/* The line of the same function in what comes later. */
static void a_line_is_found_again(void **state)
{
	struct call_sites *sites = sample_sites_create(), *later = sample_sites_create();
	struct sites_lines lines, found;

	(void)state;
	sites_lines_init(&lines, sites, SITES_CALLERS, false);
	sites_lines_init(&found, later, SITES_CALLERS, false);
	for (size_t i = 0; i < lines.count; i++)
		assert_int_equal(sites_lines_find(&found, &lines.lines[i]), i);
	sites_lines_finish(&found);
	found = (struct sites_lines){0};
	assert_int_equal(sites_lines_find(&found, &lines.lines[1]), 0);
	sites_lines_finish(&lines);
	call_sites_unref(sites);
	call_sites_unref(later);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_has_the_sites),
		cmocka_unit_test(callers_stand_below_their_site),
		cmocka_unit_test(callees_stand_below_their_caller),
		cmocka_unit_test(a_line_is_found_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
