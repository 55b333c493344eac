/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "procfs/lines.h"

/* What was taken: each line with '|' behind it. */
struct taken {
	struct text text;
	int error; /* returned by the next call */
};

static int take(void *context, const char *at, const char *end)
{
	struct taken *taken = context;
	const char *line, *line_end;

	assert_true(at < end && end[-1] == '\n');
	while (lines_next(&at, end, &line, &line_end)) {
		text_append_bytes(&taken->text, line, (size_t)(line_end - line));
		text_append_char(&taken->text, '|');
	}
	return taken->error;
}

static void pieces_of_any_size_give_the_same_lines(void **state)
{
	static const char text[] = "one\n\nthree and more\n4\nlast";
	const size_t length = sizeof(text) - 1;

	(void)state;
	for (size_t size = 1; size <= length; size++) {
		struct lines lines = {0};
		struct taken taken = {0};

		for (size_t at = 0; at < length; at += size)
			assert_int_equal(lines_feed(&lines, text + at,
						    length - at < size ? length - at : size, take,
						    &taken),
					 0);
		assert_int_equal(lines_end(&lines, take, &taken), 0);
		assert_string_equal(text_string(&taken.text), "one||three and more|4|last|");
		assert_int_equal(lines_end(&lines, take, &taken), 0);
		lines_finish(&lines);
		text_finish(&taken.text);
	}
}

static void whole_lines_are_not_copied(void **state)
{
	struct lines lines = {0};
	struct taken taken = {0};

	(void)state;
	assert_int_equal(lines_feed(&lines, "a\nb\n", 4, take, &taken), 0);
	assert_null(lines.tail.bytes);
	assert_int_equal(lines_feed(&lines, "", 0, take, &taken), 0);
	assert_string_equal(text_string(&taken.text), "a|b|");
	text_finish(&taken.text);
}

static void the_longest_line_is_taken_and_a_longer_one_refused(void **state)
{
	char *bytes = malloc(LINES_LONGEST + 1);
	struct lines lines = {0};
	struct taken taken = {0};

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', LINES_LONGEST + 1);
	assert_int_equal(lines_feed(&lines, bytes, LINES_LONGEST, take, &taken), 0);
	assert_int_equal(lines_feed(&lines, "\n", 1, take, &taken), 0);
	assert_int_equal(taken.text.length, LINES_LONGEST + 1);
	assert_int_equal(lines_feed(&lines, bytes, LINES_LONGEST, take, &taken), 0);
	assert_int_equal(lines_feed(&lines, bytes, 1, take, &taken), -EBADMSG);
	lines_clear(&lines);
	assert_int_equal(lines_feed(&lines, bytes, LINES_LONGEST + 1, take, &taken), -EBADMSG);
	assert_int_equal(lines_end(&lines, take, &taken), 0);
	lines_finish(&lines);
	text_finish(&taken.text);
	free(bytes);
}

static void an_error_ends_the_text(void **state)
{
	struct lines lines = {0};
	struct taken taken = {.error = -EIO};

	(void)state;
	assert_int_equal(lines_feed(&lines, "a\nb", 3, take, &taken), -EIO);
	assert_int_equal(lines_feed(&lines, "c", 1, take, &taken), 0);
	assert_int_equal(lines_feed(&lines, "d\ne\n", 4, take, &taken), -EIO);
	assert_string_equal(text_string(&taken.text), "a|cd|");
	lines_finish(&lines);
	text_finish(&taken.text);
}

static int take_line(void *context, const char *line, const char *line_end)
{
	struct taken *taken = context;

	text_append_bytes(&taken->text, line, (size_t)(line_end - line));
	text_append_char(&taken->text, '|');
	return line == line_end ? taken->error : 0;
}

static void each_line_is_given_up_to_an_error(void **state)
{
	static const char text[] = "a\nbc\n\nd";
	struct taken taken = {0};

	(void)state;
	assert_int_equal(lines_each(text, text + strlen(text), take_line, &taken), 0);
	assert_string_equal(text_string(&taken.text), "a|bc||d|");
	assert_int_equal(lines_each(text, text, take_line, &taken), 0);
	assert_string_equal(text_string(&taken.text), "a|bc||d|");
	text_clear(&taken.text);
	taken.error = -EIO;
	assert_int_equal(lines_each(text, text + strlen(text), take_line, &taken), -EIO);
	assert_string_equal(text_string(&taken.text), "a|bc||");
	text_finish(&taken.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_give_the_same_lines),
		cmocka_unit_test(whole_lines_are_not_copied),
		cmocka_unit_test(the_longest_line_is_taken_and_a_longer_one_refused),
		cmocka_unit_test(an_error_ends_the_text),
		cmocka_unit_test(each_line_is_given_up_to_an_error),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
