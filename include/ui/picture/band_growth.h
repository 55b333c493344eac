/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_BAND_GROWTH_H
#define UI_PICTURE_BAND_GROWTH_H

/* What became of a band: since the highlight, and a moment ago. Bytes. */

#include <stdbool.h>
#include <stdint.h>

#include "screen/role.h"

struct band;
struct identity;
struct scene;

struct band_growth {
	int64_t delta;     /* more or, negative, less than at the highlight; gaps: 0 */
	uint64_t from, to; /* the part of a single mapping that is new since the highlight */
	bool marked;       /* changed a moment ago */
	bool ghost;        /* what was here vanished a moment ago */
	uint64_t ghost_size;
	enum role role; /* of the highlight */
	uint32_t sign;  /* of the highlight: a glyph */
};

/* All of nothing for a picture on paper. */
void band_growth_find(const struct scene *scene, const struct band *band,
		      struct band_growth *ret_growth);

#endif
