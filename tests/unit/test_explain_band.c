/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <signal.h>
#include <string.h>

#include "base/text.h"
#include "core_target.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "screen/key.h"
#include "statement_text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/text/explain.h"

/* Appends all that is said of so many regions, from the one at the address on. */
static void append(struct text *text, const struct stage *stage, uint64_t address, uint32_t count)
{
	const struct scene scene = stage_scene(stage);
	const size_t first = region_list_find(scene.regions, address);
	const struct region *regions = scene.regions->regions;
	struct explanation explanation;

	explain_band(&explanation, &scene,
		     &(struct band){.start = regions[first].start,
				    .end = regions[first + count - 1].end,
				    .rows = 1,
				    .region = (uint32_t)first,
				    .count = count});
	text_append_format(text, "== %s\n", explanation.title);
	for (size_t i = 0; i < explanation.count; i++) {
		const struct statement *statement = &explanation.statements[i];

		text_append_format(text, "%s: %s", statement->label ? statement->label : "",
				   statement->value ? statement->value : "");
		statement_append_look(text, statement);
		text_append(text, "\n");
	}
	explanation_finish(&explanation);
}

/* How often so is said of so many regions. */
static int count_said(const struct stage *stage, uint64_t address, uint32_t count,
		      const char *words)
{
	struct text text = {0};
	int found = 0;

	append(&text, stage, address, count);
	for (const char *at = text_string(&text); (at = strstr(at, words)) != NULL; at++)
		found++;
	text_finish(&text);
	return found;
}

/* Where the process died, each sort of band says it once, and its neighbours do not. */
static void a_band_says_what_died_in_it(void **state)
{
	static const struct {
		uint64_t address;
		uint64_t other; /* where nothing happened */
		uint32_t count;
	} cases[] = {
		{0x7f83aa564000, 0x55b5f7c8d000, 1}, /* a mapping */
		{0x55b5f7e87000, 0, 1},              /* a gap */
		{0x7f83a9100000, 0x55b5c3c00000, 4}, /* several */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct target_death death = {.signal = SIGSEGV,
						   .code = SEGV_ACCERR,
						   .tid = 4,
						   .address = cases[i].address,
						   .has_code = true,
						   .has_address = true};
		struct stage stage;

		stage_open(&stage, core_target_make(&death), 80, 24, true);
		assert_int_equal(
			count_said(&stage, cases[i].address, cases[i].count, "\ndied: killed by"),
			1);
		assert_int_equal(count_said(&stage, cases[i].other, cases[i].count, "died"), 0);
		stage_close(&stage);
	}
}

/* Of the first million pages they are counted. */
static void pages_are_counted_up_to_a_million(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "1000-2000 rw-p 0 00:00 0 \n"
					   "100000000-1f423f000 rw-p 0 00:00 0 \n"
					   "200000000-2f4240000 rw-p 0 00:00 0 \n"),
		   120, 40, true);
	assert_int_equal(count_said(&stage, 0x1000, 1, "\nsize: 4.0K, 1 page {value}\n"), 1);
	assert_int_equal(
		count_said(&stage, 0x100000000, 1, "\nsize: 3.8G, 999 999 pages {value}\n"), 1);
	assert_int_equal(count_said(&stage, 0x200000000, 1, "\nsize: 3.8G {value}\n"), 1);
	stage_close(&stage);
}

/* What was writable and executable is said while it no longer is. */
static void what_could_be_written_and_run_before_is_said(void **state)
{
	const char *before = "1000-3000 rwxp 0 00:00 0 \n5000-6000 rw-p 0 00:00 0 \n";
	const char *now = "1000-3000 r-xp 0 00:00 0 \n5000-6000 rw-p 0 00:00 0 \n";
	struct stage stage;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, before), 120, 40, true);
	assert_int_equal(count_said(&stage, 0x1000, 1, "Was writable"), 0);
	assert_int_equal(
		count_said(&stage, 0x1000, 1,
			   "\n: Writable and executable: bytes written here can run as code. "
			   "{danger}\n"),
		1);
	stage_add(&stage, maps_space_create(NULL, now), 1);
	assert_int_equal(
		count_said(&stage, 0x1000, 1, "\n: Was writable and executable before. {danger}\n"),
		1);
	assert_int_equal(count_said(&stage, 0x1000, 1, "Writable and executable"), 0);
	assert_int_equal(count_said(&stage, 0x5000, 1, "ritable and executable"), 0);
	stage_close(&stage);
}

