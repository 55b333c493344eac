/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/growers.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/pane/growers_draw.h"

#define K 1024
#define M (K * K)

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

static struct growers_entry kinds[] = {
	{.size = 3520 * K, .delta = 2 * M, .kind = KIND_ANON, .vma = UINT32_MAX},
	{.size = 2024 * K, .delta = 1228 * K, .kind = KIND_HEAP, .vma = UINT32_MAX},
	{.size = 132 * K, .delta = 132 * K, .kind = KIND_ARENA, .vma = UINT32_MAX},
	{.size = 8 * M, .delta = -8 * M, .kind = KIND_THREAD_STACK, .vma = UINT32_MAX},
};

/* By the addresses of mappings of the sample. */
static struct growers_entry mappings[] = {
	{.start = 0x7f83aa1dc000, .delta = 2 * M},   {.start = 0x55b5f7c8d000, .delta = 1228 * K},
	{.start = 0x7f839c000000, .delta = 132 * K}, {.start = 0x7f83a9100000, .delta = 64 * K},
	{.start = 0x7f83aa564000, .delta = 4 * K},   {.start = 0x7fff7725a000, .delta = 4 * K},
};

static const struct growers full = {kinds, 4, mappings, 6};

struct stand {
	struct address_space *space;
	struct growers_draw pane;
};

static void set_up(struct stand *stand, const struct growers *growers)
{
	stand->space = sample_python();
	for (size_t i = 0; i < 6; i++) {
		size_t vma = address_space_find(stand->space, mappings[i].start);

		mappings[i].vma = (uint32_t)vma;
		mappings[i].end = stand->space->vmas[vma].end;
		mappings[i].size = vma_size(&stand->space->vmas[vma]);
		mappings[i].kind = stand->space->vmas[vma].kind;
	}
	stand->pane = (struct growers_draw){
		.growers = growers,
		.space = stand->space,
		.baseline = "10:41:07",
		.seconds = 300,
		.cursor = 7,
		.selecting = true,
	};
}

static void take_down(struct stand *stand)
{
	address_space_destroy(stand->space);
}

static void append_pane(struct text *text, const struct stand *stand, const struct frame *frame,
			int columns, int lines, bool ascii)
{
	struct canvas *canvas = canvas_create(columns, lines, ascii);

	growers_draw(canvas, frame, (struct rect){0, 0, columns, lines}, &stand->pane);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
}

static void draws_whole_columns(void **state)
{
	static const int columns[] = {120, 100, 80, 60, 50, 40, 28};
	struct text text = {0};
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		append_pane(&text, &stand, &bordered, columns[i], 14, false);
	stand.pane.seconds = NAN;
	append_pane(&text, &stand, &bordered, 80, 14, true);
	stand.pane.top = 4;
	append_pane(&text, &stand, &bare, 60, 6, false);
	golden_check("ledger_pane", text_string(&text));
	text_finish(&text);
	take_down(&stand);
}

static void says_that_nothing_grew(void **state)
{
	const struct growers nothing = {0}, shrunk = {kinds + 3, 1, NULL, 0};
	struct text text = {0};
	struct stand stand;

	(void)state;
	set_up(&stand, &nothing);
	append_pane(&text, &stand, &bordered, 60, 4, false);
	append_pane(&text, &stand, &bordered, 28, 5, false);
	stand.pane.growers = &shrunk;
	append_pane(&text, &stand, &bordered, 60, 5, false);
	golden_check("ledger_pane_empty", text_string(&text));
	text_finish(&text);
	take_down(&stand);
}

static void the_cursor_has_its_ground(void **state)
{
	struct canvas *canvas = canvas_create(40, 14, false);
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	for (int on = 1; on >= 0; on--) {
		stand.pane.selecting = on;
		growers_draw(canvas, &bordered, (struct rect){0, 0, 40, 14}, &stand.pane);
		for (int line = 0; line < 14; line++)
			assert_int_equal(canvas->cells[line * 40 + 20].ground,
					 on && line == 8 ? ROLE_CURSOR : ROLE_DEFAULT);
	}
	take_down(&stand);
	canvas_destroy(canvas);
}

