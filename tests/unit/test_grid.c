/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "report/grid.h"
#include "report_text.h"

static char *write_grid(const struct grid *grid)
{
	struct report_text text;

	report_text_begin(&text);
	grid_write(grid, text.stream);
	return report_text_end(&text);
}

static void columns_are_as_wide_as_what_stands_in_them(void **state)
{
	static const char *const cells[] = {"name", "size", "", "a", "12", "x", "longer", "3", ""};
	struct grid grid = {.columns = 3, .right = 2};
	char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		grid_add(&grid, cells[i]);
	text = write_grid(&grid);
	assert_string_equal(text, "name    size\n"
				  "a         12  x\n"
				  "longer     3\n");
	free(text);
	grid_finish(&grid);
	text = write_grid(&grid);
	assert_string_equal(text, "");
	free(text);
}

static void characters_count_not_bytes(void **state)
{
	static const char *const cells[] = {"–", "1", "rw", "2"};
	struct grid grid = {.columns = 2, .right = 0};
	char *text;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		grid_add(&grid, cells[i]);
	/* A row that is not whole. */
	grid_add(&grid, "left over");
	text = write_grid(&grid);
	assert_non_null(strstr(text, "–"));
	assert_non_null(strstr(text, "2\n"));
	assert_null(strstr(text, "left"));
	free(text);
	grid_finish(&grid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_what_stands_in_them),
		cmocka_unit_test(characters_count_not_bytes),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("grid", tests, NULL, NULL);
}
