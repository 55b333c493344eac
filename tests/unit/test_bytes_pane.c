/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "bytes_shown.h"
#include "model/address_space.h"
#include "ui/table/table_pane.h"

static void what_is_under_the_cursor_is_wanted(void **state)
{
	struct bytes_wish wish;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	stage_press(&stage, (uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, 'B', 0});
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_int_equal(wish.address, HEAP);
	assert_int_equal(wish.size, 9 * 16);
	assert_false(wish.anyway);
	/* The cursor of the main view is followed. */
	stage_press(&stage, (uint32_t[]){KEY_TAB, KEY_ARROW_UP, 0});
	assert_true(stage.ui.view.cursor != HEAP);
	assert_int_equal(pane_of(&stage)->cursor, stage.ui.view.cursor);
	/* In a past moment, and where nothing may be read, there is nothing to ask. */
	stage_press(&stage, (uint32_t[]){KEY_SPACE, 0});
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	stage_press(&stage, (uint32_t[]){KEY_SPACE, 'g', '0', KEY_RETURN, 'B', 0});
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	stage_check_panes(&stage, "bytes_nothing");
	stage_close(&stage);
}

static void bytes_are_drawn_live(void **state)
{
	struct stage stage;
	size_t changed;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	assert_true(stage.ui.request.bits & UI_DRAW);
	stage_check(&stage, "bytes_80x24");
	changed = stage_count_role(&stage, ROLE_APPEARED);
	answer(&stage, 'T', 0);
	stage_check_panes(&stage, "bytes_changed");
	/* Two digits and a letter. */
	assert_int_equal(stage_count_role(&stage, ROLE_APPEARED), changed + 3);
	answer(&stage, 'T', 0);
	stage_check_panes(&stage, "bytes_settled");
	assert_int_equal(stage_count_role(&stage, ROLE_APPEARED), changed);
	stage_close(&stage);
}

static void other_sizes_have_other_lines(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 40, 12);
	answer(&stage, 't', 0);
	stage_check(&stage, "bytes_40x12");
	stage_resize(&stage, 120, 40);
	answer(&stage, 't', 0);
	stage_check(&stage, "bytes_120x40");
	stage_close(&stage);
}

static void a_word_is_followed_and_left_again(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	stage_press(&stage, (uint32_t[]){KEY_RETURN, 0});
	assert_string_equal(stage.ui.message.text,
			    "This word is not an address of the process; choose another one.");
	stage_press(&stage, (uint32_t[]){KEY_ARROW_RIGHT, 0});
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 8);
	/* The name of another address's symbol is not this one's. */
	bytes_pane_take_symbol(&stage.ui, LIBC, "__other");
	stage_check_panes(&stage, "bytes_pointer");
	bytes_pane_take_symbol(&stage.ui, LIBC + 0x26010, "__libc_start_call_main+0x10");
	stage_check_panes(&stage, "bytes_symbol");
	stage_press(&stage, (uint32_t[]){KEY_RETURN, 0});
	assert_int_equal(pane_of(&stage)->cursor, LIBC + 0x26010);
	assert_int_equal(stage.ui.view.cursor, LIBC + 0x26010);
	stage_press(&stage, (uint32_t[]){KEY_ARROW_DOWN, KEY_BACK, 0});
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 8);
	assert_int_equal(stage.ui.view.cursor, HEAP + 8);
	/* Then it is the main view's way back. */
	stage_press(&stage, (uint32_t[]){KEY_BACK, 0});
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 8);
	stage_close(&stage);
}

static void more_ways_back_than_there_is_room_for(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	for (int i = 0; i < 2 * BYTES_PANE_BACK; i++) {
		/* Each place has a pointer in its second word. */
		answer(&stage, 't', 0);
		pane_of(&stage)->cursor = pane_of(&stage)->top + 8;
		stage_press(&stage, (uint32_t[]){KEY_RETURN, 0});
		assert_int_equal(pane_of(&stage)->cursor, LIBC + 0x26010);
		pane_of(&stage)->top = LIBC + 0x26000;
	}
	assert_int_equal(pane_of(&stage)->depth, BYTES_PANE_BACK);
	stage_close(&stage);
}

