/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "base/text.h"
#include "model/finding.h"
#include "model/kind.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/pane/findings_draw.h"

static struct finding list[] = {
	{.type = FINDING_FOREIGN_WRITER,
	 .kind = KIND_COUNT,
	 .file = "/opt/a very long name of a folder/and another one/libsomething.so.1",
	 .note = "everyone may write to it"},
	{.type = FINDING_PARTIAL_RELRO, .kind = KIND_COUNT, .file = "/lib/\x1b[1m\xe6\xb1\x89.so"},
	{.type = FINDING_NO_BTI,
	 .kind = KIND_COUNT,
	 .unknown = "what the processor has cannot be "
		    "read"},
};
static const size_t lines[] = {0, 1, 2};

static void draw(const char *name, int columns, int height, size_t cursor, bool bordered)
{
	const struct findings findings = {.findings = list, .count = 3};
	const struct frame frame = {.bordered = bordered};
	struct canvas *canvas = canvas_create(columns, height, false);

	findings_draw(canvas, &frame, (struct rect){0, 0, columns, height},
		      &(struct findings_draw){.findings = &findings,
					      .lines = lines,
					      .count = 3,
					      .cursor = cursor,
					      .known = true});
	golden_check_canvas(name, canvas);
	canvas_destroy(canvas);
}

/* What is too long for its line is told below it. */
static void what_does_not_fit_is_told_below(void **state)
{
	(void)state;
	draw("findings_draw_80", 80, 12, 0, true);
	draw("findings_draw_120", 120, 12, 2, true);
	draw("findings_draw_40", 40, 9, 1, false);
}

static void a_small_pane_is_a_list(void **state)
{
	(void)state;
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, 5}), 5);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, 10}), 6);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 120, 10}), 7);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, 0}), 1);
}

static void what_is_not_known_comes_last(void **state)
{
	(void)state;
	assert_true(findings_draw_weight(&list[0]) > findings_draw_weight(&list[1]));
	assert_true(findings_draw_weight(&list[1]) > findings_draw_weight(&list[2]));
}

/* Words below the list take a line more where it is narrow, and none where there are few lines. */
static void the_words_leave_room_for_the_list(void **state)
{
	(void)state;
	assert_int_equal(findings_draw_meaning_lines(99), 4);
	assert_int_equal(findings_draw_meaning_lines(100), 3);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 100, 6}), 3);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 99, 6}), 2);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 100, 5}), 5);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, 1}), 1);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, 0}), 1);
	assert_int_equal(findings_draw_room((struct rect){0, 0, 80, -3}), 1);
}

/* A path is cut where it is a column too long, and the cursor may be behind the last line. */
static void a_path_is_cut_to_the_column(void **state)
{
	static struct finding one = {.type = FINDING_PARTIAL_RELRO, .kind = KIND_COUNT};
	const struct findings findings = {.findings = &one, .count = 1};
	const struct frame frame = {.bordered = false};
	struct text text = {0};

	(void)state;
	one.file = "/usr/lib/x86_64/libx.so";
	for (int columns = 14; columns < 70; columns++) {
		struct canvas *canvas = canvas_create(columns, 3, columns % 2);

		findings_draw(canvas, &frame, (struct rect){0, 0, columns, 3},
			      &(struct findings_draw){.findings = &findings,
						      .lines = lines,
						      .count = 1,
						      .cursor = 7,
						      .known = true});
		text_append_format(&text, "%d\n", columns);
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	for (int height = 4; height < 14; height++) {
		struct canvas *canvas = canvas_create(80, height, false);

		findings_draw(canvas, &frame, (struct rect){0, 0, 80, height},
			      &(struct findings_draw){.findings = &findings,
						      .lines = lines,
						      .count = 1,
						      .cursor = height % 2,
						      .known = true});
		text_append_format(&text, "%d lines\n", height);
		canvas_append_text(&text, canvas);
		canvas_destroy(canvas);
	}
	golden_check("findings_draw_paths", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_cut_to_the_column),
		cmocka_unit_test(what_does_not_fit_is_told_below),
		cmocka_unit_test(a_small_pane_is_a_list),
		cmocka_unit_test(what_is_not_known_comes_last),
		cmocka_unit_test(the_words_leave_room_for_the_list),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
