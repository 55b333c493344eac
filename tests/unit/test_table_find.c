/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/table/table_find.h"
#include "ui/table/table_pane.h"

#define TABLE(stage) (&((struct table_pane *)stage_pane(stage, &table_pane))->table)

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})

static const struct vma *next(struct stage *stage, uint32_t key)
{
	stage_press(stage, KEYS(key));
	return &stage->ui.shown.space
			->vmas[address_space_find(stage->ui.shown.space, stage->ui.view.cursor)];
}

static void matches_come_in_the_order_of_the_rows(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('t', KEY_TO_HOME, '/', 's', 't', 'a', 'c', 'k', KEY_RETURN));
	/* By address, low ones first: the thread's stack lies below the main one. */
	assert_int_equal(stage.ui.view.cursor, 0x7f83a8782000);
	assert_string_equal(stage.ui.message.text, "Match 1 of 2.");
	assert_int_equal(next(&stage, 'n')->start, 0x7fff7725a000);
	assert_string_equal(stage.ui.message.text, "Match 2 of 2.");
	assert_int_equal(next(&stage, 'n')->start, 0x7f83a8782000);
	assert_non_null(strstr(stage.ui.message.text, "continued from the top"));
	assert_int_equal(next(&stage, 'N')->start, 0x7fff7725a000);
	assert_non_null(strstr(stage.ui.message.text, "continued from the bottom"));
	/* By address, high ones first: now it lies above it. */
	stage_press(&stage, KEYS('S', KEY_TO_HOME));
	assert_int_equal(next(&stage, 'n')->start, 0x7fff7725a000);
	assert_string_equal(stage.ui.message.text, "Match 1 of 2.");
	assert_int_equal(next(&stage, 'n')->start, 0x7f83a8782000);
	assert_string_equal(stage.ui.message.text, "Match 2 of 2.");
	assert_int_equal(next(&stage, 'n')->start, 0x7fff7725a000);
	assert_string_equal(stage.ui.message.text, "Match 1 of 2, continued from the top.");
	stage_close(&stage);
}

static void a_folded_object_is_one_place(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('t', KEY_TO_HOME, '/', 'l', 'i', 'b', 'c', '$', KEY_BACK, '.',
				 KEY_RETURN));
	assert_int_equal(stage.ui.view.cursor, 0x7f83aa53e000);
	/* Nowhere else to go, until it is unfolded. */
	assert_int_equal(next(&stage, 'n')->start, 0x7f83aa53e000);
	assert_non_null(strstr(stage.ui.message.text, "continued from"));
	stage_press(&stage, KEYS(KEY_RETURN));
	assert_int_equal(next(&stage, 'n')->start, 0x7f83aa53e000);
	assert_int_equal(next(&stage, 'n')->start, 0x7f83aa564000);
	assert_string_equal(stage.ui.message.text, "Match 2 of 6.");
	stage_close(&stage);
}

static void where_nothing_matches_nothing_is_found(void **state)
{
	struct query_matches matches;
	struct stage stage;
	bool wrapped;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('t'));
	query_matches_init(&matches, stage.ui.shown.space->vma_count);
	for (size_t i = 0; i < matches.vma_count; i++)
		query_matches_remove(&matches, i);
	assert_int_equal(table_find(TABLE(&stage), 0, &matches, 1, &wrapped), matches.vma_count);
	query_matches_finish(&matches);
	stage_close(&stage);
}

/* From row to row, and round the ends; the row itself comes last. */
static void rows_are_gone_round(void **state)
{
	struct query_matches matches;
	const struct table *table;
	struct stage stage;
	bool wrapped;
	size_t last;

	(void)state;
	stage_open(&stage, sample_python(), 120, 40, true);
	stage_press(&stage, KEYS('t'));
	table = TABLE(&stage);
	last = table->rows.count - 1;
	query_matches_init(&matches, stage.ui.shown.space->vma_count);
	for (size_t row = 0; row <= last; row++)
		for (int direction = -1; direction < 2; direction += 2) {
			const bool end = direction > 0 ? row == last : row == 0;
			const size_t next = !end            ? row + (size_t)direction
					    : direction > 0 ? 0
							    : last;

			assert_int_equal(table_find(table, row, &matches, direction, &wrapped),
					 table->rows.rows[next].vma);
			assert_int_equal(wrapped, end);
		}
	for (size_t i = 0; i < matches.vma_count; i++)
		if (i != table->rows.rows[3].vma)
			query_matches_remove(&matches, i);
	for (int direction = -1; direction < 2; direction += 2)
		for (size_t row = 2; row < 5; row++) {
			assert_int_equal(table_find(table, row, &matches, direction, &wrapped),
					 table->rows.rows[3].vma);
			assert_int_equal(wrapped, row == 3 || (row < 3) == (direction < 0));
		}
	query_matches_finish(&matches);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_come_in_the_order_of_the_rows),
		cmocka_unit_test(a_folded_object_is_one_place),
		cmocka_unit_test(where_nothing_matches_nothing_is_found),
		cmocka_unit_test(rows_are_gone_round),
	};

	return cmocka_run_group_tests_name("table_find", tests, NULL, NULL);
}
