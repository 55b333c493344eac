/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_USAGE_H
#define UI_TEXT_EXPLAIN_USAGE_H

/* What a band costs in memory in words: a part of what the inspector says. */

struct band;
struct explanation;
struct scene;

/* What matters most, in a line: the RSS, with a bar. */
void explain_usage(struct explanation *to, const struct scene *scene, const struct band *band);

/*
 * The other amounts, with bars: unknown ones as such, beyond pss and swap only those that are not
 * 0.
 */
void explain_usage_amounts(struct explanation *to, const struct scene *scene,
			   const struct band *band);

/* Of a single mapping: the size of its pages, on which nodes they are, and what its flags mean.
 * Nothing where unknown. */
void explain_usage_details(struct explanation *to, const struct scene *scene,
			   const struct band *band);

#endif
