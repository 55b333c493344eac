/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sample_sites.h"
#include "ui/pane/sites_lines.h"

#define SITES_PARTS 200 /* of all that is touched: less than one is not listed */

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

/* Stacks of one frame each, of that many bytes; returns how many lines they are. */
static size_t count_lines(const struct code_frame *frames, size_t count, uint64_t bytes,
			  uint64_t all)
{
	struct called_stack *stacks = memory_alloc(count * sizeof(*stacks));
	const struct call_sites sites = {.stacks = stacks, .stack_count = count, .bytes = all};
	struct sites_lines lines;
	size_t found;

	for (size_t i = 0; i < count; i++)
		stacks[i] = (struct called_stack){&frames[i], 1, 0, 0, CALL_STACK_UNWOUND, bytes};
	sites_lines_init(&lines, &sites, SITES_CALLERS, false);
	found = lines.count;
	sites_lines_finish(&lines);
	free(stacks);
	return found;
}

/* Functions are the same of one module and file; code without a name at one offset. */
static void functions_are_told_apart(void **state)
{
	const struct code_frame base = {
		.module = "/a", .function = "f", .file = "f.c", .offset = 1};
	struct code_frame frames[2] = {base, base};

	(void)state;
	frames[1].offset = 2;
	frames[1].line = 7;
	assert_int_equal(count_lines(frames, 2, 10, 20), 1);
	frames[1].file = "g.c";
	assert_int_equal(count_lines(frames, 2, 10, 20), 2);
	frames[1].file = NULL;
	assert_int_equal(count_lines(frames, 2, 10, 20), 2);
	frames[1] = base;
	frames[1].module = "/b";
	assert_int_equal(count_lines(frames, 2, 10, 20), 2);
	frames[1] = base;
	frames[1].function = "g";
	assert_int_equal(count_lines(frames, 2, 10, 20), 2);
	frames[0].function = frames[1].function = NULL;
	frames[1].file = "other";
	assert_int_equal(count_lines(frames, 2, 10, 20), 1);
	frames[1].offset = 2;
	assert_int_equal(count_lines(frames, 2, 10, 20), 2);
}

/* What is not worth a line has none: less than a part of all; and there are no more than so many.
 */
static void small_ones_and_too_many_are_left_out(void **state)
{
	struct code_frame frames[70];
	struct call_site *all = memory_alloc((SITES_LINES_MAX + 2) * sizeof(*all));
	struct call_sites sites = {.sites = all};
	struct sites_lines lines;

	(void)state;
	for (size_t i = 0; i < 70; i++)
		frames[i] = (struct code_frame){.module = "/a", .offset = i};
	assert_int_equal(count_lines(frames, 63, 1, 63), 63);
	assert_int_equal(count_lines(frames, 64, 1, 64), 64);
	assert_int_equal(count_lines(frames, 70, 1, 70), 64);
	assert_int_equal(count_lines(frames, 3, 10, 10 * SITES_PARTS - 1), 3);
	assert_int_equal(count_lines(frames, 3, 10, 10 * SITES_PARTS), 0);
	for (uint32_t count = SITES_LINES_MAX - 1; count < SITES_LINES_MAX + 2; count++) {
		sites.site_count = count;
		sites_lines_init(&lines, &sites, SITES_LIST, false);
		assert_int_equal(lines.count, count < SITES_LINES_MAX ? count : SITES_LINES_MAX);
		assert_int_equal(lines.lines[lines.count - 1].site, lines.count - 1);
		sites_lines_finish(&lines);
	}
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_has_the_sites),
		cmocka_unit_test(callers_stand_below_their_site),
		cmocka_unit_test(callees_stand_below_their_caller),
		cmocka_unit_test(a_line_is_found_again),
		cmocka_unit_test(functions_are_told_apart),
		cmocka_unit_test(small_ones_and_too_many_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
