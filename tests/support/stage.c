/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/stage.h"

#include <stdio.h>

#include "model/address_space.h"
#include "screen/canvas.h"
#include "support/golden.h"
#include "ui/command.h"

/* The time of day in UTC, whatever the machine's zone is. */
static void local_time(void *context, int64_t time_ns, char out[static SCENE_CLOCK_LENGTH])
{
	int64_t ms = time_ns / 1000000 % (24 * 60 * 60 * 1000);

	(void)context;
	snprintf(out, SCENE_CLOCK_LENGTH, "%02d:%02d:%02d.%03d", (int)(ms / 3600000),
		 (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

void stage_open(struct stage *stage, struct address_space *space, int columns, int lines,
		bool unicode)
{
	*stage = (struct stage){0};
	chronicle_init(&stage->chronicle, space, (size_t)1 << 20);
	stage->status = (struct scene_status){
		.user = "ann",
		.clock = "10:41:07",
		.mark = "10:41:07",
		.interval_ns = 1000000000,
		.local_time = local_time,
	};
	stage->canvas = canvas_create(columns, lines, !unicode);
	ui_init_live(&stage->ui, &stage->chronicle, unicode);
	stage->ui.interval_ns = 1000000000;
	ui_resize(&stage->ui, columns, lines);
	ui_layout(&stage->ui);
}

void stage_close(struct stage *stage)
{
	ui_finish(&stage->ui);
	canvas_destroy(stage->canvas);
	chronicle_finish(&stage->chronicle);
}

void stage_add(struct stage *stage, struct address_space *space, int seconds)
{
	int64_t later = (int64_t)seconds * 1000000000;

	space->time_ns += later;
	chronicle_add(&stage->chronicle, space);
	ui_take_snapshot(&stage->ui, later);
	ui_layout(&stage->ui);
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
	struct scene scene = ui_scene(&stage->ui, &stage->status);

	scene.cursor = true;
	return scene;
}

void stage_check(struct stage *stage, const char *name)
{
	struct canvas *canvas = stage->canvas;

	canvas_fill(canvas, 0, 0, canvas->columns, canvas->lines, ' ', ROLE_DEFAULT);
	stage->status.message = stage->ui.message;
	stage->status.paused = stage->ui.paused;
	stage->status.interval_ns = stage->ui.interval_ns;
	if (stage->ui.paused)
		stage->status.back = history_end(stage->chronicle.history) - 1 - stage->ui.moment;
	ui_draw(&stage->ui, canvas, &stage->status);
	golden_check_canvas(name, canvas);
}