/* What became of a band since the baseline: more, less or nothing. */
static void a_band_says_how_much_it_grew(void **state)
{
	const char *before = "10000-20000 rw-p 0 00:00 0 \n30000-40000 rw-p 0 00:00 0 \n"
			     "50000-60000 rw-p 0 00:00 0 \n";
	const char *now = "10000-22000 rw-p 0 00:00 0 \n30000-3f000 rw-p 0 00:00 0 \n"
			  "50000-60000 rw-p 0 00:00 0 \n";
	struct stage stage;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, before), 120, 40, true);
	stage_add(&stage, maps_space_create(NULL, now), 1);
	assert_int_equal(count_said(&stage, 0x10000, 1, "\ngrowth: +8.0K since "), 1);
	assert_int_equal(count_said(&stage, 0x10000, 1, " {grew}\n"), 1);
	assert_int_equal(count_said(&stage, 0x30000, 1, "\ngrowth: -4.0K since "), 1);
	assert_int_equal(count_said(&stage, 0x30000, 1, " {shrank}\n"), 1);
	assert_int_equal(count_said(&stage, 0x50000, 1, "growth: "), 0);
	assert_int_equal(count_said(&stage, 0x10000, 3, "\ngrowth: +4.0K since "), 1);
	stage_close(&stage);
}

/* The limits of stack and data, at the stack and at the heap alone. */
static void limits_are_said_where_they_are_met(void **state)
{
	const char *maps = "10000-20000 rw-p 0 00:00 0 \n"
			   "5000000-5010000 rw-p 0 00:00 0 [heap]\n"
			   "7ffc00000000-7ffc00021000 rw-p 0 00:00 0 [stack]\n";
	struct target target = maps_space_target();

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct stage stage;

		target.limits.stack = UINT64_C(8) << 20;
		target.limits.data = i ? TARGET_UNLIMITED : UINT64_C(1) << 20;
		target.limits.as = TARGET_UNLIMITED;
		stage_open(&stage, maps_space_create(&target, maps), 120, 40, true);
		assert_int_equal(count_said(&stage, 0x10000, 1, "limit: "), 0);
		assert_int_equal(count_said(&stage, 0x5000000, 1, "limit: "), i == 0);
		assert_int_equal(count_said(&stage, 0x5000000, 1, "\nlimit: 128K of 1.0M data\n"),
				 i == 0);
		assert_int_equal(count_said(&stage, 0x7ffc00000000, 1, "limit: "), 1);
		assert_int_equal(count_said(&stage, 0x7ffc00000000, 1, "\nlimit: 132K of 8.0M\n"),
				 1);
		stage_close(&stage);
	}
}

/* What a row of the table has in common: a mapping, a file or a sort. */
static void rows_say_what_they_have_in_common(void **state)
{
	struct stage stage;
	size_t part;

	(void)state;
	stage_open(&stage, sample_stacks(2), 120, 40, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	part = region_list_find(&stage.ui.shown.regions, 0x7f83a8782000);
	assert_true(stage.ui.shown.regions.regions[part].part &&
		    stage.ui.shown.regions.regions[part - 1].part);
	assert_int_equal(count_said(&stage, stage.ui.shown.regions.regions[part - 1].start, 2,
				    "\n: Parts of one mapping: Enter shows or folds them. {muted}"),
			 1);
	stage_close(&stage);
	stage_open(&stage,
		   maps_space_create(NULL, "200000-210000 rw-p 0 00:00 0 \n"
					   "220000-230000 rw-p 0 00:00 0 \n"),
		   120, 40, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	assert_int_equal(count_said(&stage, 0x200000, 3,
				    "\n: Several mappings of one sort: Enter shows or folds them. "
				    "{muted}"),
			 1);
	stage_close(&stage);
}

/* Gaps, hidden mappings, and folds in the table and above it. */
static void folds_and_hidden_mappings_in_words(void **state)
{
	static const char filter[] = "libc|heap";
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	append(&text, &stage, 0x55b5c3c00000, 4);
	append(&text, &stage, 0x7f83aa53e000, 5);
	stage_press(&stage, (const uint32_t[]){'t', 'f', 0});
	for (const char *at = filter; *at; at++)
		stage_press(&stage, (const uint32_t[]){(uint32_t)*at, 0});
	stage_press(&stage, (const uint32_t[]){KEY_RETURN, 'f', 0});
	append(&text, &stage, 0, 1);
	append(&text, &stage, 0x55b5f7e87000, 1);
	append(&text, &stage, 0x55b5f7c8d000, 1);
	append(&text, &stage, 0x55b5f7c8d000, 3);
	golden_check("explain_hidden", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_band_says_what_died_in_it),
		cmocka_unit_test(pages_are_counted_up_to_a_million),
		cmocka_unit_test(what_could_be_written_and_run_before_is_said),
		cmocka_unit_test(a_band_says_how_much_it_grew),
		cmocka_unit_test(limits_are_said_where_they_are_met),
		cmocka_unit_test(rows_say_what_they_have_in_common),
		cmocka_unit_test(folds_and_hidden_mappings_in_words),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("explain band", tests, NULL, NULL);
}