static void the_cursor_stays_in_its_mapping(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	stage_press(&stage, (uint32_t[]){KEY_ARROW_UP, KEY_PAGE_UP, KEY_ARROW_LEFT, 0});
	assert_int_equal(pane_of(&stage)->cursor, HEAP);
	stage_press(&stage, (uint32_t[]){KEY_TO_END, KEY_ARROW_DOWN, KEY_ARROW_RIGHT, 0});
	assert_int_equal(pane_of(&stage)->cursor, 0x55b5f7e87000 - 8);
	assert_int_equal(pane_of(&stage)->top, 0x55b5f7e87000 - 9 * 16);
	stage_press(&stage, (uint32_t[]){KEY_TO_HOME, KEY_PAGE_DOWN, 0});
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 8 * 16);
	assert_int_equal(pane_of(&stage)->top, HEAP);
	stage_press(&stage, (uint32_t[]){KEY_ARROW_DOWN, KEY_ARROW_DOWN, 0});
	assert_int_equal(pane_of(&stage)->top, HEAP + 2 * 16);
	stage_close(&stage);
}

static void pages_not_in_memory_are_read_after_a_question(void **state)
{
	struct bytes_wish wish;
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	stage_press(&stage, (uint32_t[]){'R', 0});
	assert_string_equal(stage.ui.message.text, "All that is shown is in memory already.");
	answer(&stage, 't', 1);
	stage_check_panes(&stage, "bytes_absent");
	stage_press(&stage, (uint32_t[]){'R', 0});
	assert_non_null(strstr(stage.ui.message.text, "R again does so."));
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_false(wish.anyway);
	stage_press(&stage, (uint32_t[]){'R', 0});
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_true(wish.anyway);
	answer(&stage, 't', 0);
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	assert_false(wish.anyway);
	stage_close(&stage);
}

static void memory_of_devices_is_never_read(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, (uint32_t[]){'R', 0});
	assert_non_null(strstr(stage.ui.message.text, "This is a command of the bytes; B"));
	stage_press(&stage, (uint32_t[]){'g', 'v', 'v', 'a', 'r', KEY_RETURN, 'B', 0});
	answer(&stage, 't', 1);
	stage_press(&stage, (uint32_t[]){'R', 'R', 0});
	assert_non_null(strstr(stage.ui.message.text, "a device's"));
	stage_close(&stage);
}

static void why_nothing_may_be_read_is_told(void **state)
{
	struct bytes_wish wish;
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	bytes_pane_refuse(&stage.ui, "Cannot read the memory of process 20712: the setting "
				     "kernel.yama.ptrace_scope is 2, which allows that only to "
				     "root; run vastop as root.");
	assert_false(bytes_pane_wants(&stage.ui, &wish));
	stage_check_panes(&stage, "bytes_refused");
	/* Who opens the pane again asks again. */
	stage_press(&stage, (uint32_t[]){'B', 'B', 0});
	assert_true(bytes_pane_wants(&stage.ui, &wish));
	stage_close(&stage);
}

static void a_click_chooses_a_word(void **state)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	struct stage stage;

	(void)state;
	open_heap(&stage, 80, 24);
	answer(&stage, 't', 0);
	assert_true(stage_find(&stage, "10 40 56 aa", &mouse.column, &mouse.line));
	stage_click(&stage, &mouse);
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 8);
	/* The text of the second line. */
	assert_true(stage_find(&stage, "text, ", &mouse.column, &mouse.line));
	mouse.line++;
	mouse.column += 9;
	stage_click(&stage, &mouse);
	assert_int_equal(pane_of(&stage)->cursor, HEAP + 24);
	stage_close(&stage);
}

static void the_table_has_rows_that_are_followed(void **state)
{
	struct stage stage;

	(void)state;
	open_heap(&stage, 120, 40);
	stage_press(&stage, (uint32_t[]){'t', KEY_TO_HOME, 0});
	assert_true(stage_shows(&stage, &table_pane));
	assert_true(pane_of(&stage)->cursor != HEAP);
	bytes_pane_show(&stage.ui, LIBC + 0x26011);
	ui_layout(&stage.ui);
	assert_int_equal(pane_of(&stage)->cursor, LIBC + 0x26011);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_under_the_cursor_is_wanted),
		cmocka_unit_test(bytes_are_drawn_live),
		cmocka_unit_test(other_sizes_have_other_lines),
		cmocka_unit_test(a_word_is_followed_and_left_again),
		cmocka_unit_test(more_ways_back_than_there_is_room_for),
		cmocka_unit_test(the_cursor_stays_in_its_mapping),
		cmocka_unit_test(pages_not_in_memory_are_read_after_a_question),
		cmocka_unit_test(memory_of_devices_is_never_read),
		cmocka_unit_test(why_nothing_may_be_read_is_told),
		cmocka_unit_test(a_click_chooses_a_word),
		cmocka_unit_test(the_table_has_rows_that_are_followed),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("bytes_pane", tests, NULL, NULL);
}
