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
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/pane/chart_pane.h"

static void draw(struct text *text, struct stage *stage)
{
	const struct pane *pane = stage_pane(stage, &chart_pane);
	const struct rect rect = pane->rect;
	struct canvas *canvas = canvas_create(120, rect.line + rect.lines, false);
	const struct scene scene = stage_scene(stage);

	chart_pane.draw(pane, canvas, &stage->ui.frame, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void open_growing(struct stage *stage)
{
	stage_open(stage, sample_python(), 120, 30, true);
	for (int i = 1; i <= 6; i++)
		stage_add(stage, sample_python_grown((uint64_t)i * 200 * 1024), i);
}

static void every_value_can_be_followed(void **state)
{
	static const char *const names[] = {"[heap] ──", "[heap] ──", "kind: heap ──", "rss ──",
					    "size ──"};
	struct stage stage;

	(void)state;
	open_growing(&stage);
	for (size_t value = 0; value < sizeof(names) / sizeof(names[0]); value++) {
		struct text text = {0};

		draw(&text, &stage);
		if (!strstr(text_string(&text), names[value]))
			fail_msg("no '%s' in:\n%s", names[value], text_string(&text));
		if (value == 0)
			golden_check("growth_strip", strstr(text_string(&text), "╭"));
		text_finish(&text);
		stage_press(&stage, (const uint32_t[]){'v', 0});
	}
	/* Behind the last one it closes. */
	assert_false(stage_shows(&stage, &chart_pane));
	stage_close(&stage);
}

static void a_gap_has_nothing_to_follow(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	open_growing(&stage);
	stage_press(&stage, (const uint32_t[]){'v', KEY_TO_END, 0});
	draw(&text, &stage);
	assert_non_null(strstr(text_string(&text), "no mapping under the cursor"));
	text_finish(&text);
	stage_close(&stage);
}

static void small_screens_have_it_when_asked(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(stage_shows(&stage, &chart_pane));
	stage_press(&stage, (const uint32_t[]){'v', 0});
	assert_true(stage_shows(&stage, &chart_pane));
	assert_true(stage_pane(&stage, &chart_pane)->rect.lines >= 5);
	stage_press(&stage, (const uint32_t[]){KEY_ESC, 0});
	assert_false(stage_shows(&stage, &chart_pane));
	stage_close(&stage);
}

static const char *title(struct stage *stage, struct text *text)
{
	text_clear(text);
	draw(text, stage);
	return strstr(text_string(text), "╭ ");
}

static void it_opens_by_itself_once_something_grows(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(stage_shows(&stage, &chart_pane));
	stage_add(&stage, sample_python(), 1);
	assert_false(stage_shows(&stage, &chart_pane));
	stage_add(&stage, sample_python_grown(1 << 20), 2);
	assert_true(stage_shows(&stage, &chart_pane));
	assert_non_null(strstr(title(&stage, &text), "[heap] ──"));
	/* Where the growth is undone it stays, or the picture would jump. */
	stage_add(&stage, sample_python(), 3);
	assert_true(stage_shows(&stage, &chart_pane));
	/* From a new baseline on nothing has grown. */
	stage_press(&stage, (const uint32_t[]){'m', 0});
	assert_false(stage_shows(&stage, &chart_pane));
	/* Once left it does not come back by itself. */
	stage_add(&stage, sample_python_grown(1 << 20), 4);
	assert_true(stage_shows(&stage, &chart_pane));
	stage_press(&stage, (const uint32_t[]){KEY_ESC, 0});
	assert_false(stage_shows(&stage, &chart_pane));
	stage_add(&stage, sample_python_grown(2 << 20), 5);
	assert_false(stage_shows(&stage, &chart_pane));
	text_finish(&text);
	stage_close(&stage);
}

/* Mappings of mmap(2) grow downwards; the chart says of one what the picture says of it. */
static void what_grows_downwards_is_followed(void **state)
{
	static const char *const maps[] = {
		"7f0000100000-7f0000200000 rw-p 0 00:00 0 \n",
		"7f00000f0000-7f0000200000 rw-p 0 00:00 0 \n",
		"7f00000e0000-7f0000200000 rw-p 0 00:00 0 \n",
	};
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, maps[0]), 120, 40, true);
	for (int i = 1; i < 3; i++)
		stage_add(&stage, maps_space_create(NULL, maps[i]), i);
	assert_true(stage_find(&stage, "+128K since", &column, &line));
	stage_close(&stage);
}

