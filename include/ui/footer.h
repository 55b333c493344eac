/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_FOOTER_H
#define UI_FOOTER_H

/* The last line: the keys that matter most, or the answer to the last key. */

#include "screen/role.h"
#include "ui/frame.h"

struct canvas;
struct command;
struct scene;

/*
 * Draws a sentence in the place of the keys, whole: what there is no room for on their line takes
 * lines above it.
 */
void footer_draw_sentence(struct canvas *canvas, struct rect rect, const char *sentence,
			  enum role role);

void footer_draw(struct canvas *canvas, struct rect rect, const struct scene *scene);

/* The command whose key stands at that column; NULL where there is none, as beside an answer. */
const struct command *footer_command_at(struct rect rect, const struct scene *scene, int column);

#endif
