/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/vma.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/glyphs.h"
#include "ui/pane/bytes_draw.h"
#include "ui/pane/bytes_held.h"

#define HEAP UINT64_C(0x55b5f7c8d000)
#define LIBC UINT64_C(0x7f83aa53e000)
#define PAGE 4096

static const struct frame bordered = {.bordered = true}, bare = {.bordered = false};

/* What byte of its line each cell is, of lines of each number of bytes; '-': none. */
static void each_cell_has_its_byte(void **state)
{
	static const struct {
		int columns;
		uint64_t top;
	} cases[] = {{80, HEAP}, {90, HEAP}, {79, HEAP},
		     {40, HEAP}, {20, HEAP}, {84, 0xffffffffff600000}};
	struct text text = {0};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		const struct frame *frame = i % 2 ? &bare : &bordered;
		const struct rect rect = {2, 1, cases[i / 2].columns, 6};
		const struct bytes_draw pane = {.top = cases[i / 2].top};
		const unsigned bytes =
			bytes_draw_per_line(frame_inside(frame, rect).columns, pane.top);

		for (int line = 0; line < 8; line++) {
			text_append_format(&text, "%d %d ", rect.columns, line);
			for (int column = 0; column < rect.columns + 3; column++) {
				uint64_t address = 1;
				bool is = bytes_draw_at(frame, rect, &pane, column, line, &address);

				assert_true(is || address == 1);
				text_append_char(
					&text, is ? "0123456789abcdef"[(address - pane.top) % bytes]
						  : '-');
				if (is)
					assert_int_equal((address - pane.top) / bytes,
							 line - frame_inside(frame, rect).line);
			}
			text_append(&text, "\n");
			/* The lines between are alike. */
			line = line == 2 ? 3 : line;
		}
	}
	golden_check("bytes_draw_at", text_string(&text));
	text_finish(&text);
}

/* Where the first line is, for each line that the cursor may be on: in lines of the mapping. */
static void each_line_is_scrolled_to(void **state)
{
	const struct rect rect = {0, 0, 80, 6}; /* three lines of 16 bytes */
	const struct vma vma = {.start = HEAP, .end = HEAP + 16 * 16};
	struct text text = {0};

	(void)state;
	for (uint64_t top = 0; top < 16; top++) {
		text_append_format(&text, "%2d:", (int)top);
		for (uint64_t cursor = 0; cursor < 16; cursor++)
			text_append_format(
				&text, " %2d",
				(int)(bytes_draw_scroll(&bordered, rect, &vma, HEAP + top * 16 + 8,
							HEAP + cursor * 16 + 8) -
				      HEAP) /
					16);
		text_append(&text, "\n");
	}
	golden_check("bytes_draw_scroll", text_string(&text));
	/* No more lines than bytes, and exactly as many. */
	for (int lines = 17; lines < 21; lines++)
		assert_int_equal(bytes_draw_scroll(&bordered, (struct rect){0, 0, 80, lines}, &vma,
						   HEAP + 16, HEAP + 255),
				 lines < 19 ? HEAP + 16 * (uint64_t)(19 - lines) : HEAP);
	text_finish(&text);
}

/* Texts, pointers, zeroes and what is no text, some of it changed, of the first of two pages. */
static void hold(struct bytes_held *held, unsigned word)
{
	static const uint8_t ends[] = {' ', '~', 0x1f, 0x7f, 0, 0xff, 'a', 0};
	const uint64_t pointers[] = {LIBC + 0x26010, HEAP, 1000, 0};
	uint8_t bytes[64] = {0}, absent = 0;

	memcpy(bytes, ends, sizeof(ends));
	memcpy(bytes + 16, pointers, sizeof(pointers));
	*held = (struct bytes_held){.address = 0};
	bytes_held_take(held, HEAP, bytes, sizeof(bytes), &absent, PAGE);
	bytes[1] = '}';
	bytes[5] = 0xfe;
	bytes[word + 40] = 1;
	bytes_held_take(held, HEAP, bytes, sizeof(bytes), &absent, PAGE);
}

static void append_pane(struct text *text, const struct bytes_draw *pane, const struct frame *frame,
			int columns, int lines, bool roles)
{
	struct canvas *canvas = canvas_create(columns, lines, false);

	bytes_draw(canvas, frame, (struct rect){0, 0, columns, lines}, pane);
	canvas_append_text(text, canvas);
	for (int line = 0; roles && line < lines; line++) {
		golden_append_roles(text, &canvas->cells[line * columns], columns);
		text_append(text, "\n");
	}
	canvas_destroy(canvas);
}

