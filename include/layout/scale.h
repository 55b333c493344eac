/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_SCALE_H
#define LAYOUT_SCALE_H

/* By what the heights of bands are measured. */

enum scale {
	SCALE_LOG,    /* height by log2(1 + pages): everything can be compared */
	SCALE_LINEAR, /* height by bytes; gaps and reservations are cut to one row */
	SCALE_EQUAL,  /* every band the same height */
	SCALE_COUNT,
};

#endif
