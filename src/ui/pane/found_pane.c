/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/found_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/format.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/list.h"
#include "ui/pane/bytes_pane.h"
#include "ui/text/address_words.h"
#include "ui/text/needle_words.h"
#include "ui/text/sentence.h"
#include "ui/text/words.h"
#include "ui/ui.h"

#define ADDRESS_COLUMNS 12

static struct found_pane *of(const struct ui *ui)
{
	return (struct found_pane *)arrange_pane(ui, &found_pane);
}

static void finish(struct pane *pane)
{
	struct found_pane *self = (struct found_pane *)pane;

	text_finish(&self->where);
	text_finish(&self->asked_where);
	text_finish(&self->refusal);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	const struct found_pane *self = (const struct found_pane *)pane;

	(void)scene;
	(void)columns;
	/* It does not grow line by line while it fills. */
	return self->searching || self->refusal.length ? list_lines(lines)
						       : list_lines_of(lines, self->count);
}

/* What was found in another process's memory is nowhere in this one's. */
static void take(struct pane *pane, struct ui *ui)
{
	struct found_pane *self = (struct found_pane *)pane;
	const struct target *target = &ui->shown.space->target;

	if (self->pid != target->pid || self->start_ticks != target->start_ticks) {
		self->typed[0] = '\0';
		self->count = self->top = self->cursor = 0;
		self->searching = false;
		self->state = (struct found_state){.done = true};
		text_clear(&self->refusal);
	}
	self->pid = target->pid;
	self->start_ticks = target->start_ticks;
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct found_pane *self = (struct found_pane *)pane;
	int room = frame_inside(&ui->frame, pane->rect).lines;

	self->top = box_scroll(self->top, self->cursor, self->cursor, room > 0 ? (size_t)room : 1,
			       self->count);
}

/* "12 found, 34% of 1.2G" while it goes on; "12 found in 350M" afterwards. */
static void append_note(struct text *text, const struct found_pane *self)
{
	const struct found_state *state = &self->state;
	char number[FORMAT_NUMBER_LENGTH], size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%s%s found", state->full ? "the first " : "",
			   format_number(number, self->count));
	if (self->searching && state->all)
		text_append_format(text, ", searching, %u%%",
				   (unsigned)((double)state->walked / (double)state->all * 100));
	else if (self->searching)
		text_append(text, ", searching");
	else if (state->read)
		text_append_format(text, " in %s%s", format_size(size, state->read),
				   state->done ? "" : ", ended");
}

static void append_title(struct text *text, const struct found_pane *self,
			 const struct glyphs *glyphs)
{
	text_append(text, "search");
	text_append(text, glyphs->inside);
	if (self->where.length) {
		text_append(text, text_string(&self->where));
		text_append(text, glyphs->inside);
	}
	utf8_append_escaped(text, self->typed, strlen(self->typed));
}

static void draw_entry(struct canvas *canvas, struct rect inside, int line, uint64_t address,
		       const struct scene *scene)
{
	const struct vma *vma = address_space_at(scene->space, address);
	char digits[WORDS_ADDRESS_LENGTH];
	struct text text = {0};
	const int name = inside.column + ADDRESS_COLUMNS + 2;

	canvas_write_right(canvas, inside.column, line, ADDRESS_COLUMNS,
			   words_address(digits, address, scene->glyphs), ROLE_ADDRESS);
	if (vma)
		address_words_append(&text, scene->space, address);
	else
		text_append(&text, "unmapped since");
	canvas_write(canvas, name, line, inside.column + inside.columns - name, text_string(&text),
		     vma ? (enum role)(ROLE_KIND_TEXT + vma->kind) : ROLE_MUTED);
	text_finish(&text);
}

static void draw_list(const struct found_pane *self, struct canvas *canvas,
		      const struct frame *frame, struct rect inside, const struct scene *scene)
{
	for (int i = 0; i < inside.lines && self->top + (size_t)i < self->count; i++) {
		size_t at = self->top + (size_t)i;

		draw_entry(canvas, inside, inside.line + i, self->found[at], scene);
		if (at == self->cursor)
			canvas_set_ground(canvas, inside.column, inside.line + i, inside.columns, 1,
					  ROLE_CURSOR);
	}
	if (frame->bordered)
		box_draw_thumb(canvas, scene->glyphs->thumb,
			       &(struct box_part){.column = inside.column + inside.columns,
						  .line = inside.line,
						  .lines = inside.lines,
						  .from = self->top,
						  .all = self->count});
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct found_pane *self = (const struct found_pane *)pane;
	const struct rect inside = frame_inside(frame, pane->rect);
	const char *sentence = self->refusal.length ? self->refusal.bytes
			       : self->searching    ? NULL
						    : "It is not in memory.";
	struct text title = {0}, note = {0};

	append_title(&title, self, scene->glyphs);
	append_note(&note, self);
	box_draw(canvas, frame, pane->rect,
		 &(struct box){.title = text_string(&title), .note = text_string(&note)});
	text_finish(&title);
	text_finish(&note);
	if (self->count)
		draw_list(self, canvas, frame, inside, scene);
	else if (sentence)
		box_write_wrapped(canvas, inside.column + frame->bordered, inside.line,
				  inside.columns - 2 * frame->bordered, inside.lines, sentence,
				  ROLE_MUTED);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct found_pane *self = (struct found_pane *)pane;

	list_move_cursor(&self->cursor, self->count, step,
			 frame_inside(&ui->frame, pane->rect).lines, direction);
	settle(pane, ui);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct found_pane *self = (struct found_pane *)pane;

	return list_at(frame_inside(&ui->frame, pane->rect), self->top, self->count, mouse->line,
		       &self->cursor);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)ui;
	return ((const struct found_pane *)pane)->count
		       ? NULL
		       : "Nothing was found to go to; " SENTENCE_KEY(
				 "search-memory") " searches for something else.";
}

