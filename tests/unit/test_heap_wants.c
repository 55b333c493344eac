/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "sample_heap.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/heap_wants.h"
#include "ui/arrange.h"
#include "ui/pane/heap_pane.h"
#include "ui/inside/inside_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static bool take(struct stage *stage, const struct heap_usage *heap)
{
	bool taken = heap_wants_take(&stage->ui, heap, 0, stage->session.now->time_ns);

	ui_layout(&stage->ui);
	return taken;
}

static void who_sees_it_wants_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	assert_false(heap_wants(&stage.ui));
	stage_press(&stage, KEYS('H'));
	assert_true(heap_wants(&stage.ui));
	/* Below the help nobody does. */
	stage_press(&stage, KEYS('?'));
	assert_false(heap_wants(&stage.ui));
	stage_press(&stage, KEYS(KEY_ESC));
	assert_true(heap_wants(&stage.ui));
	stage_press(&stage, KEYS('H'));
	assert_false(heap_wants(&stage.ui));
	/* The cursor begins at the heap. */
	stage_press(&stage, KEYS('I'));
	assert_true(heap_wants(&stage.ui));
	stage_press(&stage, KEYS('I'));
	assert_false(heap_wants(&stage.ui));
	/* What has ended has nothing new. */
	stage_press(&stage, KEYS('I'));
	stage.ui.shown.ended = true;
	assert_false(heap_wants(&stage.ui));
	stage_close(&stage);
}

static void what_shows_its_growth_wants_it_once_it_was_walked(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, KEYS('d'));
	assert_false(heap_wants(&stage.ui));
	session_add_heap(&stage.session, stage.session.now->time_ns,
			 &(struct heap_part){.address = 0x10, .used = 1 << 20}, 1);
	assert_true(heap_wants(&stage.ui));
	assert_true(take(&stage, &heap));
	heap_wants_release(&stage.ui);
	assert_ptr_equal(stage.ui.shown.heap, &heap);
	stage_press(&stage, KEYS('d'));
	assert_false(heap_wants(&stage.ui));
	heap_wants_release(&stage.ui);
	assert_null(stage.ui.shown.heap);
	/* The chart does, while it follows that. */
	for (int i = 0; i < 12 && !heap_wants(&stage.ui); i++)
		stage_press(&stage, KEYS('v'));
	assert_true(heap_wants(&stage.ui));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void it_is_shown_as_long_as_one_wants_it(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('H'));
	assert_true(take(&stage, &heap));
	heap_wants_release(&stage.ui);
	assert_ptr_equal(stage.ui.shown.heap, &heap);
	/* Where there is no room for the pane it shows nothing. */
	stage_pane(&stage, &heap_pane)->rect.lines = 1;
	heap_wants_release(&stage.ui);
	assert_ptr_equal(stage.ui.shown.heap, &heap);
	stage_pane(&stage, &heap_pane)->rect.lines = 0;
	heap_wants_release(&stage.ui);
	assert_null(stage.ui.shown.heap);
	arrange_again(&stage.ui);
	assert_true(take(&stage, &heap));
	stage_press(&stage, KEYS(KEY_TAB, 'I', 'H'));
	heap_wants_release(&stage.ui);
	assert_ptr_equal(stage.ui.shown.heap, &heap);
	stage_press(&stage, KEYS('I'));
	heap_wants_release(&stage.ui);
	assert_null(stage.ui.shown.heap);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void a_paused_picture_keeps_it(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_add(&stage, sample_python(), 1);
	stage_press(&stage, KEYS('H'));
	assert_true(take(&stage, &heap));
	/* Also where nothing else has changed since it was walked. */
	stage_add(&stage, sample_python(), 2);
	stage_press(&stage, KEYS(KEY_SPACE));
	stage_add(&stage, sample_python(), 3);
	assert_ptr_equal(shown_heap(&stage.ui.shown), &heap);
	stage_add(&stage, sample_python_grown(4096), 4);
	assert_false(heap_wants(&stage.ui));
	assert_ptr_equal(shown_heap(&stage.ui.shown), &heap);
	/* But not what was before, which may have been another one. */
	stage_press(&stage, KEYS(','));
	assert_null(shown_heap(&stage.ui.shown));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* A walk that ends while a past moment is shown says nothing of that. */
static void a_walk_that_ends_late_waits(void **state)
{
	struct heap_usage heap = sample_heap();
	const struct inside *inside;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('I'));
	inside = &((struct inside_pane *)stage_pane(&stage, &inside_pane))->inside;
	stage_add(&stage, sample_python_grown(4096), 1);
	stage_press(&stage, KEYS(','));
	assert_true(take(&stage, &heap));
	assert_null(shown_heap(&stage.ui.shown));
	assert_false(inside->heap_told);
	assert_false(inside_has_chunks(inside));
	stage_press(&stage, KEYS('L'));
	assert_true(take(&stage, &heap));
	assert_true(inside_has_chunks(inside));
	stage_close(&stage);
	heap_usage_finish(&heap);
}

static void a_walk_of_another_program_is_dropped(void **state)
{
	struct address_space *other = sample_large(50);
	struct heap_usage heap = sample_heap();
	struct stage stage;
	int64_t before;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	before = stage.session.now->time_ns;
	stage_press(&stage, KEYS('H'));
	other->target.start_stack += 4096;
	stage_add(&stage, other, 1);
	assert_false(heap_wants_take(&stage.ui, &heap, 0, before));
	assert_null(stage.ui.shown.heap);
	assert_true(take(&stage, &heap));
	assert_ptr_equal(stage.ui.shown.heap, &heap);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

/* What is taken is shown at the time of the newest snapshot, and what it was walked at before. */
static void what_is_taken_has_its_time(void **state)
{
	struct heap_usage heap = sample_heap();
	struct stage stage;
	int64_t first;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	assert_false(heap_wants(&stage.ui));
	assert_false(heap_wants_take(&stage.ui, &heap, 0, 1));
	stage_close(&stage);
	stage_open(&stage, sample_python(), 120, 40, true);
	first = stage.session.now->time_ns;
	stage_add(&stage, sample_python_grown(4096), 1);
	assert_true(heap_wants_take(&stage.ui, &heap, 0, first));
	assert_true(stage.ui.shown.heap_ns == first + 1000000000);
	stage_press(&stage, KEYS(','));
	assert_true(heap_wants_take(&stage.ui, &heap, 0, first + 7));
	assert_true(stage.ui.shown.heap_ns == first + 7);
	ui_take_request(&stage.ui);
	heap_wants_release(&stage.ui);
	assert_null(stage.ui.shown.heap);
	assert_true(ui_take_request(&stage.ui).bits & UI_DRAW);
	heap_wants_release(&stage.ui);
	assert_int_equal(ui_take_request(&stage.ui).bits, 0);
	stage_close(&stage);
	heap_usage_finish(&heap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_sees_it_wants_it),
		cmocka_unit_test(what_shows_its_growth_wants_it_once_it_was_walked),
		cmocka_unit_test(it_is_shown_as_long_as_one_wants_it),
		cmocka_unit_test(a_paused_picture_keeps_it),
		cmocka_unit_test(a_walk_that_ends_late_waits),
		cmocka_unit_test(a_walk_of_another_program_is_dropped),
		cmocka_unit_test(what_is_taken_has_its_time),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("heap_wants", tests, NULL, NULL);
}
