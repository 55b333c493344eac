/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COLOUR_MODE_LIST_H
#define UI_COLOUR_MODE_LIST_H

/* The colour modes that there are (ui/colour_mode.h). */

enum colour_mode {
	COLOUR_MODE_KIND,
	COLOUR_MODE_PROTECTION, /* what may be done there */
	COLOUR_MODE_RESIDENCY,  /* what of it is in memory */
	COLOUR_MODE_GROWTH,     /* what became of it since the baseline */
	COLOUR_MODE_SHARING,    /* who sees what is written there */
	COLOUR_MODE_SITES,      /* whose code touched it */
	COLOUR_MODE_COUNT,
};

#endif
