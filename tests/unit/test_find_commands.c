/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"

#define LIBM      0x7f83a9782000
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define HEAP      UINT64_C(0x55b5f7c8d000)

static void type(struct stage *stage, const char *text)
{
	for (; *text; text++)
		stage_press(stage, KEYS((unsigned char)*text));
}

/* The mapping under the cursor has a band of its own, on the screen. */
static void check_cursor(const struct stage *stage, uint64_t address)
{
	const struct view *view = &stage->ui.view;

	assert_true(view->cursor == address);
	assert_int_equal(view_band(view, stage->ui.shown.picture.diagram)->count, 1);
	assert_true(view_band(view, stage->ui.shown.picture.diagram)->start == address);
	assert_true(view->cursor_at < view->lines);
}

static void a_search_shows_its_first_match_while_it_is_typed(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_true(stage.ui.view.cursor == HEAP);
	stage_press(&stage, KEYS('/'));
	type(&stage, "libc");
	/* From the heap down there is none: round the end, to the highest. */
	check_cursor(&stage, 0x7f83aa712000);
	stage_check(&stage, "find_typed");
	assert_true(stage_count_role(&stage, ROLE_MATCH) > 0);
	type(&stage, " perm:x");
	check_cursor(&stage, 0x7f83aa564000);
	/* Back to where it began. */
	stage_press(&stage, KEYS(KEY_ESC));
	assert_true(stage.ui.view.cursor == HEAP);
	assert_null(find_marked(&stage.ui.find));
	stage_check(&stage, "ui_80x24");
	stage_close(&stage);
}

static void n_goes_through_the_matches_and_round(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('n'));
	assert_string_equal(stage.ui.message.text, "There is no previous search; / searches.");
	stage_press(&stage, KEYS('/'));
	type(&stage, "kind:text");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_null(stage.ui.line.asking);
	check_cursor(&stage, 0x55b5c3c6a000);
	assert_string_equal(stage.ui.message.text, "Match 4 of 4.");
	assert_int_equal(stage_press(&stage, KEYS('n')), UI_LAYOUT | UI_DRAW);
	check_cursor(&stage, 0x7f83aa75e000);
	assert_string_equal(stage.ui.message.text, "Match 1 of 4, continued from the top.");
	stage_press(&stage, KEYS('n'));
	check_cursor(&stage, 0x7f83aa564000);
	stage_check(&stage, "find_match");
	stage_press(&stage, KEYS('N', 'N'));
	check_cursor(&stage, 0x55b5c3c6a000);
	assert_string_equal(stage.ui.message.text, "Match 4 of 4, continued from the bottom.");
	/* With low addresses on top, the next is the next higher one. */
	stage_press(&stage, KEYS('o', 'n'));
	check_cursor(&stage, 0x7f83a9792000);
	assert_string_equal(stage.ui.message.text, "Match 2 of 4.");
	/* An empty line looks for the same again. */
	stage_press(&stage, KEYS('/', KEY_RETURN));
	check_cursor(&stage, 0x7f83aa564000);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_null(find_marked(&stage.ui.find));
	stage_press(&stage, KEYS('n'));
	assert_non_null(find_marked(&stage.ui.find));
	stage_close(&stage);
}

static void a_search_leaves_the_windows_that_do_not_hold_the_match(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = LIBM;
	stage_press(&stage, KEYS(KEY_RETURN, '/'));
	assert_int_equal(stage.ui.view.depth, 1);
	type(&stage, "vdso");
	assert_int_equal(stage.ui.view.depth, 0);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.view.depth, 1);
	stage_press(&stage, KEYS('/'));
	type(&stage, "vdso");
	stage_press(&stage, KEYS(KEY_RETURN));
	check_cursor(&stage, 0x7fff7735f000);
	stage_close(&stage);
}

