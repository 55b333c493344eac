/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/stage.h"

#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/command.h"

void stage_open(struct stage *stage, struct address_space *space, int columns, int lines,
		bool unicode)
{
	*stage = (struct stage){.space = space};
	stage->status = (struct scene_status){
		.user = "ann",
		.clock = "10:41:07",
		.interval_ns = 1000000000,
	};
	stage->canvas = canvas_create(columns, lines, !unicode);
	ui_init(&stage->ui, space, unicode);
	ui_resize(&stage->ui, columns, lines);
	ui_layout(&stage->ui);
}

void stage_close(struct stage *stage)
{
	ui_finish(&stage->ui);
	canvas_destroy(stage->canvas);
	address_space_destroy(stage->space);
}

void stage_resize(struct stage *stage, int columns, int lines)
{
	bool ascii = stage->canvas->ascii;

	canvas_destroy(stage->canvas);
	stage->canvas = canvas_create(columns, lines, ascii);
	ui_resize(&stage->ui, columns, lines);
	ui_layout(&stage->ui);
}

unsigned stage_press(struct stage *stage, const uint32_t *keys)
{
	unsigned reactions = 0;

	for (; *keys; keys++) {
		reactions |= ui_handle_key(&stage->ui, *keys);
		ui_layout(&stage->ui);
	}
	return reactions;
}

struct scene stage_scene(const struct stage *stage)
{
	return (struct scene){
		.space = stage->space,
		.regions = &stage->ui.regions,
		.diagram = stage->ui.diagram,
		.view = &stage->ui.view,
		.status = &stage->status,
		.glyphs = stage->ui.glyphs,
		.cursor = true,
	};
}

void stage_check(struct stage *stage, const char *name)
{
	struct canvas *canvas = stage->canvas;

	canvas_fill(canvas, 0, 0, canvas->columns, canvas->lines, ' ', ROLE_DEFAULT);
	stage->status.message = stage->ui.message;
	stage->status.paused = stage->ui.paused;
	ui_draw(&stage->ui, canvas, &stage->status);
	golden_check_canvas(name, canvas);
}
