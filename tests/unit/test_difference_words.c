/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "comparison_made.h"
#include "model/diff_rows.h"
#include "support/golden.h"
#include "ui/text/difference_words.h"

static void each_difference_is_a_sentence(void **state)
{
	/* From the lowest address up; a name has an escape sequence. */
	static const char *const expected[] = {
		"Only a has app text: 16K, rss 4.0K, r-xp, at 1000.",
		"Only b has app\\x1b[31m text: 16K, rss 8.0K, r-xp, at 2000.",
		"heap grew from 32K to 360K, at a000 in a, 6e000 in b.",
		"anon: permissions from rw-p to rwxp, at 1e000 in a, e6000 in b.",
		"Only a has guard: 4.0K, rss 4.0K, ---p, at 28000.",
		"stack shrank from 20K to 16K, at 32000 in a, fa000 in b.",
		"Only b has jit: 12K, rwxp, at 10e000.",
	};
	struct comparison *comparison = comparison_made();
	struct diff_rows rows;

	(void)state;
	diff_rows_init(&rows, &comparison->diff, NULL);
	assert_int_equal(rows.count, 7);
	for (size_t i = 0; i < rows.count; i++) {
		struct text text = {0};

		difference_words_append(&text, &comparison->diff, &rows.rows[i]);
		assert_string_equal(text_string(&text), expected[i]);
		text_finish(&text);
	}
	diff_rows_finish(&rows);
	comparison_destroy(comparison);
}

static void several_differences_are_one_sentence(void **state)
{
	static const struct vma a[] = {DIFF_MEMORY(1, 1, PERM_READ, KIND_ANON)};
	static const struct vma b[] = {DIFF_MEMORY(1, 3, PERM_READ | PERM_WRITE, KIND_JIT)};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_row row = {.count = 1,
			       .differences = 1U << DIFF_GREW | 1U << DIFF_RESIDENT |
					      1U << DIFF_PROTECTED | 1U << DIFF_BECAME};
	const uint64_t sizes[] = {4096, 12288}, rss[] = {0, TARGET_UNKNOWN};
	struct text text = {0};
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	memcpy(row.sum.amounts[DIFF_SIZE], sizes, sizeof(sizes));
	memcpy(row.sum.amounts[DIFF_RSS], rss, sizeof(rss));
	difference_words_append(&text, &diff, &row);
	assert_string_equal(text_string(&text),
			    "jit grew from 4.0K to 12K, rss from 0 to an unknown amount, "
			    "permissions from r--p to rw-p, kind from anon to jit, at 1000.");
	text_clear(&text);
	row.differences = 1U << DIFF_RESIDENT;
	difference_words_append(&text, &diff, &row);
	assert_string_equal(text_string(&text), "jit: rss from 0 to an unknown amount, at 1000.");
	text_clear(&text);
	row.differences = 0;
	difference_words_append(&text, &diff, &row);
	assert_string_equal(text_string(&text), "jit is the same in both: 12K, at 1000.");
	text_finish(&text);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

/* Each set of differences: the first one stands behind a colon, unless it is the size. */
static void each_set_of_differences_is_joined(void **state)
{
	static const struct vma a[] = {DIFF_MEMORY(1, 1, PERM_READ, KIND_ANON)};
	static const struct vma b[] = {DIFF_MEMORY(2, 3, PERM_READ | PERM_WRITE, KIND_JIT)};
	static const unsigned differences[] = {DIFF_GREW, DIFF_SHRANK, DIFF_RESIDENT,
					       DIFF_PROTECTED, DIFF_BECAME};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	const uint64_t sizes[] = {4096, 12288}, rss[] = {0, 8192};
	struct diff_row row = {.count = 1};
	struct text text = {0};
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	memcpy(row.sum.amounts[DIFF_SIZE], sizes, sizeof(sizes));
	memcpy(row.sum.amounts[DIFF_RSS], rss, sizeof(rss));
	for (unsigned set = 0; set < 32; set++) {
		row.differences = 0;
		for (unsigned i = 0; i < 5; i++)
			row.differences |= (set >> i & 1) << differences[i];
		difference_words_append(&text, &diff, &row);
		text_append(&text, "\n");
	}
	golden_check("difference_words_sets", text_string(&text));
	text_finish(&text);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

static void a_run_is_named_by_its_object(void **state)
{
	static const struct vma a[] = {DIFF_MEMORY(1, 1, PERM_READ, KIND_VVAR),
				       DIFF_MEMORY(2, 1, PERM_READ | PERM_EXEC, KIND_VDSO)};
	static const struct vma b[] = {
		DIFF_MEMORY(1, 1, PERM_READ, KIND_VVAR),
		DIFF_MEMORY(2, 1, PERM_READ | PERM_EXEC, KIND_VDSO),
		DIFF_FILE(8, 2, PERM_READ, KIND_RODATA, "/lib/libx.so"),
		DIFF_FILE(10, 4, PERM_READ | PERM_EXEC, KIND_TEXT, "/lib/libx.so"),
		DIFF_MEMORY(20, 1, PERM_READ, KIND_ANON),
		DIFF_MEMORY(22, 1, PERM_READ | PERM_WRITE, KIND_ANON),
	};
	struct diff_sides sides = DIFF_SIDES_MAKE(a, b);
	struct diff_rows rows;
	struct text text = {0};
	struct diff diff;

	(void)state;
	diff_init(&diff, &sides.subjects[DIFF_A], &sides.subjects[DIFF_B]);
	diff_rows_init(&rows, &diff, NULL);
	assert_int_equal(rows.count, 3);
	difference_words_append_name(&text, &diff, &rows.rows[0], DIFF_A);
	text_append(&text, "|");
	difference_words_append_name(&text, &diff, &rows.rows[1], DIFF_B);
	text_append(&text, "|");
	difference_words_append_name(&text, &diff, &rows.rows[2], DIFF_B);
	assert_string_equal(text_string(&text), "2 maps|libx.so, 2 maps|anon, 2 maps");
	text_clear(&text);
	difference_words_append(&text, &diff, &rows.rows[0]);
	text_append(&text, "|");
	difference_words_append(&text, &diff, &rows.rows[1]);
	assert_string_equal(text_string(&text), "2 maps that are the same in both: 8.0K, at 1000.|"
						"Only b has libx.so, 2 maps: 24K, at 8000.");
	text_finish(&text);
	diff_rows_finish(&rows);
	diff_finish(&diff);
	diff_sides_finish(&sides);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_difference_is_a_sentence),
		cmocka_unit_test(several_differences_are_one_sentence),
		cmocka_unit_test(each_set_of_differences_is_joined),
		cmocka_unit_test(a_run_is_named_by_its_object),
	};

	return cmocka_run_group_tests_name("difference words", tests, NULL, NULL);
}
