/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "diff_made.h"
#include "report/diff_sheet.h"
#include "report_text.h"
#include "support/golden.h"
#include "support/sample.h"

static char *write_sheet(const struct diff *diff, bool ascii)
{
	static const char *const headings[] = {"before.rec  PID 1 test", "2  PID 2 test"};
	struct report_text text;

	report_text_begin(&text);
	diff_sheet_write(text.stream, diff, headings, ascii);
	return report_text_end(&text);
}

static void all_that_is_different_is_told(void **state)
{
	struct diff_made made;
	char *text;

	(void)state;
	diff_made(&made);
	text = write_sheet(&made.diff, false);
	assert_null(strchr(text, '\033'));
	golden_check("diff_sheet", text);
	free(text);
	text = write_sheet(&made.diff, true);
	for (const char *at = text; *at; at++)
		assert_true((unsigned char)*at < 0x80);
	free(text);
	diff_made_finish(&made);
}

static void of_no_difference_there_is_no_table(void **state)
{
	static const struct vma vmas[] = {DIFF_MEMORY(10, 8, 3, KIND_HEAP)};
	struct diff_sides sides = DIFF_SIDES_MAKE(vmas, vmas);
	struct diff diff;
	char *text;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	text = write_sheet(&diff, false);
	assert_non_null(strstr(text, "1 mapping is the same in both."));
	assert_null(strstr(text, "kind"));
	assert_null(strstr(text, "object"));
	free(text);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

/* What has another name, kind or permissions in the second is said of both, with an arrow. */
static void both_names_and_kinds_are_told(void **state)
{
	static const struct vma a[] = {
		DIFF_FILE(1, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/srv/1/app"),
		DIFF_FILE(8, 2, PERM_READ, KIND_RODATA, "/srv/1/lib;x.so"),
		DIFF_MEMORY(30, 2, PERM_READ | PERM_WRITE, KIND_ANON),
		DIFF_MEMORY(50, 5, PERM_READ | PERM_WRITE, KIND_STACK),
	};
	static const struct vma b[] = {
		DIFF_FILE(1, 5, PERM_READ | PERM_EXEC, KIND_TEXT, "/srv/2/app"),
		DIFF_FILE(8, 3, PERM_READ | PERM_WRITE, KIND_DATA, "/srv/1/lib;x.so"),
		DIFF_MEMORY(30, 2, PERM_ACCESS, KIND_JIT),
		DIFF_MEMORY(50, 4, PERM_READ | PERM_WRITE, KIND_STACK),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff diff;
	char *text;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	text = write_sheet(&diff, false);
	golden_check("diff_sheet_names", text);
	free(text);
	text = write_sheet(&diff, true);
	golden_check("diff_sheet_names_ascii", text);
	free(text);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

/* Whole comparisons of what other tests are made of, both ways. */
static void samples_are_compared(void **state)
{
	struct address_space *spaces[] = {sample_python(),
					  sample_python_grown(1 << 20),
					  sample_python_without(0x7f83aa564000),
					  sample_stacks(2),
					  sample_stacks(3),
					  sample_large(20),
					  sample_large(23),
					  sample_hostile()};
	static const int pairs[][2] = {{0, 1}, {1, 0}, {0, 2}, {2, 0}, {3, 4}, {4, 3},
				       {5, 6}, {6, 5}, {0, 5}, {7, 0}, {0, 3}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct diff_subject a = {.space = spaces[pairs[i][0]]};
		const struct diff_subject b = {.space = spaces[pairs[i][1]]};
		struct diff diff;
		char *sheet;

		diff_init(&diff, &a, &b);
		sheet = write_sheet(&diff, false);
		text_append_format(&text, "== %d and %d\n", pairs[i][0], pairs[i][1]);
		text_append(&text, sheet);
		free(sheet);
		diff_finish(&diff);
	}
	golden_check("diff_sheet_samples", text_string(&text));
	text_finish(&text);
	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		address_space_destroy(spaces[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_different_is_told),
		cmocka_unit_test(of_no_difference_there_is_no_table),
		cmocka_unit_test(both_names_and_kinds_are_told),
		cmocka_unit_test(samples_are_compared),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("diff_sheet", tests, NULL, NULL);
}
