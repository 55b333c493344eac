/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LENS_LIST_H
#define UI_LENS_LIST_H

/* The lenses that there are (ui/lens.h). */

enum lens {
	LENS_KIND,
	LENS_PROTECTION, /* what may be done there */
	LENS_RESIDENCY,  /* what of it is in memory */
	LENS_GROWTH,     /* what became of it since the mark */
	LENS_SHARING,    /* who sees what is written there */
	LENS_COUNT,
};

#endif