/* A new thread's reservation is larger than all it has of memory; that is no growth to follow. */
static void reservations_are_not_followed(void **state)
{
	static const char *const maps[] = {
		"7f0000000000-7f0000021000 rw-p 0 00:00 0 \n",
		"7f0000000000-7f0000031000 rw-p 0 00:00 0 \n"
		"7f0010000000-7f0014000000 ---p 0 00:00 0 \n",
	};
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, maps[0]), 120, 40, true);
	stage_add(&stage, maps_space_create(NULL, maps[1]), 1);
	assert_true(stage_find(&stage, "+64K since", &column, &line));
	stage_close(&stage);
	/* With nothing else there is no chart. */
	stage_open(&stage, maps_space_create(NULL, maps[0]), 120, 40, true);
	stage_add(&stage,
		  maps_space_create(NULL, "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n"
					  "7f0010000000-7f0014000000 ---p 0 00:00 0 \n"),
		  1);
	assert_false(stage_shows(&stage, &chart_pane));
	stage_close(&stage);
}

/* A chart without a name would say nothing: of what came and went it has the address. */
static void what_is_followed_has_a_name_when_it_is_gone(void **state)
{
	const char *one = "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n";
	const char *two = "7f0000000000-7f0000021000 rw-p 0 00:00 0 \n"
			  "7f0010000000-7f0010100000 rw-p 0 00:00 0 \n";
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, one), 120, 40, true);
	stage_add(&stage, maps_space_create(NULL, two), 1);
	assert_true(stage_find(&stage, "1.0M peak", &column, &line));
	assert_false(stage_find(&stage, " 7f0010000000, unmapped ", &column, &line));
	stage_add(&stage, maps_space_create(NULL, one), 2);
	assert_true(stage_find(&stage, " 7f0010000000, unmapped ", &column, &line));
	stage_close(&stage);
}

/* A leak makes one grow, fragmentation the other. */
static void what_is_in_use_in_the_heap_is_charted_once_it_is_known(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, (const uint32_t[]){'v', 'v', 0});
	assert_null(strstr(title(&stage, &text), "in use"));
	session_add_heap(&stage.session, stage.session.now->time_ns,
			 &(struct heap_part){.used = 1 << 20, .free = 1 << 19}, 1);
	stage_press(&stage, (const uint32_t[]){'v', 'v', 'v', 'v', 0});
	stage_press(&stage, (const uint32_t[]){'v', 'v', 0});
	assert_non_null(strstr(title(&stage, &text), "in use in the heap ── 1.0M"));
	stage_press(&stage, (const uint32_t[]){'v', 0});
	assert_non_null(strstr(title(&stage, &text), "free in the heap ── 512K"));
	text_finish(&text);
	stage_close(&stage);
}

static void what_keys_do_is_seen(void **state)
{
	struct stage stage;

	(void)state;
	open_growing(&stage);
	stage_resize(&stage, 80, 26);
	trace_run(&stage,
		  "v v v Down Up Left Right Home End Enter m v v , , . L Space Space v Tab v "
		  "#44x14 #130x18",
		  "chart_pane_keys");
	stage_close(&stage);
}

/* Three anonymous mappings and a stack of a thread, each of 16 pages and so many more. */
static struct address_space *space_of_four(const uint64_t *pages)
{
	const struct target target = {.pid = 1,
				      .start_ticks = 1,
				      .comm = "",
				      .page_size = 4096,
				      .rss = TARGET_UNKNOWN,
				      .swap = TARGET_UNKNOWN};
	struct vma vmas[4];
	struct address_space *space;

	for (size_t i = 0; i < 4; i++)
		vmas[i] =
			(struct vma){.start = (i + 1) * UINT64_C(0x1000000),
				     .end = (i + 1) * UINT64_C(0x1000000) + 4096 * (16 + pages[i]),
				     .name = "",
				     .perms = PERM_READ | PERM_WRITE,
				     .kind = i < 3 ? KIND_ANON : KIND_THREAD_STACK};
	assert_int_equal(address_space_create(&target, vmas, 4, 1, 0, &space), 0);
	return space;
}

