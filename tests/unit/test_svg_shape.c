/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "term/svg_shape.h"
#include "ui/glyphs.h"

static void expect(uint32_t glyph, int cells, const char *expected)
{
	struct text text = {0};

	assert_true(svg_shape_is_known(glyph));
	svg_shape_append(&text, glyph, 80, 160, cells, "#010203");
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void blocks_are_rectangles(void **state)
{
	(void)state;
	expect(0x2588, 3,
	       "<rect x=\"80\" y=\"160\" width=\"24\" height=\"16\" fill=\"#010203\"/>\n");
	expect(0x2587, 1,
	       "<rect x=\"80\" y=\"162\" width=\"8\" height=\"14\" fill=\"#010203\"/>\n");
	expect(0x2581, 1, "<rect x=\"80\" y=\"174\" width=\"8\" height=\"2\" fill=\"#010203\"/>\n");
	expect(0x2589, 1,
	       "<rect x=\"80\" y=\"160\" width=\"7\" height=\"16\" fill=\"#010203\"/>\n");
	expect(0x258f, 2,
	       "<rect x=\"80\" y=\"160\" width=\"1\" height=\"16\" fill=\"#010203\"/>\n"
	       "<rect x=\"88\" y=\"160\" width=\"1\" height=\"16\" fill=\"#010203\"/>\n");
	expect(0x2590, 1,
	       "<rect x=\"84\" y=\"160\" width=\"4\" height=\"16\" fill=\"#010203\"/>\n");
	expect(0x2592, 2,
	       "<rect x=\"80\" y=\"160\" width=\"16\" height=\"16\" fill=\"#010203\" "
	       "fill-opacity=\"0.50\"/>\n");
	expect(0x259a, 1,
	       "<rect x=\"80\" y=\"160\" width=\"4\" height=\"8\" fill=\"#010203\"/>\n"
	       "<rect x=\"84\" y=\"168\" width=\"4\" height=\"8\" fill=\"#010203\"/>\n");
}

static void dots_and_lines(void **state)
{
	(void)state;
	expect(0x2800, 1, "");
	expect(0x2881, 1,
	       "<circle cx=\"82\" cy=\"162\" r=\"1.25\" fill=\"#010203\"/>\n"
	       "<circle cx=\"86\" cy=\"174\" r=\"1.25\" fill=\"#010203\"/>\n");
	expect(0x2500, 1,
	       "<path d=\"M83.5 167.5h-4h8\" fill=\"none\" stroke=\"#010203\" "
	       "stroke-width=\"1\"/>\n");
	expect(0x250a, 1,
	       "<path d=\"M83.5 167.5m0-8v16\" fill=\"none\" stroke=\"#010203\" "
	       "stroke-width=\"1\" stroke-dasharray=\"2 2\"/>\n");
}

/* A bar that were written would look as each font likes. */
/* Each dot of a braille sign has its place: two columns of three, and two below. */
static void each_dot_has_its_place(void **state)
{
	static const int places[8][2] = {{82, 162}, {82, 166}, {82, 170}, {86, 162},
					 {86, 166}, {86, 170}, {82, 174}, {86, 174}};
	char expected[80];

	(void)state;
	for (int dot = 0; dot < 8; dot++) {
		snprintf(expected, sizeof(expected),
			 "<circle cx=\"%d\" cy=\"%d\" r=\"1.25\" fill=\"#010203\"/>\n",
			 places[dot][0], places[dot][1]);
		expect(0x2800u + (1u << dot), 1, expected);
	}
}

/* As Unicode names them: ▖▗▘▙▚▛▜▝▞▟. */
static void each_quadrant_has_its_place(void **state)
{
	static const char *const filled[] = {"c",   "d",   "a", "acd", "ad",
					     "abc", "abd", "b", "bc",  "bcd"};

	(void)state;
	for (uint32_t i = 0; i < 10; i++) {
		char expected[400] = "";

		for (const char *at = filled[i]; *at; at++)
			snprintf(expected + strlen(expected), sizeof(expected) - strlen(expected),
				 "<rect x=\"%d\" y=\"%d\" width=\"4\" height=\"8\" "
				 "fill=\"#010203\"/>\n",
				 *at == 'a' || *at == 'c' ? 80 : 84,
				 *at == 'a' || *at == 'b' ? 160 : 168);
		expect(0x2596 + i, 1, expected);
	}
}

static void each_block_has_its_edges(void **state)
{
	static const struct {
		uint32_t glyph;
		int x, y, width, height;
	} blocks[] = {
		{0x2580, 80, 160, 8, 8},  {0x2590, 84, 160, 4, 16}, {0x2594, 80, 160, 8, 2},
		{0x2595, 87, 160, 1, 16}, {0x2584, 80, 168, 8, 8},  {0x258c, 80, 160, 4, 16},
	};
	char expected[120];

	(void)state;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		snprintf(expected, sizeof(expected),
			 "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
			 "fill=\"#010203\"/>\n",
			 blocks[i].x, blocks[i].y, blocks[i].width, blocks[i].height);
		expect(blocks[i].glyph, 1, expected);
	}
	for (uint32_t shade = 0; shade < 3; shade++) {
		snprintf(expected, sizeof(expected),
			 "<rect x=\"80\" y=\"160\" width=\"8\" height=\"16\" fill=\"#010203\" "
			 "fill-opacity=\"0.%u\"/>\n",
			 (unsigned)(shade + 1) * 25);
		expect(0x2591 + shade, 1, expected);
	}
	/* One for each cell where it does not fill their width. */
	expect(0x2595, 2,
	       "<rect x=\"87\" y=\"160\" width=\"1\" height=\"16\" fill=\"#010203\"/>\n"
	       "<rect x=\"95\" y=\"160\" width=\"1\" height=\"16\" fill=\"#010203\"/>\n");
	expect(0x2580, 2,
	       "<rect x=\"80\" y=\"160\" width=\"16\" height=\"8\" fill=\"#010203\"/>\n");
}

