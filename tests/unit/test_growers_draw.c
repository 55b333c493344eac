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
#include "model/runtime.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/pane/growers_draw.h"
#include "ui/pane/growers_lines.h"

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

static struct growers_entry members[] = {
	{.start = 0x7f83a9100000, .delta = 64 * K},
	{.start = 0x7f83aa564000, .delta = 4 * K},
};

static struct growers_entry groups[] = {
	{.start = 0x7f83aa1dc000,
	 .end = 0x7f83aa1dd000,
	 .size = 97 * M,
	 .delta = 2 * M,
	 .kind = KIND_ANON,
	 .count = 390,
	 .member_count = 2,
	 .alike = {.kind = KIND_ANON, .size = 256 * K},
	 .each = 256 * K},
	{.start = 0x55b5f7c8d000,
	 .end = 0x55b5f7c8e000,
	 .size = 3 * M,
	 .delta = 1 * M,
	 .kind = KIND_ANON,
	 .count = 12,
	 .alike = {.runtime = RUNTIME_V8}},
};

static const struct growers full = {kinds, 4, mappings, 6, NULL, 0, NULL, 0};
static const struct growers_open none;

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
		.open = &none,
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

/* Those that were mapped anew and are alike: folded, and unfolded. */
static void a_group_takes_one_line(void **state)
{
	const struct growers growers = {kinds, 1, groups, 2, members, 2, NULL, 0};
	struct growers_open open = {0};
	struct text text = {0};
	struct stand stand;

	(void)state;
	set_up(&stand, &growers);
	stand.pane.open = &open;
	stand.pane.cursor = 3;
	for (size_t i = 0; i < 2; i++) {
		const struct growers_entry *at = &mappings[i ? 4 : 3];

		members[i].vma = at->vma;
		members[i].end = at->end;
		members[i].size = at->size;
		members[i].kind = at->kind;
	}
	append_pane(&text, &stand, &bordered, 100, 8, false);
	growers_open_toggle(&open, &groups[0]);
	append_pane(&text, &stand, &bordered, 100, 10, false);
	append_pane(&text, &stand, &bordered, 60, 10, true);
	golden_check("growers_groups", text_string(&text));
	text_finish(&text);
	take_down(&stand);
}

static struct growers_entry heap[] = {
	{.start = 0x55b5f7c8d000,
	 .end = 0x55b5f7c8d001,
	 .size = 3 * M,
	 .delta = 1536 * K,
	 .kind = KIND_HEAP,
	 .vma = UINT32_MAX,
	 .part = GROWERS_USED},
	{.start = 0x55b5f7c8d000,
	 .end = 0x55b5f7c8d001,
	 .size = M,
	 .delta = -64 * K,
	 .kind = KIND_HEAP,
	 .vma = UINT32_MAX,
	 .part = GROWERS_FREE},
	{.start = 0x55b5f7c8d000,
	 .end = 0x55b5f7c8d001,
	 .size = 2 * M,
	 .delta = 1024 * K,
	 .kind = KIND_HEAP,
	 .vma = UINT32_MAX,
	 .part = GROWERS_USED,
	 .arena = 0x7f83aa1dcc60},
	{.start = 0x7f839c0008c0,
	 .end = 0x7f839c0008c1,
	 .size = 96 * K,
	 .delta = 40 * K,
	 .kind = KIND_ARENA,
	 .vma = UINT32_MAX,
	 .part = GROWERS_FREE,
	 .arena = 0x7f839c000030},
};

/* Where malloc's arenas were walked; and where they are not any more. */
static void what_is_inside_the_heap_is_a_block(void **state)
{
	struct growers growers = {kinds, 1, mappings, 2, NULL, 0, heap, 4};
	struct growers_entry unknown[] = {heap[0], heap[1]};
	struct text text = {0};
	struct stand stand;

	(void)state;
	set_up(&stand, &growers);
	stand.pane.walked = "10:42:07";
	stand.pane.heap_seconds = 240;
	stand.pane.cursor = 3;
	append_pane(&text, &stand, &bordered, 100, 12, false);
	append_pane(&text, &stand, &bordered, 60, 12, true);
	unknown[0].unknown = unknown[1].unknown = true;
	unknown[0].delta = unknown[1].delta = 0;
	growers.heap = unknown;
	growers.heap_count = 2;
	append_pane(&text, &stand, &bordered, 80, 10, false);
	golden_check("growers_heap", text_string(&text));
	text_finish(&text);
	take_down(&stand);
}

static void says_that_nothing_grew(void **state)
{
	const struct growers nothing = {0}, shrunk = {kinds + 3, 1, NULL, 0, NULL, 0, NULL, 0};
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

static void letters_stand_for_colours(void **state)
{
	struct canvas *canvas = canvas_create(80, 16, false);
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	stand.pane.letters = true;
	growers_draw(canvas, &bare, (struct rect){0, 0, 80, 16}, &stand.pane);
	assert_int_equal(canvas->cells[2 * 80].glyph, 'a'); /* anon */
	assert_int_equal(canvas->cells[3 * 80].glyph, 'h');
	canvas_destroy(canvas);
	take_down(&stand);
}

/* The sentence stands a column away from the border on either side, and takes as many lines as that
 * leaves it. */
static void a_sentence_fills_its_columns(void **state)
{
	static const char sentence[] = "Nothing grew since the baseline (10:41:07).";
	static const struct growers nothing = {NULL, 0, NULL, 0, NULL, 0, NULL, 0};
	struct stand stand;

	(void)state;
	set_up(&stand, &nothing);
	for (int less = 0; less <= 1; less++) {
		const int columns = (int)sizeof(sentence) - 1 + 4 - less;
		struct text text = {0};

		append_pane(&text, &stand, &bordered, columns, 5, false);
		assert_int_equal(strstr(text_string(&text), sentence) == NULL, less);
		text_finish(&text);
	}
	take_down(&stand);
}

/* How many cells of the right border are those of the thumb, in a pane of so many lines. */
static int thumb_cells(const struct stand *stand, int lines)
{
	struct canvas *canvas = canvas_create(80, lines, false);
	int cells = 0;

	growers_draw(canvas, &bordered, (struct rect){0, 0, 80, lines}, &stand->pane);
	for (int i = 0; i < lines; i++)
		cells += canvas->cells[i * 80 + 79].role == ROLE_SCROLL;
	canvas_destroy(canvas);
	return cells;
}

static void a_thumb_says_that_there_is_more(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, &full);
	assert_int_equal(growers_lines_count(&full, &none), 12);
	assert_int_equal(thumb_cells(&stand, 14), 0);
	assert_int_equal(thumb_cells(&stand, 8), 3);
	take_down(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_whole_columns),
		cmocka_unit_test(a_group_takes_one_line),
		cmocka_unit_test(what_is_inside_the_heap_is_a_block),
		cmocka_unit_test(says_that_nothing_grew),
		cmocka_unit_test(the_cursor_has_its_ground),
		cmocka_unit_test(every_size_is_safe),
		cmocka_unit_test(a_sentence_fills_its_columns),
		cmocka_unit_test(a_thumb_says_that_there_is_more),
		cmocka_unit_test(letters_stand_for_colours),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("growers_draw", tests, NULL, NULL);
}
