/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pseudo_terminal.h"
#include "screen/canvas.h"

static void show_halves(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_NEVER);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 0, 0, 40,
		     "\xe4\xb8\xad"
		     "ab",
		     ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<half>");
	/* The right half alone changes, with what stands behind it. */
	canvas->cells[1].role = ROLE_KIND_HEAP;
	canvas_write(canvas, 2, 0, 40, "XY", ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<end>");
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

static void what_follows_a_wide_glyph_stays_behind_it(void **state)
{
	struct play play = {.type = "xterm-256color", .child = show_halves};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	/* From behind them back to the third column. */
	assert_non_null(strstr(text_string(&output), "<half>\b\bXY<end>"));
	text_finish(&output);
}

static void show_words(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_AUTO);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 0, 0, 40, "ab", ROLE_KIND_HEAP);
	canvas_write(canvas, 4, 0, 40, "cd", ROLE_KIND_HEAP);
	canvas_write(canvas, 30, 0, 40, "far", ROLE_KIND_HEAP);
	/* With another ground a blank is more than a gap. */
	canvas_write(canvas, 0, 1, 40, "ef", ROLE_KIND_HEAP);
	canvas_write(canvas, 3, 1, 40, "gh", ROLE_KIND_HEAP);
	canvas_set_ground(canvas, 2, 1, 1, 1, ROLE_CURSOR);
	terminal_show(terminal, canvas);
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

static void words_of_a_colour_are_sent_with_the_blanks_between_them(void **state)
{
	struct play play = {.type = "xterm-256color", .child = show_words};
	struct text output = {0};

	(void)state;
	assert_runs(&play, &output);
	assert_non_null(strstr(text_string(&output), "ab  cd"));
	/* To what is farther away the cursor moves. */
	assert_null(strstr(text_string(&output), "cd   "));
	assert_non_null(strstr(text_string(&output), "far"));
	assert_null(strstr(text_string(&output), "ef gh"));
	text_finish(&output);
}

static void show_ends(int ready)
{
	struct terminal *terminal = open_terminal(COLOUR_USE_NEVER);
	struct canvas *canvas = canvas_create(40, 10, false);

	(void)ready;
	canvas_write(canvas, 39, 3, 1, "e", ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<same>");
	terminal_show(terminal, canvas);
	mark("<last>");
	canvas_write(canvas, 39, 3, 1, "F", ROLE_DEFAULT);
	terminal_show(terminal, canvas);
	mark("<end>");
	canvas_destroy(canvas);
	terminal_destroy(terminal);
}

/* What lies between the two marks in the output; to be freed. */
static char *between(const struct text *output, const char *from, const char *to)
{
	const char *start = strstr(text_string(output), from), *end;

	assert_non_null(start);
	start += strlen(from);
	end = strstr(start, to);
	assert_non_null(end);
	return strndup(start, (size_t)(end - start));
}

static void a_line_is_sent_for_its_last_column_alone(void **state)
{
	struct play play = {.type = "xterm-256color", .child = show_ends};
	struct text output = {0};
	char *same, *last;

	(void)state;
	assert_runs(&play, &output);
	same = between(&output, "<same>", "<last>");
	assert_string_equal(same, "");
	last = between(&output, "<last>", "<end>");
	assert_non_null(strchr(last, 'F'));
	free(same);
	free(last);
	text_finish(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_follows_a_wide_glyph_stays_behind_it),
		cmocka_unit_test(words_of_a_colour_are_sent_with_the_blanks_between_them),
		cmocka_unit_test(a_line_is_sent_for_its_last_column_alone),
	};

	return cmocka_run_group_tests_name("shown_line", tests, NULL, NULL);
}
