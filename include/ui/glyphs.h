/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_GLYPHS_H
#define UI_GLYPHS_H

/* The signs that pictures are made of, in two sets: Unicode and its ASCII twin. */

#include <stdbool.h>
#include <stdint.h>

#define GLYPHS_TREND 8

struct glyphs {
	uint32_t bar;       /* of a mapping */
	uint32_t bar_top;   /* its highest row: leaves a thin line to the band above */
	uint32_t fold;      /* of several mappings */
	uint32_t huge;      /* the part of a bar that is in huge pages */
	uint32_t spare;     /* the part that is in memory, but free inside the heap */
	uint32_t swapped;   /* the part that is swapped out */
	uint32_t absent;    /* the part that is not in memory */
	uint32_t untold;    /* of a row of which it is not known */
	uint32_t no_access; /* of a guard or a reservation */
	uint32_t gap;       /* of nothing */
	uint32_t marker;    /* beside the selected band */
	uint32_t live, paused, ended;
	uint32_t thumb;                                          /* of the scroll bar */
	uint32_t window_top, window, window_bottom, window_only; /* beside lines that are shown */
	uint32_t folded, unfolded;                               /* beside what holds several */
	/* Beside a band that changed a moment ago. */
	uint32_t appeared, vanished, grew, shrank, moved, protected, other;
	uint32_t trend[GLYPHS_TREND]; /* a value from low to high, one cell each */
	const char *times;            /* before a zoom factor */
	const char *unknown;          /* a value that is not known */
	const char *ellipsis;         /* what was left out */
	const char *inside;           /* between windows gone into */
};

const struct glyphs *glyphs_get(bool unicode);

#endif
