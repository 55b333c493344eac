/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "inside_fixture.h"
#include "screen/key.h"
#include "support/sample.h"
#include "ui/inside/inside_draw.h"
#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

/* A screen with the pane on the data of the program, all told. */
static void open_data(struct stage *stage, int columns, int lines, bool unicode)
{
	stage_open(stage, sample_python(), columns, lines, unicode);
	stage->ui.view.cursor = DATA;
	stage_press(stage, KEYS('t', 't', 'I'));
	fixture_tell(stage, fixture_object());
}

static void check(int columns, int lines, bool unicode, const uint32_t *keys, const char *name)
{
	struct stage stage;

	open_data(&stage, columns, lines, unicode);
	stage_press(&stage, keys);
	stage_check_panes(&stage, name);
	stage_close(&stage);
}

static void sections_on_screens_of_all_sizes(void **state)
{
	(void)state;
	check(40, 12, true, KEYS(0), "inside_40x12");
	check(80, 24, true, KEYS(0), "inside_80x24");
	check(120, 40, true, KEYS(0), "inside_120x40");
	check(200, 60, true, KEYS(0), "inside_200x60");
	check(80, 24, false, KEYS(0), "inside_ascii_80x24");
}

static void symbols_and_pages(void **state)
{
	(void)state;
	check(120, 40, true, KEYS('j', KEY_RETURN), "inside_symbols_120x40");
	check(120, 40, true, KEYS('j', KEY_RETURN, KEY_RETURN), "inside_pages_120x40");
	check(80, 24, true, KEYS('j', KEY_RETURN, 'o', 's'), "inside_turned_80x24");
}

static void letters_stand_for_colours(void **state)
{
	struct stage stage;

	(void)state;
	open_data(&stage, 80, 24, true);
	stage.ui.host.letters = true;
	stage_check_panes(&stage, "inside_letters_80x24");
	stage_close(&stage);
}

static void what_is_not_known_is_drawn_so(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, KEYS('I'));
	stage_check_panes(&stage, "inside_unknown_80x24");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections_on_screens_of_all_sizes),
		cmocka_unit_test(symbols_and_pages),
		cmocka_unit_test(letters_stand_for_colours),
		cmocka_unit_test(what_is_not_known_is_drawn_so),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("inside_draw", tests, NULL, NULL);
}
