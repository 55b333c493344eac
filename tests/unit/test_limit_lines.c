/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/glyphs.h"
#include "ui/pane/limit_lines.h"

static void check(enum limit_item item, uint64_t used, uint64_t limit, const char *expected)
{
	struct limits limits = {0};
	struct text text = {0};

	limits.uses[item] = (struct limit_use){used, limit, LIMIT_FINE};
	limit_lines_append(&text, &limits, item, glyphs_get(true));
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void mappings_are_a_number_all_else_is_bytes(void **state)
{
	(void)state;
	check(LIMIT_MAPPINGS, 35, 65530, "35 of 65 530");
	check(LIMIT_MAPPINGS, 35, TARGET_UNKNOWN, "35 of –");
	check(LIMIT_STACK, 135168, 8388608, "132K of 8.0M");
	check(LIMIT_DATA, 1 << 20, TARGET_UNLIMITED, "1.0M, no limit");
}

static void what_is_near_is_coloured(void **state)
{
	struct address_space *space = sample_python();
	struct canvas *canvas = canvas_create(60, 6, true);
	struct limits limits;
	struct text text = {0};

	(void)state;
	assert_int_equal(limit_lines_role(LIMIT_FINE), ROLE_DEFAULT);
	assert_int_equal(limit_lines_role(LIMIT_NEAR), ROLE_WARNING);
	assert_int_equal(limit_lines_role(LIMIT_SHORT), ROLE_DANGER);
	space->target.limits.max_map_count = 40;
	space->target.limits.data = 4096;
	limits_measure(space, &limits);
	limit_lines_draw(canvas, (struct rect){0, 0, 60, 6}, &limits, glyphs_get(false));
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "mappings      34 of 40\n"));
	assert_non_null(strstr(text_string(&text), "largest gap   85.7T from 0\n"));
	assert_int_equal(canvas->cells[60 + 14].role, ROLE_WARNING);
	assert_int_equal(canvas->cells[120 + 14].role, ROLE_DEFAULT);
	assert_int_equal(canvas->cells[240 + 14].role, ROLE_DANGER);
	text_finish(&text);
	canvas_destroy(canvas);
	address_space_destroy(space);
}

/* One behind the other, whole or not at all. */
static void they_flow_where_they_have_few_lines(void **state)
{
	struct address_space *space = sample_python();
	struct canvas *canvas = canvas_create(60, 6, true);
	const struct glyphs *glyphs = glyphs_get(false);
	struct limits limits;
	struct text text = {0};

	(void)state;
	limits_measure(space, &limits);
	assert_int_equal(limit_lines_flow(NULL, (struct rect){0, 0, 60, 6}, &limits, glyphs), 4);
	assert_int_equal(limit_lines_flow(canvas, (struct rect){0, 0, 60, 2}, &limits, glyphs), 2);
	canvas_append_text(&text, canvas);
	assert_non_null(strstr(text_string(&text), "mappings 34 of 65 530\nstack 132K of "));
	assert_non_null(strstr(text_string(&text), " free below\n"));
	assert_null(strstr(text_string(&text), "largest"));
	assert_int_equal(limit_lines_flow(canvas, (struct rect){0, 0, 60, 0}, &limits, glyphs), 0);
	text_finish(&text);
	canvas_destroy(canvas);
	address_space_destroy(space);
}

/* Nothing is written beside the rectangle, however narrow it is. */
static void they_stay_where_they_belong(void **state)
{
	struct address_space *space = sample_python();
	struct limits limits;

	(void)state;
	limits_measure(space, &limits);
	for (int columns = 0; columns < 40; columns++) {
		const struct rect rect = {3, 1, columns, columns % 8};
		struct canvas *canvas = canvas_create(60, 6, true);

		limit_lines_flow(canvas, rect, &limits, glyphs_get(false));
		limit_lines_draw(canvas, rect, &limits, glyphs_get(false));
		for (int i = 0; i < 60 * 6; i++) {
			int column = i % 60, line = i / 60;
			bool inside = column >= rect.column && column < rect.column + columns &&
				      line >= rect.line && line < rect.line + rect.lines;

			assert_true(inside || canvas->cells[i].glyph == ' ');
		}
		canvas_destroy(canvas);
	}
	address_space_destroy(space);
}

static void append_canvas(struct text *text, const struct canvas *canvas)
{
	canvas_append_text(text, canvas);
	for (int line = 0; line < canvas->lines; line++) {
		golden_append_roles(text, &canvas->cells[line * canvas->columns], canvas->columns);
		text_append(text, "\n");
	}
}

/* At each width: how many lines they flow into, drawn or not; and what these and those below say.
 */
static void lines_are_filled_to_the_column(void **state)
{
	struct address_space *space = sample_python();
	const struct glyphs *glyphs = glyphs_get(true);
	struct limits limits;
	struct text text = {0};

	(void)state;
	space->target.limits.max_map_count = 40;
	limits_measure(space, &limits);
	for (int columns = 1; columns < 150; columns++) {
		const struct rect rect = {0, 0, columns, 9};
		struct canvas *canvas = canvas_create(columns, 9, false);
		int lines = limit_lines_flow(NULL, rect, &limits, glyphs);

		assert_int_equal(limit_lines_flow(canvas, rect, &limits, glyphs), lines);
		text_append_format(&text, "%d: %d\n", columns, lines);
		if (columns % 20 == 0)
			append_canvas(&text, canvas);
		canvas_destroy(canvas);
	}
	for (int lines = 1; lines < 8; lines++) {
		struct canvas *canvas = canvas_create(50, lines, false);

		limits.has_stack = lines % 2;
		limit_lines_draw(canvas, (struct rect){2, 0, 46, lines}, &limits, glyphs);
		append_canvas(&text, canvas);
		canvas_destroy(canvas);
	}
	golden_check("limit_lines", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_are_a_number_all_else_is_bytes),
		cmocka_unit_test(what_is_near_is_coloured),
		cmocka_unit_test(they_flow_where_they_have_few_lines),
		cmocka_unit_test(they_stay_where_they_belong),
		cmocka_unit_test(lines_are_filled_to_the_column),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("limit_lines", tests, NULL, NULL);
}