/* What grew, as the chart's title says it: each case with three snapshots of four mappings. */
static void what_grew_most_is_followed(void **state)
{
	static const struct {
		uint64_t pages[2][4]; /* that each of the mappings has more, then */
		const char *titles[2];
	} cases[] = {
		/* One that has half of it, and one that has less. */
		{{{10, 5, 5, 0}, {10, 5, 5, 0}}, {"anon ──", "anon ──"}},
		{{{8, 6, 4, 0}, {8, 6, 4, 0}}, {"kind: anon ──", "kind: anon ──"}},
		{{{9, 6, 3, 0}, {9, 6, 3, 0}}, {"anon ──", "anon ──"}},
		/* The followed one stays until another grew twice as much. */
		{{{10, 0, 0, 0}, {10, 10, 0, 0}}, {"anon ──", "anon ──"}},
		{{{0, 0, 0, 10}, {30, 0, 0, 10}}, {"thread-stack ──", "anon ──"}},
		{{{0, 0, 0, 10}, {20, 0, 0, 10}}, {"thread-stack ──", "thread-stack ──"}},
		{{{0, 0, 0, 10}, {21, 0, 0, 10}}, {"thread-stack ──", "anon ──"}},
		{{{0, 0, 0, 0}, {0, 0, 0, 0}}, {NULL, NULL}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text text = {0};
		struct stage stage;

		stage_open(&stage, space_of_four((const uint64_t[4]){0}), 120, 40, true);
		for (int k = 0; k < 2; k++) {
			stage_add(&stage, space_of_four(cases[i].pages[k]), k + 1);
			assert_int_equal(stage_shows(&stage, &chart_pane),
					 cases[i].titles[k] != NULL);
			if (cases[i].titles[k] && !strstr(title(&stage, &text), cases[i].titles[k]))
				fail_msg("%zu: no '%s' in %s", i, cases[i].titles[k],
					 title(&stage, &text));
		}
		text_finish(&text);
		stage_close(&stage);
	}
}

/* Where no mapping grew, RSS may have, by more than a sixteenth. */
static void resident_memory_is_followed_where_it_grew(void **state)
{
	static const struct {
		uint64_t before, now;
		bool shown;
	} cases[] = {{1600, 1700, false},
		     {1600, 1701, true},
		     {1600, 1500, false},
		     {TARGET_UNKNOWN, 1700, false},
		     {1600, TARGET_UNKNOWN, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct address_space *before = sample_python(), *now = sample_python();
		struct text text = {0};
		struct stage stage;

		before->target.rss = cases[i].before;
		now->target.rss = cases[i].now;
		stage_open(&stage, before, 120, 40, true);
		stage_add(&stage, now, 1);
		assert_int_equal(stage_shows(&stage, &chart_pane), cases[i].shown);
		if (cases[i].shown)
			assert_non_null(strstr(title(&stage, &text), "rss ──"));
		text_finish(&text);
		stage_close(&stage);
	}
}

/* As a recording may say: what a kind grew by is the most that there is, and is followed. */
static void growth_has_63_bits(void **state)
{
	static const char *const maps[] = {
		"1000-2000 rw-p 0 00:00 0 \n",
		"1000-2000 rw-p 0 00:00 0 \n"
		"1000000000000000-3000000000000000 rw-p 0 00:00 0 \n"
		"4000000000000000-6000000000000000 rw-p 0 00:00 0 \n"
		"7000000000000000-9000000000000000 rw-p 0 00:00 0 \n"
		"a000000000000000-c000000000000000 rw-p 0 00:00 0 \n",
	};
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, maps[0]), 120, 40, true);
	stage_add(&stage, maps_space_create(NULL, maps[1]), 1);
	assert_true(stage_shows(&stage, &chart_pane));
	assert_non_null(strstr(title(&stage, &text), "kind: anon ──"));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_can_be_followed),
		cmocka_unit_test(a_gap_has_nothing_to_follow),
		cmocka_unit_test(small_screens_have_it_when_asked),
		cmocka_unit_test(it_opens_by_itself_once_something_grows),
		cmocka_unit_test(what_grows_downwards_is_followed),
		cmocka_unit_test(reservations_are_not_followed),
		cmocka_unit_test(what_is_followed_has_a_name_when_it_is_gone),
		cmocka_unit_test(what_is_in_use_in_the_heap_is_charted_once_it_is_known),
		cmocka_unit_test(what_keys_do_is_seen),
		cmocka_unit_test(what_grew_most_is_followed),
		cmocka_unit_test(resident_memory_is_followed_where_it_grew),
		cmocka_unit_test(growth_has_63_bits),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("chart_pane", tests, NULL, NULL);
}