/* Each match in a large process, at any size and zoom, has a band of its own on the screen. */
static void a_match_in_a_fold_is_taken_out_of_it(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(800), 40, 12, true);
	stage_press(&stage, KEYS('/'));
	type(&stage, "size:<=4K");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_true(stage.ui.find.search.matches.count > 20);
	for (size_t i = 0; i < 20; i++) {
		stage_press(&stage, KEYS('n'));
		check_cursor(&stage, stage.ui.view.pin);
	}
	stage_press(&stage, KEYS('+', '+', '+'));
	for (size_t i = 0; i < 20; i++) {
		stage_press(&stage, KEYS('n'));
		check_cursor(&stage, stage.ui.view.pin);
	}
	stage_press(&stage, KEYS('0'));
	stage_check(&stage, "find_match_40x12");
	/* Without the marks it folds again. */
	stage_press(&stage, KEYS(KEY_ESC));
	assert_true(view_band(&stage.ui.view, stage.ui.shown.picture.diagram)->count > 1);
	stage_close(&stage);
}

static void a_mistake_keeps_the_line_and_the_old_search(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('/'));
	type(&stage, "libc");
	stage_press(&stage, KEYS(KEY_RETURN, '/'));
	type(&stage, "kind:hepa x");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_non_null(stage.ui.line.asking);
	assert_string_equal(stage.ui.line.prompt.text, "kind:hepa x");
	assert_int_equal(stage.ui.line.prompt.cursor, 5);
	assert_non_null(strstr(stage.ui.message.text, "did you mean heap?"));
	stage_check(&stage, "find_mistake");
	stage_press(&stage, KEYS(KEY_ESC));
	assert_string_equal(stage.ui.find.search.text, "libc");
	assert_int_equal(find_marked(&stage.ui.find)->count, 6);
	stage_close(&stage);
}

static void what_nothing_matches_is_said(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('/'));
	type(&stage, "qqq");
	assert_string_equal(stage.ui.message.text, "No mapping matches.");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_string_equal(stage.ui.message.text, "No mapping matches.");
	assert_true(stage.ui.view.cursor == HEAP);
	stage_press(&stage, KEYS('n'));
	assert_string_equal(stage.ui.message.text,
			    "No mapping matches; / searches for something else.");
	stage_press(&stage, KEYS('/', KEY_RETURN));
	assert_null(stage.ui.line.asking);
	/* What is hidden may match, but cannot be gone to. */
	stage_press(&stage, KEYS('f'));
	type(&stage, "libc");
	stage_press(&stage, KEYS(KEY_RETURN, 'f', '/'));
	type(&stage, "heap");
	assert_string_equal(stage.ui.message.text, "No mapping that passes the filter matches.");
	stage_press(&stage, KEYS(KEY_RETURN, 'n'));
	assert_string_equal(stage.ui.message.text,
			    "No mapping that passes the filter matches; f edits the filter.");
	stage_close(&stage);
}

static void a_filter_dims_then_hides_then_is_edited(void **state)
{
	struct stage stage;
	size_t coloured;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_check(&stage, "ui_80x24");
	coloured = stage_count_role(&stage, ROLE_KIND_STACK);
	assert_true(coloured > 0);
	stage_press(&stage, KEYS('f'));
	assert_string_equal(stage.ui.line.prompt.text, "");
	type(&stage, "perm:x");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_string_equal(stage.ui.message.text,
			    "6 of 34 match; f hides the others, Esc shows all.");
	stage_check(&stage, "filter_dims");
	assert_int_equal(stage_count_role(&stage, ROLE_KIND_STACK), 0);
	stage_press(&stage, KEYS('f'));
	stage_check(&stage, "filter_hides");
	stage_press(&stage, KEYS('f'));
	assert_non_null(stage.ui.line.asking);
	assert_string_equal(stage.ui.line.prompt.text, "perm:x");
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_HIDE);
	stage_press(&stage, KEYS('f'));
	type(&stage, "w");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(stage.ui.find.filter, FILTER_DIM);
	assert_int_equal(find_filtered(&stage.ui.find)->count, 1);
	stage_press(&stage, KEYS(KEY_ESC));
	stage_check(&stage, "ui_80x24");
	assert_int_equal(stage_count_role(&stage, ROLE_KIND_STACK), coloured);
	stage_close(&stage);
}

