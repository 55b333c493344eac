/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/chart.h"
#include "ui/pane/chart_pane.h"

#define HEAP_BYTES UINT64_C(0x1fa000) /* of the sample */

/* The lines of the pane, as text. */
static void draw(struct text *text, struct stage *stage)
{
	const struct pane *pane = stage_pane(stage, &chart_pane);
	const struct rect rect = pane->rect;
	struct canvas *canvas = canvas_create(120, rect.line + rect.lines, false);
	const struct scene scene = stage_scene(stage);

	text_clear(text);
	chart_pane.draw(pane, canvas, &stage->ui.frame, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

/* Whether the pane says so. */
static bool says(struct stage *stage, const char *words)
{
	struct text text = {0};
	bool found;

	draw(&text, stage);
	found = strstr(text_string(&text), words) != NULL;
	text_finish(&text);
	return found;
}

static void check(struct stage *stage, const char *words)
{
	struct text text = {0};

	draw(&text, stage);
	if (!strstr(text_string(&text), words))
		fail_msg("no '%s' in\n%s", words, text_string(&text));
	text_finish(&text);
}

static void check_clocks(struct stage *stage, const char *from, const char *to)
{
	check(stage, from);
	check(stage, to);
}

/* From the first sample on, once that is a second ago; the newest point is the end. */
static void the_time_shown_ends_with_what_is_newest(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 30, true);
	stage_press(&stage, (const uint32_t[]){'v', 0});
	/* Less than a second: a minute before it is shown, in which nothing is known. */
	check_clocks(&stage, "12:20:07", "12:21:07");
	stage_pulse(&stage, HEAP_BYTES + 4096, TARGET_UNKNOWN, 999);
	check_clocks(&stage, "12:20:08", "12:21:08");
	stage_pulse(&stage, HEAP_BYTES + 8192, TARGET_UNKNOWN, 1000);
	check_clocks(&stage, "12:21:07", "12:21:08");
	/* What the title says is of the snapshot still. */
	check(&stage, "[heap] ── 1.9M ── 0 since");
	stage_add(&stage, sample_python_grown(1 << 20), 3);
	check_clocks(&stage, "12:21:07", "12:21:10");
	check(&stage, "[heap] ── 1.9M ── +8.0K since");
	/* In the past it ends there. */
	stage_add(&stage, sample_python_grown(2 << 20), 9);
	check_clocks(&stage, "12:21:07", "12:21:16");
	stage_press(&stage, (const uint32_t[]){',', 0});
	check_clocks(&stage, "12:21:07", "12:21:10");
	stage_close(&stage);
}

/* More than a minute, where the baseline is longer ago. */
static void all_since_the_baseline_is_shown(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 30, true);
	stage_press(&stage, (const uint32_t[]){'v', 0});
	stage_add(&stage, sample_python_grown(1 << 20), 200);
	check_clocks(&stage, "12:21:07", "12:24:27");
	stage_press(&stage, (const uint32_t[]){'m', 0});
	check_clocks(&stage, "12:23:27", "12:24:27");
	check(&stage, "[heap] ── 2.9M ── 0 since");
	stage_add(&stage, sample_python_grown(1 << 20), 261);
	check_clocks(&stage, "12:24:27", "12:25:28");
	stage_close(&stage);
}

/* Followed late, a mapping is said to have grown since the baseline all the same. */
static void growth_of_a_mapping_counts_from_the_baseline(void **state)
{
	static const char *const maps[] = {
		"7f0000100000-7f0000200000 rw-p 0 00:00 0 \n",
		"7f0000100000-7f0000300000 rw-p 0 00:00 0 \n",
		"7f0000100000-7f0000310000 rw-p 0 00:00 0 \n",
	};
	struct stage stage;

	(void)state;
	/* On so low a screen it is not there by itself, and follows nothing. */
	stage_open(&stage, maps_space_create(NULL, maps[0]), 120, 24, true);
	stage_add(&stage, maps_space_create(NULL, maps[1]), 1);
	assert_false(stage_shows(&stage, &chart_pane));
	stage_press(&stage, (const uint32_t[]){'v', 0});
	stage_add(&stage, maps_space_create(NULL, maps[2]), 2);
	check(&stage, "anon ── 2.0M ── +1.0M since");
	stage_close(&stage);
}

/* What is new grew by all of it; what is gone again, by nothing. */
static void a_new_mapping_grew_from_nothing(void **state)
{
	const char *one = "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n";
	const char *two = "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n"
			  "7f0010000000-7f0010100000 rw-p 0 00:00 0 \n";
	struct stage stage;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, one), 120, 40, true);
	stage_add(&stage, maps_space_create(NULL, two), 1);
	check(&stage, "anon ── 1.0M ── +1.0M since");
	stage_add(&stage, maps_space_create(NULL, one), 2);
	check(&stage, "7f0010000000, unmapped ── 0 ── 0 since");
	stage_close(&stage);
}

/* Asked for, it has its lines on any screen; by itself on one of thirty lines, with more on fifty.
 */
static void it_has_lines_where_there_are_many(void **state)
{
	static const struct {
		int lines, by_itself, asked;
	} cases[] = {{29, 0, CHART_LINES_BEST},
		     {30, CHART_LINES_BEST, CHART_LINES_BEST},
		     {49, CHART_LINES_BEST, CHART_LINES_BEST},
		     {50, CHART_LINES_BEST + 2, CHART_LINES_BEST + 2}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct stage stage;

		stage_open(&stage, sample_python(), 120, cases[i].lines, true);
		stage_add(&stage, sample_python_grown(1 << 20), 1);
		assert_int_equal(stage_pane(&stage, &chart_pane)->rect.lines, cases[i].by_itself);
		/* Another value is as good as asking for it: it stays when nothing grows. */
		stage_press(&stage, (const uint32_t[]){'v', 0});
		assert_int_equal(stage_pane(&stage, &chart_pane)->rect.lines, cases[i].asked);
		stage_press(&stage, (const uint32_t[]){'m', 0});
		assert_int_equal(stage_pane(&stage, &chart_pane)->rect.lines, cases[i].asked);
		stage_close(&stage);
	}
}

/* The heap's numbers are wanted while one of them is seen. */
static void the_heap_is_followed_while_it_is_seen(void **state)
{
	static const char *const names[] = {"[heap] ──", "in use in the heap ──",
					    "free in the heap ──", "kind: heap ──", "rss ──"};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	session_add_heap(&stage.session, stage.session.now->time_ns,
			 &(struct heap_part){.used = 1 << 20, .free = 1 << 19}, 1);
	stage_press(&stage, (const uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, KEY_ESC, 0});
	assert_false(chart_pane_follows_heap(&stage.ui));
	for (size_t i = 0, at = 0; at < 5 && i < 9; i++) {
		stage_press(&stage, (const uint32_t[]){'v', 0});
		if (!says(&stage, names[at]))
			continue;
		assert_int_equal(chart_pane_follows_heap(&stage.ui), at == 1 || at == 2);
		at++;
		assert_true(at < 5 || i < 8);
	}
	check(&stage, names[4]);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_shown_ends_with_what_is_newest),
		cmocka_unit_test(all_since_the_baseline_is_shown),
		cmocka_unit_test(growth_of_a_mapping_counts_from_the_baseline),
		cmocka_unit_test(a_new_mapping_grew_from_nothing),
		cmocka_unit_test(it_has_lines_where_there_are_many),
		cmocka_unit_test(the_heap_is_followed_while_it_is_seen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("chart pane times", tests, NULL, NULL);
}
