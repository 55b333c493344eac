/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "inspector_text.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/picture_pane.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static void says_all_it_can_in_the_room_it_has(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	/* So many rows that every region stands alone. */
	stage_open(&stage, sample_python(), 80, 300, true);
	append_inspector(&text, &stage, 0x55b5f7c8d000, 28, 21);
	append_inspector(&text, &stage, 0x7f83aa564000, 28, 21);
	append_inspector(&text, &stage, 0x7f83aa564000, 44, 37);
	append_inspector(&text, &stage, 0x7f83a9100000, 40, 24);
	append_inspector(&text, &stage, 0, 28, 21);
	append_inspector(&text, &stage, 0x7ff000000000, 28, 21);
	golden_check("inspector", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void a_sentence_is_shown_whole_or_not_at_all(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	for (int lines = 3; lines < 40; lines++) {
		struct text text = {0};
		const char *sentence;

		append_inspector(&text, &stage, 0x55b5f7c8d000, 60, lines);
		sentence = strstr(text_string(&text), "The brk heap");
		assert_true(!sentence || strstr(sentence, " brk."));
		text_finish(&text);
	}
	stage_close(&stage);
}

static void the_inspector_hides_or_covers(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('i'));
	stage_check_panes(&stage, "ui_no_inspector");
	stage_resize(&stage, 50, 20);
	stage_press(&stage, KEYS('i'));
	assert_true(stage_shows(&stage, &inspector_pane));
	assert_false(stage_shows(&stage, &picture_pane));
	stage_check_panes(&stage, "ui_inspector_covers");
	/* The right button leaves it. */
	stage_click(&stage, &(struct mouse){MOUSE_RIGHT, 0, 10, 8, 1});
	assert_true(stage_shows(&stage, &picture_pane));
	stage_close(&stage);
}

/* What there is no room for is on further pages; another band begins with its first one. */
static void further_pages_are_turned_to(void **state)
{
	const char *last = "Grows when";
	struct stage stage;
	int column, line, turns = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.view.cursor = 0x55b5f7c8d000;
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_ARROW_DOWN));
	assert_true(stage_find(&stage, "known  from its name", &column, &line));
	stage_check_panes(&stage, "inspector_pages");
	assert_true(stage_find(&stage, "] 1/", &column, &line));
	assert_false(stage_find(&stage, last, &column, &line));
	for (; turns < 9 && !stage_find(&stage, last, &column, &line); turns++)
		stage_press(&stage, KEYS(']'));
	assert_in_range(turns, 1, 4);
	/* Round the end, from either side. */
	while (turns-- > 0)
		stage_click(&stage, &(struct mouse){MOUSE_WHEEL_UP, 0, 60, 8, 1});
	assert_true(stage_find(&stage, "] 1/", &column, &line));
	stage_click(&stage, &(struct mouse){MOUSE_WHEEL_UP, 0, 60, 8, 1});
	assert_false(stage_find(&stage, "] 1/", &column, &line));
	stage_press(&stage, KEYS(']'));
	assert_true(stage_find(&stage, "] 1/", &column, &line));
	/* Another band. */
	stage_press(&stage, KEYS(']'));
	assert_true(stage_find(&stage, "] 2/", &column, &line));
	stage_press(&stage, KEYS(KEY_ARROW_UP));
	assert_false(stage_find(&stage, "] 2/", &column, &line));
	stage_close(&stage);
}

/* What is said with a time is counted with a time as long. */
static void pages_of_what_grew_are_turned_to(void **state)
{
	struct stage stage;
	int column, line, turns = 0;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_add(&stage, sample_python_grown(1 << 20), 1);
	stage.ui.view.cursor = 0x55b5f7c8d000;
	stage_press(&stage, KEYS(KEY_ARROW_UP, KEY_ARROW_DOWN));
	assert_true(stage_find(&stage, "growth +1.0M since", &column, &line));
	assert_true(stage_find(&stage, "] 1/", &column, &line));
	do {
		stage_press(&stage, KEYS(']'));
		turns++;
	} while (turns < 9 && !stage_find(&stage, "] 1/", &column, &line));
	assert_in_range(turns, 2, 5);
	assert_true(stage_find(&stage, "growth +1.0M since", &column, &line));
	stage_close(&stage);
}

static void why_there_is_no_further_page(void **state)
{
	struct stage stage;
	int column, line;

	(void)state;
	stage_open(&stage, sample_python(), 100, 300, true);
	assert_false(stage_find(&stage, "] 1/", &column, &line));
	stage_press(&stage, KEYS(']'));
	assert_true(stage_find(&stage, "shows all that it says", &column, &line));
	stage_press(&stage, KEYS('i', ']'));
	assert_true(stage_find(&stage, "i shows it.", &column, &line));
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_all_it_can_in_the_room_it_has),
		cmocka_unit_test(a_sentence_is_shown_whole_or_not_at_all),
		cmocka_unit_test(the_inspector_hides_or_covers),
		cmocka_unit_test(further_pages_are_turned_to),
		cmocka_unit_test(pages_of_what_grew_are_turned_to),
		cmocka_unit_test(why_there_is_no_further_page),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("inspector_pane", tests, NULL, NULL);
}