static void enter(struct pane *pane, struct ui *ui)
{
	const struct found_pane *self = (const struct found_pane *)pane;

	bytes_pane_show(ui, self->found[self->cursor]);
	ui_say(ui, "Enter in an empty line of " SENTENCE_KEY("search-memory") " lists the others.");
}

static bool leave(struct pane *pane, struct ui *ui)
{
	struct found_pane *self = (struct found_pane *)pane;
	bool ended = self->searching;

	(void)ui;
	self->searching = false;
	return ended;
}

static void closed(struct pane *pane, struct ui *ui)
{
	(void)ui;
	((struct found_pane *)pane)->searching = false;
}

const struct pane_ops found_pane = {
	.name = "found",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.size = sizeof(struct found_pane),
	.finish = finish,
	.close = closed,
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.leave = leave,
};

static void accept(struct ui *ui);

static const struct ui_prompt asking = {.label = "search memory: ", .accept = accept};
static const struct ui_prompt asking_here = {.label = "search here: ", .accept = accept};

/* Begins the search that the line asks for. */
static void begin(struct ui *ui, const struct memory_needle *needle)
{
	struct found_pane *self = of(ui);

	strcpy(self->typed, ui->line.prompt.text);
	text_clear(&self->where);
	text_append(&self->where, text_string(&self->asked_where));
	self->wish = (struct found_wish){.serial = self->wish.serial + 1,
					 .needle = *needle,
					 .start = self->asked.start,
					 .end = self->asked.end};
	self->searching = true;
	self->state = (struct found_state){0};
	self->count = self->top = self->cursor = 0;
	self->pid = ui->shown.space->target.pid;
	self->start_ticks = ui->shown.space->target.start_ticks;
	text_clear(&self->refusal);
	arrange_open(ui, &found_pane);
}

static void accept(struct ui *ui)
{
	struct found_pane *self = of(ui);
	struct memory_needle needle;
	struct text why = {0};

	if (!ui->line.prompt.length && self->typed[0]) {
		arrange_open(ui, &found_pane);
		return;
	}
	if (needle_words_read(ui->shown.space, ui->line.prompt.text, &needle, &why)) {
		ui->line.asking = self->asked_where.length ? &asking_here : &asking;
		ui_say_format(ui, "%s", text_string(&why));
	} else {
		begin(ui, &needle);
	}
	text_finish(&why);
}

void found_pane_ask(struct ui *ui)
{
	struct found_pane *self = of(ui);

	self->asked.start = 0;
	self->asked.end = UINT64_MAX;
	text_clear(&self->asked_where);
	ui_ask(ui, &asking, "");
}

/*
 * What is under the cursor: a band or a row; where no main view is seen, the mapping there. False:
 * nothing is mapped.
 */
static bool find_here(const struct ui *ui, uint64_t *ret_start, uint64_t *ret_end)
{
	const struct scene scene = ui_scene(ui, NULL);
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	const bool seen = main->rect.lines > 0;
	uint64_t start = seen ? scene.selected.start : ui->view.cursor;
	uint64_t end = seen ? scene.selected.end : start + 1;
	size_t index = address_space_lower_bound(scene.space, start);

	if (index == scene.space->vma_count || scene.space->vmas[index].start >= end)
		return false;
	*ret_start = seen ? start : scene.space->vmas[index].start;
	*ret_end = seen ? end : scene.space->vmas[index].end;
	return true;
}

const char *found_pane_why_not_here(const struct ui *ui)
{
	uint64_t start, end;

	return find_here(ui, &start, &end)
		       ? NULL
		       : "Nothing is mapped here; " SENTENCE_KEY("search-memory") " searches all "
										  "memory.";
}

void found_pane_ask_here(struct ui *ui)
{
	struct found_pane *self = of(ui);

	if (!find_here(ui, &self->asked.start, &self->asked.end))
		return;
	text_clear(&self->asked_where);
	address_words_append(&self->asked_where, ui->shown.space, self->asked.start);
	ui_ask(ui, &asking_here, "");
}

bool found_pane_wants(const struct ui *ui, struct found_wish *ret_wish)
{
	const struct found_pane *self;

	if (!ui->shown.space || ui->shown.ended)
		return false;
	self = of(ui);
	if (self->searching)
		*ret_wish = self->wish;
	return self->searching;
}

void found_pane_take(struct ui *ui, unsigned serial, const uint64_t *found, size_t count,
		     const struct found_state *state)
{
	struct found_pane *self = of(ui);

	if (!self->searching || self->wish.serial != serial)
		return;
	self->count = count < FOUND_MAX ? count : FOUND_MAX;
	if (self->count)
		memcpy(self->found, found, self->count * sizeof(*found));
	self->state = *state;
	self->searching = !state->done;
	if (arrange_is_open(ui, &found_pane))
		arrange_again(ui);
}

void found_pane_refuse(struct ui *ui, const char *sentence)
{
	struct found_pane *self = of(ui);

	text_clear(&self->refusal);
	text_append(&self->refusal, sentence);
	self->searching = false;
	if (arrange_is_open(ui, &found_pane))
		arrange_again(ui);
}
