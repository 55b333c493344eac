/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/processes/processes_pane.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/process.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/list.h"
#include "ui/processes/processes_draw.h"
#include "ui/ui.h"

static struct picker *of(const struct ui *ui)
{
	return &((struct processes_pane *)arrange_pane(ui, &processes_pane))->picker;
}

static void init(struct pane *pane)
{
	picker_init(&((struct processes_pane *)pane)->picker);
}

static void finish(struct pane *pane)
{
	picker_finish(&((struct processes_pane *)pane)->picker);
}

/* The cursor begins on the process that is watched; one that has ended cannot be. */
static void open(struct pane *pane, struct ui *ui)
{
	struct picker *picker = &((struct processes_pane *)pane)->picker;

	finish(pane);
	init(pane);
	if (ui->shown.space && !ui->shown.ended)
		picker_set_watched(picker, ui->shown.space->target.pid,
				   ui->shown.space->target.start_ticks);
}

/* Without a process there is nothing else to show. */
static void closed(struct pane *pane, struct ui *ui)
{
	(void)pane;
	if (!ui->shown.space)
		ui_want(ui, UI_QUIT);
}

static void settle(struct pane *pane, struct ui *ui)
{
	picker_set_lines(&((struct processes_pane *)pane)->picker,
			 processes_draw_lines(&ui->frame, pane->rect));
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	processes_draw(canvas, frame, pane->rect, &((const struct processes_pane *)pane)->picker,
		       scene);
}

static void say_mistake(const struct picker *picker, struct ui *ui)
{
	if (picker->mistake[0])
		ui_say_format(ui, "The pattern is not applied: %s.", picker->mistake);
}

static bool key(struct pane *pane, struct ui *ui, uint32_t key)
{
	struct picker *picker = &((struct processes_pane *)pane)->picker;
	bool taken = picker_take_key(picker, key);

	say_mistake(picker, ui);
	return taken;
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct picker *picker = &((struct processes_pane *)pane)->picker;

	(void)ui;
	if (step == PANE_END)
		picker_select(picker, direction < 0 ? 0 : SIZE_MAX);
	else
		picker_move(picker, direction * (int)list_step(step, (int)picker->lines, 0));
}

/* A second click is on the same process still: the list may have moved under the pointer. */
static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct picker *picker = &((struct processes_pane *)pane)->picker;
	size_t row = processes_draw_row_at(picker, &ui->frame, pane->rect, mouse->line);
	enum picker_column heading = processes_draw_heading_at(picker, &ui->frame, pane->rect,
							       mouse->column, mouse->line);
	bool again = row == picker->cursor;

	if (heading != PICKER_COLUMNS)
		picker_sort(picker, heading);
	if (row == PROCESSES_DRAW_NO_ROW)
		return false;
	picker_select(picker, row);
	return again;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	(void)ui;
	(void)mouse;
	picker_move(&((struct processes_pane *)pane)->picker, direction * PANE_WHEEL_LINES);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)ui;
	return picker_process(&((const struct processes_pane *)pane)->picker)
		       ? NULL
		       : "There is no process under the cursor.";
}

/* Attaches to the process under the cursor. */
static void enter(struct pane *pane, struct ui *ui)
{
	const struct picker *picker = &((struct processes_pane *)pane)->picker;
	const struct process *process = picker_process(picker);

	if (picker_is_on_watched(picker)) {
		arrange_close(ui, &processes_pane);
		return;
	}
	ui->request.pid = process->pid;
	ui->request.start_ticks = process->start_ticks;
	ui_want(ui, UI_ATTACH);
}

/* First what is typed. */
static bool leave(struct pane *pane, struct ui *ui)
{
	(void)ui;
	return picker_clear(&((struct processes_pane *)pane)->picker);
}

const struct pane_ops processes_pane = {
	.name = "process list",
	.place = PANE_SCREEN,
	.focus = true,
	.leavable = true,
	.modal = true,
	.only_here = "The process list is shown; Esc leaves it.",
	.not_here = "The process list is not shown.",
	.no_key = "This key has no command here; letters filter the list.",
	.size = sizeof(struct processes_pane),
	.init = init,
	.finish = finish,
	.open = open,
	.close = closed,
	.settle = settle,
	.draw = draw,
	.typing = true,
	.key = key,
	.move = move,
	.press = press,
	.wheel = wheel,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.leave = leave,
};

void processes_pane_sort_left(struct ui *ui)
{
	picker_sort_beside(of(ui), -1);
}

void processes_pane_sort_right(struct ui *ui)
{
	picker_sort_beside(of(ui), 1);
}

void processes_pane_reverse(struct ui *ui)
{
	picker_reverse(of(ui));
}

void processes_pane_tree(struct ui *ui)
{
	picker_toggle_tree(of(ui));
}

bool processes_pane_wants_list(const struct ui *ui)
{
	return arrange_is_open(ui, &processes_pane);
}

void processes_pane_take_list(struct ui *ui, struct process_list *list)
{
	picker_take_list(of(ui), list);
	say_mistake(of(ui), ui);
	ui_want(ui, UI_DRAW);
}

size_t processes_pane_shown(const struct ui *ui, int32_t *out, size_t capacity)
{
	const struct picker *picker = of(ui);
	size_t count = 0;

	while (count < capacity && count < picker->lines &&
	       picker->top + count < picker->rows.count) {
		out[count] = picker->rows.rows[picker->top + count].process->pid;
		count++;
	}
	return count;
}

void processes_pane_narrow(struct ui *ui, const char *text)
{
	picker_narrow(of(ui), text);
	say_mistake(of(ui), ui);
}