static void other_signs_are_not_drawn(void **state)
{
	static const uint32_t glyphs[] = {' ',    'a',    0x24ff, 0x2501, 0x257f, 0x25a0,
					  0x27ff, 0x2900, 0x2504, 0x250b, 0x2571};

	(void)state;
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++) {
		struct text text = {0};

		assert_false(svg_shape_is_known(glyphs[i]));
		svg_shape_append(&text, glyphs[i], 0, 0, 2, "#010203");
		assert_string_equal(text_string(&text), "");
		text_finish(&text);
	}
	assert_true(svg_shape_is_known(0x2800) && svg_shape_is_known(0x28ff));
	assert_true(svg_shape_is_known(0x2596) && svg_shape_is_known(0x259f));
	assert_true(svg_shape_is_known(0x2580) && svg_shape_is_known(0x2595));
}

static void bars_are_drawn_and_letters_written(void **state)
{
	const struct glyphs *glyphs = glyphs_get(true), *ascii = glyphs_get(false);
	const uint32_t bars[] = {glyphs->bar,    glyphs->bar_top, glyphs->fold,
				 glyphs->huge,   glyphs->spare,   glyphs->swapped,
				 glyphs->absent, glyphs->gap,     glyphs->no_access};

	(void)state;
	for (size_t i = 0; i < sizeof(bars) / sizeof(bars[0]); i++)
		assert_true(svg_shape_is_known(bars[i]));
	for (size_t i = 0; i < GLYPHS_TREND; i++)
		assert_true(svg_shape_is_known(glyphs->trend[i]));
	for (uint32_t glyph = 0; glyph < 0x2500; glyph++)
		assert_false(svg_shape_is_known(glyph));
	assert_false(svg_shape_is_known(ascii->bar));
	assert_false(svg_shape_is_known(glyphs->marker));
	assert_false(svg_shape_is_known(0x27ff));
	assert_false(svg_shape_is_known(0x2900));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_rectangles),
		cmocka_unit_test(dots_and_lines),
		cmocka_unit_test(each_dot_has_its_place),
		cmocka_unit_test(each_quadrant_has_its_place),
		cmocka_unit_test(each_block_has_its_edges),
		cmocka_unit_test(other_signs_are_not_drawn),
		cmocka_unit_test(bars_are_drawn_and_letters_written),
	};

	return cmocka_run_group_tests_name("svg_shape", tests, NULL, NULL);
}
