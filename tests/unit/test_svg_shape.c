/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

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
		cmocka_unit_test(bars_are_drawn_and_letters_written),
	};

	return cmocka_run_group_tests_name("svg_shape", tests, NULL, NULL);
}