static void a_filter_follows_the_process(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('f'));
	type(&stage, "rss:>0");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_string_equal(stage.ui.message.text,
			    "No mapping matches; f hides all, Esc takes the filter off.");
	stage_press(&stage, KEYS('f'));
	stage_check(&stage, "filter_hides_all");
	/* It becomes known what is in memory: other mappings are hidden, and so the picture
	 * differs. */
	stage_scan(&stage, false);
	assert_true(find_filtered(&stage.ui.find)->count > 20);
	stage_check(&stage, "filter_known");
	stage_add(&stage, sample_python_without(HEAP), 1);
	assert_int_equal(find_filtered(&stage.ui.find)->vma_count, 34);
	assert_int_equal(find_filtered(&stage.ui.find)->count, 0);
	stage_scan(&stage, false);
	assert_true(find_filtered(&stage.ui.find)->count > 20);
	stage_press(&stage, KEYS('f', KEY_BACK, KEY_BACK, KEY_BACK, KEY_BACK, KEY_BACK, KEY_BACK,
				 KEY_RETURN));
	assert_string_equal(stage.ui.message.text, "There is no filter.");
	assert_int_equal(stage.ui.find.filter, FILTER_NONE);
	stage_close(&stage);
}

static void a_filter_that_is_wrong_stays_what_it_was(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('f'));
	type(&stage, "heap");
	stage_press(&stage, KEYS(KEY_RETURN, 'f', 'f'));
	type(&stage, "(");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_non_null(stage.ui.line.asking);
	assert_int_equal(stage.ui.line.prompt.cursor, 5);
	assert_string_equal(stage.ui.find.filtered.text, "heap");
	assert_int_equal(find_filtered(&stage.ui.find)->count, 1);
	stage_press(&stage, KEYS(KEY_ESC));
	assert_int_equal(stage.ui.find.filter, FILTER_HIDE);
	stage_close(&stage);
}

static void what_is_hidden_is_never_called_unmapped(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('f'));
	type(&stage, "libc|heap");
	stage_press(&stage, KEYS(KEY_RETURN, 'f', KEY_ARROW_UP));
	stage_check(&stage, "filter_inspector");
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_string_equal(stage.ui.message.text,
			    "The filter hides what is inside; f edits it, Esc shows it again.");
	stage_close(&stage);
}

/* Alone, or folded with a gap beside it. */
static void what_is_hidden_looks_like_a_gap(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 14, true);
	stage_press(&stage, KEYS('f'));
	type(&stage, "stack|libm|libc|python");
	stage_press(&stage, KEYS(KEY_RETURN, 'f'));
	stage_check(&stage, "filter_folds");
	stage_close(&stage);
}

static void a_window_is_not_what_hides_it(void **state)
{
	struct stage stage;
	uint64_t start, end;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS(KEY_RETURN));
	start = view_window(&stage.ui.view)->start;
	end = view_window(&stage.ui.view)->end;
	stage_press(&stage, KEYS('f'));
	type(&stage, "libc");
	stage_press(&stage, KEYS(KEY_RETURN, 'f'));
	stage_add(&stage, sample_python(), 1);
	assert_true(view_window(&stage.ui.view)->start == start);
	assert_true(view_window(&stage.ui.view)->end == end);
	stage_close(&stage);
}

static void all_of_it_works_in_ascii(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 60, 20, false);
	stage_press(&stage, KEYS('f'));
	type(&stage, "owner:library");
	stage_press(&stage, KEYS(KEY_RETURN, 'f', '/'));
	type(&stage, "libm");
	stage_check(&stage, "find_ascii");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_search_shows_its_first_match_while_it_is_typed),
		cmocka_unit_test(n_goes_through_the_matches_and_round),
		cmocka_unit_test(a_search_leaves_the_windows_that_do_not_hold_the_match),
		cmocka_unit_test(a_match_in_a_fold_is_taken_out_of_it),
		cmocka_unit_test(a_mistake_keeps_the_line_and_the_old_search),
		cmocka_unit_test(what_nothing_matches_is_said),
		cmocka_unit_test(a_filter_dims_then_hides_then_is_edited),
		cmocka_unit_test(a_filter_follows_the_process),
		cmocka_unit_test(a_filter_that_is_wrong_stays_what_it_was),
		cmocka_unit_test(what_is_hidden_is_never_called_unmapped),
		cmocka_unit_test(what_is_hidden_looks_like_a_gap),
		cmocka_unit_test(a_window_is_not_what_hides_it),
		cmocka_unit_test(all_of_it_works_in_ascii),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("find_commands", tests, NULL, NULL);
}
