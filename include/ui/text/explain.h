/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_EXPLAIN_H
#define UI_TEXT_EXPLAIN_H

/* A band of the diagram in words: what the inspector says. Everything is escaped for the screen. */

#include "ui/text/explanation.h"

#define EXPLAIN_LABEL_COLUMNS 7 /* of a label and a blank */

struct scene;
struct band;

/* Explains the band; explanation_finish() frees what it holds. Most important first. */
void explain_band(struct explanation *explanation, const struct scene *scene,
		  const struct band *band);

#endif
