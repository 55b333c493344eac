/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"
#include "ui/heap_wants.h"
#include "ui/inside/inside_pane.h"
#include "ui/pane/heap_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A walk of the newest snapshot ends. */
static void take(struct stage *stage, const struct heap_usage *heap, int error)
{
	assert_true(heap_wants_take(&stage->ui, heap, error, stage->session.now->time_ns));
	ui_layout(&stage->ui);
}

static void a_walk_is_wanted_while_it_is_open(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(heap_wants(&stage.ui));
	stage_press(&stage, KEYS('H'));
	assert_true(heap_wants(&stage.ui));
	stage_check(&stage, "heap_pane_waits");
	/* The past has no inside. */
	stage_add(&stage, sample_python(), 1);
	stage_press(&stage, KEYS(','));
	assert_false(heap_wants(&stage.ui));
	stage_press(&stage, KEYS('L', 'H'));
	assert_false(heap_wants(&stage.ui));
	stage_close(&stage);
}

static void the_picture_shows_what_is_free(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	stage_press(&stage, KEYS(KEY_ARROW_DOWN));
	stage_check(&stage, "heap_pane_120x40");
	stage_resize(&stage, 80, 24);
	stage_check(&stage, "heap_pane_80x24");
	stage_resize(&stage, 40, 12);
	stage_check(&stage, "heap_pane_40x12");
	stage_resize(&stage, 100, 40);
	trace_presses(&stage, &heap_pane,
		      &((struct heap_pane *)stage_pane(&stage, &heap_pane))->cursor,
		      "heap_presses");
	/* It is not kept up with when nobody looks. */
	stage_press(&stage, KEYS('H'));
	heap_wants_release(&stage.ui);
	assert_null(stage.ui.shown.heap);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void in_ascii_too(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, false);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	stage_check(&stage, "heap_pane_ascii");
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* The mapping that is gone into, and as what. */
static void check_inside(const struct stage *stage, uint64_t start)
{
	const struct inside_pane *pane =
		(const struct inside_pane *)stage_pane(stage, &inside_pane);

	assert_true(stage_shows(stage, &inside_pane));
	assert_true(pane->inside.place.start == start);
	assert_int_equal(inside_level_const(&pane->inside)->grain, INSIDE_CHUNKS);
}

static void enter_shows_the_chunks_of_the_arena(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H', KEY_RETURN));
	assert_non_null(strstr(stage.ui.message.text, "Nothing is known of the heap"));
	take(&stage, &heap, 0);
	stage_press(&stage, KEYS(KEY_TO_END, KEY_RETURN));
	check_inside(&stage, SAMPLE_ARENA_START);
	stage_press(&stage, KEYS(KEY_TAB, KEY_TO_HOME, KEY_RETURN));
	check_inside(&stage, SAMPLE_HEAP_START);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* Of an arena that begins in a mapping, but has its chunks in another one. */
static uint64_t place_of(uint64_t chunk, enum heap_use use, uint32_t of_arena)
{
	struct heap_arena arenas[] = {{.start = SAMPLE_HEAP_START}, {.start = SAMPLE_ARENA_START}};
	struct heap_piece piece = {
		.start = chunk, .end = chunk + 0x1000, .use = use, .arena = of_arena};
	struct heap_usage heap = {.arenas = arenas, .count = 1, .pieces = &piece, .piece_count = 1};
	const struct inside_pane *pane;
	struct stage stage;
	uint64_t start;

	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	stage_press(&stage, KEYS(KEY_RETURN));
	pane = (const struct inside_pane *)stage_pane(&stage, &inside_pane);
	start = pane->inside.place.start;
	stage_close(&stage);
	return start;
}

static void chunks_of_programs_are_where_an_arena_is(void **state)
{
	const uint64_t anon = 0x7f83aa1dc000, libc = 0x7f83aa564000, stack = 0x7fff7725a000;

	(void)state;
	for (int use = 0; use < HEAP_USE_COUNT; use++)
		assert_int_equal(place_of(anon, (enum heap_use)use, 0),
				 use == HEAP_USE_USED || use == HEAP_USE_CACHED ||
						 use == HEAP_USE_FREE || use == HEAP_USE_TOP
					 ? anon
					 : SAMPLE_HEAP_START);
	assert_int_equal(place_of(SAMPLE_ARENA_START, HEAP_USE_USED, 0), SAMPLE_ARENA_START);
	/* Chunks of another arena, and what is in no memory of heaps. */
	assert_int_equal(place_of(anon, HEAP_USE_USED, 1), SAMPLE_HEAP_START);
	assert_int_equal(place_of(libc, HEAP_USE_USED, 0), SAMPLE_HEAP_START);
	assert_int_equal(place_of(stack, HEAP_USE_USED, 0), SAMPLE_HEAP_START);
}

static void why_nothing_is_known_is_said(void **state)
{
	int column, line;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, NULL, -EACCES);
	assert_true(stage_find(&stage, "may not be read", &column, &line));
	take(&stage, NULL, -ENOENT);
	assert_true(stage_find(&stage, "were not found", &column, &line));
	stage_close(&stage);
}

/* What is waited for needs a line, what comes of it three. */
static void there_is_room_for_all_that_is_said(void **state)
{
	int column, line;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, NULL, -ENOENT);
	assert_true(stage_find(&stage, "malloc_stats()", &column, &line));
	stage_close(&stage);
}

static void another_program_has_another_heap(void **state)
{
	struct address_space *other = sample_large(50);
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	assert_non_null(stage.ui.shown.heap);
	other->target.start_stack += 4096;
	stage_add(&stage, other, 1);
	assert_null(stage.ui.shown.heap);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* Arenas go while the cursor is on the last of them. */
static void the_cursor_stays_on_an_arena(void **state)
{
	struct heap_usage heap = sample_heap();
	const size_t count = heap.count;
	struct stage stage;

	(void)state;
	assert_true(count > 1);
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	stage_press(&stage, KEYS(KEY_TO_END));
	assert_int_equal(((struct heap_pane *)stage_pane(&stage, &heap_pane))->cursor, count);
	heap.count = 1;
	take(&stage, &heap, 0);
	assert_int_equal(((struct heap_pane *)stage_pane(&stage, &heap_pane))->cursor, 0);
	stage_close(&stage);
	heap.count = count;
	heap_usage_finish(&heap);
}

static void what_keys_do_is_seen(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 26, true);
	stage_scan(&stage, true);
	stage_press(&stage, KEYS('H'));
	take(&stage, &heap, 0);
	trace_run(&stage,
		  "Ctrl-D Ctrl-D Ctrl-U Down Down Down Up End Home PgDn PgUp Enter Backspace Tab H "
		  "@_[heap] H @_main "
		  "@^main @arena @main Tab Down ] i H H #44x16 #130x20 #60x22",
		  "heap_pane_keys");
	stage_close(&stage);
	heap_usage_finish(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_is_wanted_while_it_is_open),
		cmocka_unit_test(the_picture_shows_what_is_free),
		cmocka_unit_test(in_ascii_too),
		cmocka_unit_test(enter_shows_the_chunks_of_the_arena),
		cmocka_unit_test(chunks_of_programs_are_where_an_arena_is),
		cmocka_unit_test(why_nothing_is_known_is_said),
		cmocka_unit_test(there_is_room_for_all_that_is_said),
		cmocka_unit_test(another_program_has_another_heap),
		cmocka_unit_test(the_cursor_stays_on_an_arena),
		cmocka_unit_test(what_keys_do_is_seen),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("heap_pane", tests, NULL, NULL);
}
