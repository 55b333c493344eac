/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/glyphs.h"

static const struct glyphs unicode_glyphs = {
	.bar = 0x2588,           /* full block */
	.bar_top = 0x2587,       /* lower seven eighths block */
	.fold = 0x2592,          /* medium shade */
	.huge = 0x2593,          /* dark shade */
	.spare = 0x2584,         /* lower half block */
	.swapped = 0x259a,       /* quadrants upper left and lower right */
	.absent = 0x2591,        /* light shade */
	.untold = 0x00b7,        /* middle dot */
	.no_access = 0x2591,     /* light shade */
	.gap = 0x250a,           /* light quadruple dash vertical */
	.marker = 0x25b8,        /* small right-pointing triangle */
	.live = 0x25cf,          /* black circle */
	.paused = 0x2016,        /* double vertical line */
	.ended = 0x25a0,         /* black square */
	.thumb = 0x2503,         /* heavy vertical */
	.window_top = 0x256d,    /* arc down and right */
	.window = 0x2502,        /* light vertical */
	.window_bottom = 0x2570, /* arc up and right */
	.window_only = '[',
	.folded = 0x25b8,   /* small right-pointing triangle */
	.unfolded = 0x25be, /* small down-pointing triangle */
	.appeared = '*',
	.vanished = 0x00d7,  /* multiplication sign */
	.grew = 0x25b4,      /* small up-pointing triangle */
	.shrank = 0x25be,    /* small down-pointing triangle */
	.moved = 0x2192,     /* rightwards arrow */
	.protected = 0x2260, /* not equal to */
	.other = '~',
	/* Lower one eighth block to full block. */
	.trend = {0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588},
	.times = "×",
	.unknown = "–",
	.ellipsis = "…",
	.inside = " › ",
};

static const struct glyphs ascii_glyphs = {
	.bar = '#',
	.bar_top = '#',
	.fold = '=',
	.huge = '@',
	.spare = 'o',
	.swapped = 's',
	.absent = '-',
	.untold = '/',
	.no_access = '.',
	.gap = ':',
	.marker = '>',
	.live = '*',
	.paused = '|',
	.ended = '!',
	.thumb = '#',
	.window_top = '[',
	.window = '[',
	.window_bottom = '[',
	.window_only = '[',
	.folded = '+',
	.unfolded = '-',
	.appeared = '*',
	.vanished = 'x',
	.grew = '^',
	.shrank = 'v',
	.moved = '>',
	.protected = '%',
	.other = '~',
	.trend = {'_', '.', ',', '-', '+', '=', '*', '#'},
	.times = "x",
	.unknown = "-",
	.ellipsis = "~",
	.inside = " > ",
};

const struct glyphs *glyphs_get(bool unicode)
{
	return unicode ? &unicode_glyphs : &ascii_glyphs;
}
