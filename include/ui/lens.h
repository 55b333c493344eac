/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LENS_H
#define UI_LENS_H

/*
 * What the colours of bars stand for: the kinds of mappings, or one other thing that is asked of
 * them. A fold has the colour of the most telling mapping that it holds; what is in memory is told
 * row by row.
 */

#include <stddef.h>

#include "model/kind.h"
#include "screen/role.h"
#include "ui/lens_list.h"

struct band;
struct row_usage;
struct scene;

/* One of the answers that a lens gives. */
struct lens_class {
	enum role role;
	const char *word; /* for the legend */
};

/* "by protection"; NULL for the kinds, which need no mention. */
const char *lens_title(enum lens lens);

/* What the colours are now: a sentence for the message line. */
const char *lens_message(enum lens lens);

/* The answers, the most telling first; none for the kinds. */
const struct lens_class *lens_classes(enum lens lens, size_t *ret_count);

/*
 * The role of a band that is no gap. kind is its own, or of a fold what weighs most there. O(its
 * regions).
 */
enum role lens_band_role(const struct scene *scene, const struct band *band, enum kind kind);

/* The role of a row of accessible memory, of which row is in memory; band is its band's role. */
enum role lens_row_role(const struct scene *scene, enum role band, const struct row_usage *row);

#endif
