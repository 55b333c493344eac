/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_INSPECTOR_TEXT_H
#define TESTS_UNIT_INSPECTOR_TEXT_H

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "screen/canvas.h"
#include "support/stage.h"
#include "ui/pane/inspector_pane.h"

/* Appends what the inspector shows of an address in so many columns and lines. */
static inline void append_inspector(struct text *text, struct stage *stage, uint64_t address,
				    int columns, int lines)
{
	struct pane *pane = memory_alloc(inspector_pane.size);
	struct canvas *canvas = canvas_create(columns, lines, false);
	struct scene scene;

	pane->ops = &inspector_pane;
	pane->rect = (struct rect){0, 0, columns, lines};
	stage->ui.view.cursor = address;
	scene = stage_scene(stage);
	inspector_pane.draw(pane, canvas, &stage->ui.frame, &scene);
	canvas_append_text(text, canvas);
	canvas_destroy(canvas);
	free(pane);
}

#endif
