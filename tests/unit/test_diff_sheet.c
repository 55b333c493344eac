/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "diff_made.h"
#include "report/diff_sheet.h"
#include "report_text.h"
#include "support/golden.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_different_is_told),
		cmocka_unit_test(of_no_difference_there_is_no_table),
		cmocka_unit_test(both_names_and_kinds_are_told),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("diff_sheet", tests, NULL, NULL);
}