static void cells_have_the_role_of_what_is_known(void **state)
{
	static struct bytes_held held;
	struct address_space *space = sample_python();
	const struct vma vma = {
		.start = HEAP, .end = HEAP + 72, .name = "", .perms = PERM_READ | PERM_WRITE};
	struct bytes_draw pane = {.space = space,
				  .glyphs = glyphs_get(true),
				  .held = &held,
				  .vma = &vma,
				  .top = HEAP,
				  .cursor = HEAP + 16,
				  .word = 8,
				  .symbol = "",
				  .selecting = true};
	uint8_t absent = 1;
	struct text text = {0};

	(void)state;
	hold(&held, 8);
	append_pane(&text, &pane, &bordered, 80, 8, true);
	hold(&held, 4);
	pane.word = 4;
	pane.cursor = HEAP + 44;
	append_pane(&text, &pane, &bare, 60, 10, true);
	pane.selecting = false;
	bytes_held_take(&held, HEAP, (const uint8_t[8]){1}, 8, &absent, PAGE);
	pane.top = HEAP + 16;
	append_pane(&text, &pane, &bare, 80, 4, true);
	pane.top = HEAP;
	append_pane(&text, &pane, &bordered, 80, 6, true);
	pane.why_not = "This is why nothing of it is known, in words that are longer than a line "
		       "of the pane has room for.";
	append_pane(&text, &pane, &bordered, 60, 6, true);
	pane.vma = NULL;
	append_pane(&text, &pane, &bare, 30, 4, true);
	golden_check("bytes_draw_roles", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

/* Names of what is pointed at need sixteen columns, each. */
static void names_stand_where_there_is_room(void **state)
{
	static struct bytes_held held;
	struct address_space *space = sample_python();
	struct bytes_draw pane = {.space = space,
				  .glyphs = glyphs_get(true),
				  .held = &held,
				  .vma = &space->vmas[address_space_find(space, HEAP)],
				  .top = HEAP,
				  .cursor = HEAP + 16,
				  .word = 8,
				  .symbol = ""};
	struct text text = {0};

	(void)state;
	hold(&held, 8);
	for (int columns = 93; columns < 135; columns++)
		append_pane(&text, &pane, &bare, columns, 4, false);
	golden_check("bytes_draw_names", text_string(&text));
	text_finish(&text);
	address_space_destroy(space);
}

/* What is said of the word under the cursor: behind its address, on the last line. */
static void check_word(const struct bytes_draw *pane, const char *expected)
{
	struct text text = {0};
	char *line;

	append_pane(&text, pane, &bare, 100, 5, false);
	text.bytes[text.length - 1] = '\0';
	line = strrchr(text.bytes, '\n') + 1;
	assert_string_equal(line, expected);
	text_finish(&text);
}

static void a_word_is_an_address_or_a_number(void **state)
{
	static struct bytes_held held;
	struct address_space *space = sample_python();
	struct vma vma = {.start = HEAP, .end = HEAP + PAGE, .name = "", .perms = PERM_READ};
	struct bytes_draw pane = {.space = space,
				  .glyphs = glyphs_get(true),
				  .held = &held,
				  .vma = &vma,
				  .top = HEAP,
				  .cursor = HEAP + 16,
				  .word = 8,
				  .symbol = "PyDict_New"};
	uint8_t absent = 1;

	(void)state;
	hold(&held, 8);
	check_word(&pane, "55b5f7c8d010 00007f83aa564010 = libc.so.6+0x26010");
	pane.pointed = LIBC + 0x26010;
	check_word(&pane, "55b5f7c8d010 00007f83aa564010 = libc.so.6+0x26010, PyDict_New");
	pane.symbol = "";
	check_word(&pane, "55b5f7c8d010 00007f83aa564010 = libc.so.6+0x26010");
	pane.cursor = HEAP + 32;
	check_word(&pane, "55b5f7c8d020 00000000000003e8, decimal 1000");
	pane.word = 4;
	check_word(&pane, "55b5f7c8d020 000003e8, decimal 1000");
	pane.cursor = HEAP + 64;
	check_word(&pane, "55b5f7c8d040 –");
	pane.cursor = HEAP + 4;
	bytes_held_take(&held, HEAP, (const uint8_t[8]){1}, 8, &absent, PAGE);
	check_word(&pane, "55b5f7c8d004 not in memory; 'read-anyway' reads it anyway");
	space->target.is_core = true;
	check_word(&pane, "55b5f7c8d004 not in the core file");
	vma.perms = PERM_WRITE;
	check_word(&pane, "55b5f7c8d004 the permissions forbid reading");
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cell_has_its_byte),
		cmocka_unit_test(each_line_is_scrolled_to),
		cmocka_unit_test(cells_have_the_role_of_what_is_known),
		cmocka_unit_test(names_stand_where_there_is_room),
		cmocka_unit_test(a_word_is_an_address_or_a_number),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("bytes draw cells", tests, NULL, NULL);
}
