/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/findings_pane.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/finding_table.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/list.h"
#include "ui/pane/findings_draw.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static void finish(struct pane *pane)
{
	struct findings_pane *self = (struct findings_pane *)pane;

	checked_files_finish(&self->files);
	findings_finish(&self->findings);
	free(self->lines);
}

static void open(struct pane *pane, struct ui *ui)
{
	struct findings_pane *self = (struct findings_pane *)pane;

	(void)ui;
	self->top = self->cursor = 0;
}

static const struct finding *finding_at(const struct findings_pane *self, size_t line)
{
	return line < self->count ? &self->findings.findings[self->lines[line]] : NULL;
}

/* What is not known of files is left out as long as they were not looked at. */
static void list_findings(struct findings_pane *self)
{
	const struct findings *findings = &self->findings;

	free(self->lines);
	self->lines = memory_alloc(findings->count * sizeof(*self->lines));
	self->count = 0;
	for (int severity = FINDING_HIGH; severity >= (self->known ? -1 : FINDING_LOW); severity--)
		for (size_t i = 0; i < findings->count; i++)
			if (findings_draw_weight(&findings->findings[i]) == severity)
				self->lines[self->count++] = i;
}

static bool is_same(const struct finding *a, const struct finding *b)
{
	return a->type == b->type && a->start == b->start && !a->unknown == !b->unknown &&
	       !strcmp(a->file ? a->file : "", b->file ? b->file : "");
}

/* What was found out is of another process, or of another program in it. */
static void check_process(struct findings_pane *self, const struct ui *ui)
{
	const struct target *target = &ui->shown.space->target;

	if (self->known && self->pid == target->pid && self->start_ticks == target->start_ticks &&
	    self->known_ns >= ui->shown.program_ns)
		return;
	checked_files_finish(&self->files);
	self->known = false;
	self->protection = protection_unknown();
}

/* The cursor stays with its finding. */
static void take(struct pane *pane, struct ui *ui)
{
	struct findings_pane *self = (struct findings_pane *)pane;
	const struct finding *before = finding_at(self, self->cursor);
	struct findings findings = {0}, old = self->findings;
	const size_t above = self->cursor - self->top;

	check_process(self, ui);
	findings_judge(&findings,
		       &(struct finding_facts){.space = ui->shown.space,
					       .wx_history = &ui->shown.wx_history,
					       .session = ui->shown.session,
					       .files = self->known ? &self->files : NULL,
					       .protection = self->protection});
	self->findings = findings;
	list_findings(self);
	for (size_t line = 0; before && line < self->count; line++)
		if (is_same(before, finding_at(self, line))) {
			self->cursor = line;
			break;
		}
	if (self->cursor >= self->count)
		self->cursor = self->count ? self->count - 1 : 0;
	self->top = self->cursor > above ? self->cursor - above : 0;
	findings_finish(&old);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	struct findings_pane *self = (struct findings_pane *)pane;
	int wanted = list_lines_of(lines, self->count);

	(void)scene;
	self->made_room_for = self->count;
	if (!self->count)
		return wanted;
	wanted += findings_draw_meaning_lines(columns);
	return wanted > lines / 2 ? list_lines_of(lines, self->count) : wanted;
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct findings_pane *self = (struct findings_pane *)pane;

	self->top =
		box_scroll(self->top, self->cursor, self->cursor,
			   findings_draw_room(frame_inside(&ui->frame, pane->rect)), self->count);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct findings_pane *self = (const struct findings_pane *)pane;

	(void)scene;
	findings_draw(canvas, frame, pane->rect,
		      &(struct findings_draw){.findings = &self->findings,
					      .lines = self->lines,
					      .count = self->count,
					      .top = self->top,
					      .cursor = self->cursor,
					      .known = self->known});
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct findings_pane *self = (struct findings_pane *)pane;
	size_t room = findings_draw_room(frame_inside(&ui->frame, pane->rect));

	list_move_cursor(&self->cursor, self->count, step, (int)room, direction);
	settle(pane, ui);
}

/* An address of what the finding is about: of its memory, or of the first mapping of its file. */
static bool find_address(const struct findings_pane *self, const struct address_space *space,
			 uint64_t *ret_address)
{
	const struct finding *finding = finding_at(self, self->cursor);

	if (!finding)
		return false;
	*ret_address = finding->start;
	if (finding->start < finding->end)
		return true;
	for (size_t i = 0; finding->file && i < space->vma_count; i++)
		if (!strcmp(space->vmas[i].name, finding->file)) {
			*ret_address = space->vmas[i].start;
			return true;
		}
	return false;
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct findings_pane *self = (const struct findings_pane *)pane;
	uint64_t address;

	if (!self->count)
		return "Nothing was found; " SENTENCE_KEY("findings") " or Esc closes the list.";
	return find_address(self, ui->shown.space, &address)
		       ? NULL
		       : "This is about the whole process; choose another line.";
}

static void enter(struct pane *pane, struct ui *ui)
{
	uint64_t address;

	if (!find_address((const struct findings_pane *)pane, ui->shown.space, &address))
		return;
	view_show(&ui->view, address);
	ui_want(ui, UI_LAYOUT);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct findings_pane *self = (struct findings_pane *)pane;
	struct rect rows = frame_inside(&ui->frame, pane->rect);

	rows.lines = (int)findings_draw_room(rows);
	return list_at(rows, self->top, self->count, mouse->line, &self->cursor);
}

const struct pane_ops findings_pane = {
	.name = "findings",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_USAGE,
	.size = sizeof(struct findings_pane),
	.finish = finish,
	.open = open,
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
};

const char *findings_pane_why_not(const struct ui *ui)
{
	return shown_is_core(&ui->shown)
		       ? "Findings are about a process that runs and its files, not a core file."
		       : NULL;
}

bool findings_pane_wants(const struct ui *ui)
{
	return ui->shown.space && arrange_is_seen(ui, &findings_pane) && !ui->shown.ended;
}

void findings_pane_take(struct ui *ui, struct checked_files *files,
			const struct protection *protection)
{
	struct findings_pane *self = (struct findings_pane *)arrange_pane(ui, &findings_pane);
	const struct target *target = &ui->shown.space->target;

	checked_files_finish(&self->files);
	self->files = *files;
	*files = (struct checked_files){0};
	self->protection = *protection;
	self->known = true;
	self->pid = target->pid;
	self->start_ticks = target->start_ticks;
	self->known_ns = ui->shown.space->time_ns;
	if (!arrange_is_open(ui, &findings_pane))
		return;
	take(&self->pane, ui);
	if (self->count != self->made_room_for)
		arrange_again(ui);
	settle(&self->pane, ui);
	ui_want(ui, UI_DRAW);
}