static void lines_are_entries_or_headings(void **state)
{
	const struct growers only_mappings = {NULL, 0, mappings, 6}, nothing = {0};

	(void)state;
	assert_int_equal(growers_draw_lines(&full), 12);
	assert_null(growers_draw_entry(&full, 0));
	assert_ptr_equal(growers_draw_entry(&full, 1), &kinds[0]);
	assert_ptr_equal(growers_draw_entry(&full, 4), &kinds[3]);
	assert_null(growers_draw_entry(&full, 5));
	assert_ptr_equal(growers_draw_entry(&full, 6), &mappings[0]);
	assert_ptr_equal(growers_draw_entry(&full, 11), &mappings[5]);
	assert_null(growers_draw_entry(&full, 12));
	assert_null(growers_draw_entry(&full, SIZE_MAX));
	assert_ptr_equal(growers_draw_entry(&only_mappings, 1), &mappings[0]);
	assert_int_equal(growers_draw_lines(&nothing), 0);
	assert_null(growers_draw_entry(&nothing, 0));
}

static void only_so_many_kinds_are_shown(void **state)
{
	struct growers_entry many[9] = {{0}};
	const struct growers growers = {many, 9, mappings, 1};

	(void)state;
	assert_int_equal(growers_draw_lines(&growers), 1 + GROWERS_DRAW_KINDS + 2);
	assert_ptr_equal(growers_draw_entry(&growers, GROWERS_DRAW_KINDS + 2), &mappings[0]);
}

static void the_cursor_moves_over_headings(void **state)
{
	const struct growers nothing = {0};

	(void)state;
	assert_int_equal(growers_draw_move(&full, 0, 1), 1);
	assert_int_equal(growers_draw_move(&full, 4, 1), 6);
	assert_int_equal(growers_draw_move(&full, 6, -1), 4);
	assert_int_equal(growers_draw_move(&full, 1, -1), 1);
	assert_int_equal(growers_draw_move(&full, 11, 1), 11);
	assert_int_equal(growers_draw_move(&nothing, 0, 1), 0);
	assert_int_equal(growers_draw_move(&nothing, 0, -1), 0);
}

static void entries_are_found_again(void **state)
{
	struct growers_entry heap = {.start = 0x55b5f7c8d000, .end = 0x55b5f7c8e000};
	struct growers_entry gone = {.start = 0x1000, .end = 0x2000};
	struct growers_entry kind = {.kind = KIND_ARENA};
	const struct growers nothing = {0};
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	assert_int_equal(growers_draw_find(&full, &heap), 7);
	assert_int_equal(growers_draw_find(&full, &kind), 3);
	assert_int_equal(growers_draw_find(&full, &gone), 1);
	assert_int_equal(growers_draw_find(&nothing, &gone), 0);
	take_down(&stand);
}

static void scrolls_as_far_as_needed(void **state)
{
	(void)state;
	assert_int_equal(growers_draw_scroll(&full, 3, 5, 20), 0);
	assert_int_equal(growers_draw_scroll(&full, 0, 3, 4), 0);
	assert_int_equal(growers_draw_scroll(&full, 0, 4, 4), 1);
	assert_int_equal(growers_draw_scroll(&full, 8, 11, 4), 8);
	assert_int_equal(growers_draw_scroll(&full, 99, 11, 4), 8);
	/* The first entry of a block comes with its heading. */
	assert_int_equal(growers_draw_scroll(&full, 8, 6, 4), 5);
	assert_int_equal(growers_draw_scroll(&full, 8, 1, 4), 0);
	assert_int_equal(growers_draw_scroll(&full, 8, 6, 1), 6);
	assert_int_equal(growers_draw_scroll(&full, 8, 6, 0), 0);
	for (size_t top = 0; top < 14; top++)
		for (size_t cursor = 0; cursor < 12; cursor++)
			for (size_t lines = 1; lines < 14; lines++) {
				size_t at = growers_draw_scroll(&full, top, cursor, lines);

				assert_true(at <= cursor && cursor < at + lines);
			}
}

static void every_size_is_safe(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	for (int columns = 0; columns < 70; columns++)
		for (int lines = 0; lines < 6; lines++) {
			struct text text = {0};

			append_pane(&text, &stand, lines % 2 ? &bare : &bordered, columns, lines,
				    true);
			assert_null(strchr(text_string(&text), '?'));
			text_finish(&text);
		}
	take_down(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_whole_columns),
		cmocka_unit_test(says_that_nothing_grew),
		cmocka_unit_test(the_cursor_has_its_ground),
		cmocka_unit_test(lines_are_entries_or_headings),
		cmocka_unit_test(only_so_many_kinds_are_shown),
		cmocka_unit_test(the_cursor_moves_over_headings),
		cmocka_unit_test(entries_are_found_again),
		cmocka_unit_test(scrolls_as_far_as_needed),
		cmocka_unit_test(every_size_is_safe),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("growers_draw", tests, NULL, NULL);
}
