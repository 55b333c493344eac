/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/plot.h"

#include "screen/canvas.h"

#define DOT_ROWS     4 /* of a cell */
#define BRAILLE      0x2800
#define ROUND_PARTS  8 /* the ends are multiples of at most this part of what is between them */
#define NOTHING_HIGH 4096

/* The greatest power of two that is not above the value; 1 for 0. */
static uint64_t power_below(uint64_t value)
{
	return value ? UINT64_C(1) << (63 - __builtin_clzll(value)) : 1;
}

static uint64_t round_up(uint64_t value, uint64_t unit)
{
	uint64_t below = value & ~(unit - 1);

	if (below == value)
		return value;
	return below > UINT64_MAX - unit ? UINT64_MAX : below + unit;
}

bool plot_scale_fit(struct plot_scale *ret_scale, const struct series_step *steps, size_t count)
{
	uint64_t low = UINT64_MAX, high = 0, unit;
	bool known = false;

	for (size_t i = 0; i < count; i++) {
		if (!steps[i].known)
			continue;
		low = steps[i].low < low ? steps[i].low : low;
		high = steps[i].high > high ? steps[i].high : high;
		known = true;
	}
	if (!known)
		return false;
	if (low == high) {
		*ret_scale = (struct plot_scale){
			.high = high == 0               ? NOTHING_HIGH
				: high > UINT64_MAX / 2 ? UINT64_MAX
							: high * 2,
		};
		return true;
	}
	unit = power_below((high - low) / ROUND_PARTS);
	if (low < (high - low) / 2)
		low = 0;
	*ret_scale = (struct plot_scale){low & ~(unit - 1), round_up(high, unit)};
	return true;
}

/* The row of dots of a value, 0 at the bottom. */
static int dot_row(const struct plot_scale *scale, uint64_t value, int rows)
{
	uint64_t range = scale->high - scale->low, above = value - scale->low;

	if (value <= scale->low)
		return 0;
	if (value >= scale->high)
		return rows - 1;
	/* Divisions of 128 bits are slow, and rarely needed. */
	if (range < UINT64_MAX >> 32)
		return (int)((above * (uint64_t)(rows - 1) + range / 2) / range);
	return (int)(((unsigned __int128)above * (uint64_t)(rows - 1) + range / 2) / range);
}

/* The rows of dots that a step takes, both included; none: from > to. */
struct dots {
	int from, to;
};

static struct dots step_dots(const struct plot_scale *scale, const struct series_step *steps,
			     size_t index, size_t count, int rows)
{
	const struct series_step *step = &steps[index];
	uint64_t low, high;

	if (index >= count || !step->known)
		return (struct dots){1, 0};
	low = step->low;
	high = step->high;
	if (index > 0 && step[-1].known) {
		low = step[-1].last < low ? step[-1].last : low;
		high = step[-1].last > high ? step[-1].last : high;
	}
	return (struct dots){dot_row(scale, low, rows), dot_row(scale, high, rows)};
}

/* Which of a cell's dots are set, as the Braille patterns of Unicode number them. */
static unsigned cell_pattern(struct dots left, struct dots right, int bottom)
{
	static const uint8_t bits[DOT_ROWS][2] = {
		{0x40, 0x80}, {0x04, 0x20}, {0x02, 0x10}, {0x01, 0x08}};
	unsigned pattern = 0;

	for (int i = 0; i < DOT_ROWS; i++) {
		if (bottom + i >= left.from && bottom + i <= left.to)
			pattern |= bits[i][0];
		if (bottom + i >= right.from && bottom + i <= right.to)
			pattern |= bits[i][1];
	}
	return pattern;
}

/* The nearest thing in ASCII: upper and lower half, or an upright line. */
static uint32_t pattern_ascii(unsigned pattern)
{
	const unsigned left = 0x47, right = 0xb8, upper = 0x1b;

	if ((pattern & left) == left || (pattern & right) == right)
		return '|';
	if (pattern & upper)
		return pattern & ~upper ? ':' : '\'';
	return '.';
}

void plot_draw(struct canvas *canvas, struct rect rect, const struct plot_scale *scale,
	       const struct series_step *steps, size_t count)
{
	int rows = rect.lines * DOT_ROWS;

	for (int column = 0; column < rect.columns && rect.lines > 0; column++) {
		size_t index = (size_t)column * PLOT_STEPS_PER_COLUMN;
		struct dots left, right;

		if (index >= count)
			break;
		left = step_dots(scale, steps, index, count, rows);
		right = step_dots(scale, steps, index + 1, count, rows);
		for (int line = 0; line < rect.lines; line++) {
			unsigned pattern = cell_pattern(left, right, rows - (line + 1) * DOT_ROWS);

			if (pattern)
				canvas_put(canvas, rect.column + column, rect.line + line,
					   canvas->ascii ? pattern_ascii(pattern)
							 : BRAILLE + pattern,
					   ROLE_CHART);
		}
	}
}
