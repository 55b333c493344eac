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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_all_it_can_in_the_room_it_has),
		cmocka_unit_test(a_sentence_is_shown_whole_or_not_at_all),
		cmocka_unit_test(the_inspector_hides_or_covers),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("inspector_pane", tests, NULL, NULL);
}
