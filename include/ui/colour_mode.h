/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_COLOUR_MODE_H
#define UI_COLOUR_MODE_H

/*
 * What the colours of bars stand for: the kinds of mappings, or one other thing that is asked of
 * them. A fold has the colour of the most telling mapping that it holds; what is in memory, and
 * whose code touched it, is shown row by row.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"
#include "screen/role.h"
#include "ui/colour_mode_list.h"

struct band;
struct row_usage;
struct scene;

/* One of the answers that a colours gives. */
struct colour_mode_class {
	enum role role;
	const char *word; /* for the legend */
};

/* "by protection"; NULL for the kinds, which need no mention. */
const char *colour_mode_title(enum colour_mode colours);

/* What the colours are now: a sentence for the message line. */
const char *colour_mode_message(enum colour_mode colours);

/*
 * The letter that stands for the role where there are no colours, each for one role of a mode; 0
 * for roles that are no answer.
 */
uint32_t colour_mode_letter(enum role role);

/* The answers, the most telling first; none for the kinds. */
const struct colour_mode_class *colour_mode_classes(enum colour_mode colours, size_t *ret_count);

/*
 * The role of a band that is not a gap. kind is its own, or of a fold what weighs most there. O(its
 * regions).
 */
enum role colour_mode_band_role(const struct scene *scene, const struct band *band, enum kind kind);

/*
 * The role of a row of accessible memory, of which row is in memory; band is its band's role. The
 * row is of the addresses.
 */
enum role colour_mode_row_role(const struct scene *scene, enum role band, uint64_t start,
			       uint64_t end, const struct row_usage *row);

#endif
