/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/glyphs.h"
#include "ui/picture/band_usage.h"
#include "ui/picture/bar.h"

static void some_is_never_none_or_all(void **state)
{
	(void)state;
	for (uint64_t size = 1; size < 60; size++)
		for (uint64_t resident = 0; resident <= size; resident++)
			for (uint64_t swapped = 0; swapped + resident <= size; swapped++)
				for (int columns = 3; columns < 20; columns += 4) {
					const struct row_usage row = {.known = true,
								      .size = size,
								      .resident = resident,
								      .swapped = swapped,
								      .huge = resident / 2};
					struct bar_cells cells = bar_cells(&row, columns);
					int there = cells.plain + cells.huge;

					assert_true(cells.plain >= 0 && cells.huge >= 0);
					assert_int_equal(there > 0, resident > 0);
					assert_int_equal(cells.swapped > 0, swapped > 0);
					assert_int_equal(there + cells.swapped == columns,
							 resident + swapped == size);
					assert_true(there < columns || resident == size);
					assert_true(there + cells.swapped <= columns);
				}
}

static void terabytes_do_not_overflow(void **state)
{
	const struct row_usage row = {.known = true,
				      .size = UINT64_C(1) << 62,
				      .resident = UINT64_C(1) << 61,
				      .swapped = UINT64_C(1) << 60};
	struct bar_cells cells = bar_cells(&row, 100);

	(void)state;
	assert_int_equal(cells.plain, 50);
	assert_int_equal(cells.swapped, 25);
}

static void more_than_there_can_be_is_all(void **state)
{
	const struct row_usage row = {.known = true,
				      .size = 4096,
				      .resident = UINT64_MAX / 4 * 3,
				      .swapped = UINT64_MAX / 2};
	struct bar_cells cells = bar_cells(&row, 100);

	(void)state;
	assert_int_equal(cells.plain, 50);
	assert_int_equal(cells.swapped, 50);
}

static void check(const struct row_usage *row, int grew, const char *expected)
{
	struct canvas *canvas = canvas_create(8, 1, true);

	bar_draw(canvas, glyphs_get(false),
		 &(struct bar){.columns = 8,
			       .glyph = '#',
			       .role = ROLE_KIND_HEAP,
			       .grew = grew,
			       .row = row});
	for (int i = 0; i < 8; i++) {
		enum role role = expected[i] == 's' ? ROLE_SWAPPED : ROLE_KIND_HEAP;

		assert_int_equal(canvas->cells[i].glyph, (uint32_t)expected[i]);
		assert_int_equal(canvas->cells[i].role, i >= 8 - grew ? ROLE_GREW : role);
	}
	canvas_destroy(canvas);
}

static void parts_stand_in_their_order(void **state)
{
	(void)state;
	check(NULL, 0, "########");
	/* What is not known is not drawn as in memory. */
	check(&(struct row_usage){.size = 8}, 0, "////////");
	check(&(struct row_usage){.size = 8}, 2, "////////");
	check(&(struct row_usage){.known = true, .size = 8}, 0, "--------");
	check(&(struct row_usage){.known = true, .size = 8, .resident = 8}, 3, "########");
	/* What is new ends at the right, whatever parts it has. */
	for (int grew = 0; grew <= 8; grew++)
		check(&(struct row_usage){.known = true, .size = 8, .resident = 3, .swapped = 2},
		      grew, "###ss---");
	/* What malloc has and nobody uses; the only cell is of what there is more of. */
	check(&(struct row_usage){.known = true, .size = 8, .resident = 6, .spare = 2}, 0,
	      "####oo--");
	check(&(struct row_usage){.known = true, .size = 8, .resident = 8, .spare = 8}, 0,
	      "oooooooo");
	check(&(struct row_usage){.known = true,
				  .size = 8,
				  .resident = 6,
				  .spare = 3,
				  .huge = 6,
				  .swapped = 1},
	      0, "@@@ooos-");
	check(&(struct row_usage){.known = true, .size = 80, .resident = 4, .spare = 2}, 0,
	      "#-------");
	check(&(struct row_usage){.known = true, .size = 80, .resident = 4, .spare = 3}, 0,
	      "o-------");
	check(&(struct row_usage){.known = true, .size = 8, .resident = 4, .huge = 2, .swapped = 2},
	      0, "##@@ss--");
	check(&(struct row_usage){.known = true, .size = 8, .resident = 4, .huge = 4, .swapped = 2},
	      1, "@@@@ss--");
}

static void residency_has_a_role(void **state)
{
	(void)state;
	assert_int_equal(bar_residency_role(&(struct row_usage){.size = 1}), ROLE_MUTED);
	assert_int_equal(bar_residency_role(&(struct row_usage){.known = true, .size = 4}),
			 ROLE_ABSENT);
	assert_int_equal(
		bar_residency_role(&(struct row_usage){.known = true, .size = 4, .swapped = 4}),
		ROLE_SWAPPED);
	assert_int_equal(
		bar_residency_role(&(struct row_usage){.known = true, .size = 4, .resident = 1}),
		ROLE_PARTLY);
	assert_int_equal(
		bar_residency_role(&(struct row_usage){.known = true, .size = 4, .resident = 4}),
		ROLE_RESIDENT);
}

/* What bars of all sorts are made of, cell by cell. */
static void every_share_has_its_cells(void **state)
{
	static const int columns[] = {1, 2, 3, 8};
	static const uint64_t amounts[] = {0, 1, 3, 4, 8};
	struct text text = {0};

	(void)state;
	for (size_t c = 0; c < 4; c++)
		for (size_t r = 0; r < 5; r++)
			for (size_t s = 0; s < 5; s++) {
				if (amounts[r] + amounts[s] > 8)
					continue;
				text_append_format(&text, "%d: %d+%d", columns[c], (int)amounts[r],
						   (int)amounts[s]);
				for (uint64_t spare = 0; spare <= amounts[r]; spare += 2)
					for (uint64_t huge = 0; huge <= amounts[r]; huge += 3) {
						const struct row_usage row = {.known = true,
									      .size = 8,
									      .resident =
										      amounts[r],
									      .swapped = amounts[s],
									      .spare = spare,
									      .huge = huge};
						struct bar_cells cells =
							bar_cells(&row, columns[c]);

						text_append_format(&text, " %d%d%d%d", cells.plain,
								   cells.huge, cells.spare,
								   cells.swapped);
					}
				text_append(&text, "\n");
			}
	golden_check("bar_cells", text_string(&text));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_is_never_none_or_all),
		cmocka_unit_test(terabytes_do_not_overflow),
		cmocka_unit_test(more_than_there_can_be_is_all),
		cmocka_unit_test(parts_stand_in_their_order),
		cmocka_unit_test(residency_has_a_role),
		cmocka_unit_test(every_share_has_its_cells),
	};

	return cmocka_run_group_tests_name("bar", tests, NULL, NULL);
}
