/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/bytes_pane.h"

#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/list.h"
#include "ui/pane/bytes_draw.h"
#include "ui/text/needle_words.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

#define LINES_LEAST 8
#define LINES_MOST  24

static struct bytes_pane *of(const struct ui *ui)
{
	return (struct bytes_pane *)arrange_pane(ui, &bytes_pane);
}

/* The mapping under the pane's cursor; NULL: there is none. */
static const struct vma *vma_of(const struct bytes_pane *self, const struct address_space *space)
{
	size_t index = address_space_find(space, self->cursor);

	return index < space->vma_count ? &space->vmas[index] : NULL;
}

static void finish(struct pane *pane)
{
	text_finish(&((struct bytes_pane *)pane)->refusal);
	text_finish(&((struct bytes_pane *)pane)->symbol);
}

static void forget(struct bytes_pane *self)
{
	self->held.size = 0;
	self->depth = 0;
	self->followed = self->anyway = self->entered = false;
	text_clear(&self->refusal);
	text_clear(&self->symbol);
}

static void open(struct pane *pane, struct ui *ui)
{
	(void)ui;
	forget((struct bytes_pane *)pane);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	int wanted = lines / 2;

	(void)pane;
	(void)scene;
	(void)columns;
	return wanted < LINES_LEAST ? LINES_LEAST : wanted > LINES_MOST ? LINES_MOST : wanted;
}

/* Bytes of another process are not those of this one. */
static void take(struct pane *pane, struct ui *ui)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;
	const struct target *target = &ui->shown.space->target;

	if (self->pid != target->pid || self->start_ticks != target->start_ticks)
		forget(self);
	self->pid = target->pid;
	self->start_ticks = target->start_ticks;
}

static unsigned per_line(const struct bytes_pane *self, const struct ui *ui)
{
	return bytes_draw_per_line(frame_inside(&ui->frame, self->pane.rect).columns, self->cursor);
}

/* What the main view has under its cursor: an address, or where a row of a table begins. */
static uint64_t main_cursor(const struct ui *ui)
{
	const struct scene scene = ui_scene(ui, NULL);

	return scene.table ? scene.selected.start : ui->view.cursor;
}

static void follow_main(struct bytes_pane *self, struct ui *ui)
{
	const uint64_t cursor = main_cursor(ui);

	if (self->led || (self->followed && cursor == self->main)) {
		self->main = cursor;
		self->followed = true;
		self->led = false;
		return;
	}
	self->main = self->cursor = cursor;
	self->followed = true;
	self->depth = 0;
	self->cursor -= self->cursor % needle_words_word(ui->shown.space);
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;

	follow_main(self, ui);
	self->top = bytes_draw_scroll(&ui->frame, pane->rect, vma_of(self, ui->shown.space),
				      self->top, self->cursor);
}

static struct bytes_draw drawing_of(const struct bytes_pane *self, const struct scene *scene)
{
	return (struct bytes_draw){
		.space = scene->space,
		.glyphs = scene->glyphs,
		.keymap = scene->keymap,
		.held = &self->held,
		.vma = vma_of(self, scene->space),
		.top = self->top,
		.cursor = self->cursor,
		.word = needle_words_word(scene->space),
		.why_not = self->refusal.length ? self->refusal.bytes
			   : scene->status && scene->status->earlier
				   ? "The bytes of a past moment are not known."
				   : NULL,
		.selecting = true,
		.pointed = self->pointed,
		.symbol = text_string(&self->symbol),
	};
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct bytes_draw drawing = drawing_of((const struct bytes_pane *)pane, scene);

	bytes_draw(canvas, frame, pane->rect, &drawing);
}

/* Moves the cursor by so many bytes, within its mapping. */
static void move_bytes(struct bytes_pane *self, struct ui *ui, uint64_t bytes, int direction)
{
	const struct vma *vma = vma_of(self, ui->shown.space);
	const unsigned word = needle_words_word(ui->shown.space);
	uint64_t last;

	if (!vma)
		return;
	last = vma->end - word;
	if (direction < 0)
		self->cursor =
			self->cursor - vma->start < bytes ? vma->start : self->cursor - bytes;
	else
		self->cursor = self->cursor > last || last - self->cursor < bytes
				       ? last
				       : self->cursor + bytes;
	/* Who moves stands on words. */
	self->cursor -= self->cursor % word;
	settle(&self->pane, ui);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;
	int lines = bytes_draw_lines(&ui->frame, pane->rect);
	uint64_t bytes = per_line(self, ui) * list_step(step, lines, (size_t)lines);

	move_bytes(self, ui, step == PANE_END ? UINT64_MAX : bytes, direction);
}

/* To the left and right there are words. */
static bool key(struct pane *pane, struct ui *ui, uint32_t pressed)
{
	int direction = pressed == KEY_ARROW_LEFT || pressed == 'h'    ? -1
			: pressed == KEY_ARROW_RIGHT || pressed == 'l' ? 1
								       : 0;

	if (direction)
		move_bytes((struct bytes_pane *)pane, ui, needle_words_word(ui->shown.space),
			   direction);
	return direction != 0;
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;
	const struct scene scene = ui_scene(ui, NULL);
	const struct bytes_draw drawing = drawing_of(self, &scene);
	uint64_t address;

	if (!drawing.vma ||
	    !bytes_draw_at(&ui->frame, pane->rect, &drawing, mouse->column, mouse->line, &address))
		return false;
	address -= address % drawing.word;
	if (address < drawing.vma->start || address >= drawing.vma->end)
		return false;
	self->cursor = address;
	return true;
}

/* Where the word under the cursor points; false: it is no address of the process. */
static bool find_pointed(const struct bytes_pane *self, const struct ui *ui, uint64_t *ret_address)
{
	const struct address_space *space = ui->shown.space;

	return bytes_held_word(&self->held, self->cursor, needle_words_word(space), ret_address) &&
	       address_space_find(space, *ret_address) < space->vma_count;
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	uint64_t address;

	return find_pointed((const struct bytes_pane *)pane, ui, &address)
		       ? NULL
		       : "This word is not an address of the process; choose another one.";
}

/* The cursor goes to the address, and the main view with it. */
static void go_to(struct bytes_pane *self, struct ui *ui, uint64_t address)
{
	self->cursor = address;
	self->led = true;
	view_show(&ui->view, address);
	ui_want(ui, UI_LAYOUT);
}

static void enter(struct pane *pane, struct ui *ui)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;
	uint64_t address = self->cursor; /* it is another one: why_not_enter() */

	find_pointed(self, ui, &address);
	if (self->depth == BYTES_PANE_BACK)
		memmove(self->back, self->back + 1, --self->depth * sizeof(*self->back));
	self->back[self->depth++] = self->cursor;
	go_to(self, ui, address);
}

/* Where no word was followed, the way back is that of the main view. */
static const char *why_not_out(const struct pane *pane, const struct ui *ui)
{
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	if (((const struct bytes_pane *)pane)->depth ||
	    ((const struct bytes_pane *)pane)->entered || !main->ops->why_not_out)
		return NULL;
	return main->ops->why_not_out(main, ui);
}

static void out(struct pane *pane, struct ui *ui)
{
	struct bytes_pane *self = (struct bytes_pane *)pane;
	struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);

	if (self->depth)
		go_to(self, ui, self->back[--self->depth]);
	else if (self->entered)
		arrange_close(ui, &bytes_pane);
	else if (main->ops->out)
		main->ops->out(main, ui);
}

static void closed(struct pane *pane, struct ui *ui)
{
	(void)pane;
	view_unpin(&ui->view);
}

const struct pane_ops bytes_pane = {
	.name = "bytes",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.not_here = "This is a command of the bytes; " SENTENCE_KEY("bytes") " shows them.",
	.size = sizeof(struct bytes_pane),
	.finish = finish,
	.open = open,
	.close = closed,
	.lines = wanted_lines,
	.take = take,
	.settle = settle,
	.draw = draw,
	.key = key,
	.move = move,
	.press = press,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.why_not_out = why_not_out,
	.out = out,
};

void bytes_pane_show(struct ui *ui, uint64_t address)
{
	struct bytes_pane *self = of(ui);

	if (!arrange_is_open(ui, &bytes_pane))
		arrange_open(ui, &bytes_pane);
	self->depth = 0;
	self->followed = true;
	go_to(self, ui, address);
}

void bytes_pane_enter(struct ui *ui, uint64_t address)
{
	bytes_pane_show(ui, address);
	of(ui)->entered = true;
}

bool bytes_pane_wants(const struct ui *ui, struct bytes_wish *ret_wish)
{
	const struct shown *shown = &ui->shown;
	const struct bytes_pane *self;
	const struct vma *vma;
	uint64_t size;

	if (!shown->space || shown->paused || shown->ended || !arrange_is_open(ui, &bytes_pane))
		return false;
	self = of(ui);
	vma = vma_of(self, shown->space);
	if (!vma || !self->followed || self->refusal.length || !(vma->perms & PERM_READ))
		return false;
	size = (uint64_t)per_line(self, ui) *
	       (uint64_t)bytes_draw_lines(&ui->frame, self->pane.rect);
	if (self->top < vma->start || self->top >= vma->end)
		return false;
	if (size > vma->end - self->top)
		size = vma->end - self->top;
	*ret_wish = (struct bytes_wish){
		.address = self->top,
		.size = size < BYTES_HELD_MAX ? (size_t)size : BYTES_HELD_MAX,
		.anyway = self->anyway,
		.word = self->cursor,
		.word_size = needle_words_word(shown->space),
	};
	return true;
}

void bytes_pane_take(struct ui *ui, const struct bytes_wish *wish, const uint8_t *bytes,
		     const uint8_t *absent, uint64_t page_size)
{
	struct bytes_pane *self = of(ui);

	bytes_held_take(&self->held, wish->address, bytes, wish->size, absent, page_size);
	if (wish->anyway)
		self->anyway = false;
	if (arrange_is_open(ui, &bytes_pane))
		ui_want(ui, UI_DRAW);
}

void bytes_pane_take_symbol(struct ui *ui, uint64_t pointed, const char *symbol)
{
	struct bytes_pane *self = of(ui);

	self->pointed = pointed;
	text_clear(&self->symbol);
	text_append(&self->symbol, symbol);
	if (arrange_is_open(ui, &bytes_pane))
		ui_want(ui, UI_DRAW);
}

void bytes_pane_refuse(struct ui *ui, const char *sentence)
{
	struct bytes_pane *self = of(ui);

	text_clear(&self->refusal);
	text_append(&self->refusal, sentence);
	self->held.size = 0;
	self->anyway = false;
	ui_want(ui, UI_DRAW);
}

const char *bytes_pane_why_not_read(const struct ui *ui)
{
	const struct bytes_pane *self = of(ui);
	const struct vma *vma = vma_of(self, ui->shown.space);
	struct bytes_wish wish;

	if (!bytes_pane_wants(ui, &wish))
		return "Nothing is read here now.";
	if (!bytes_held_lacks(&self->held))
		return "All that is shown is in memory already.";
	/* Reading registers may change them; and the kernel would not do it. */
	if (vma->kind == KIND_DEVICE || vma->kind == KIND_VVAR)
		return "This is not memory but a device's; it is not read.";
	return shown_is_core(&ui->shown) ? "The core file does not hold what lacks here." : NULL;
}

void bytes_pane_read_anyway(struct ui *ui)
{
	struct bytes_pane *self = of(ui);

	if (ui_confirms(ui, &bytes_pane))
		self->anyway = true;
	else
		ui_say(ui, "Reading brings these pages into the process's memory, as if it had "
			   "read them itself; " SENTENCE_KEY("read-anyway") " again does so.");
}
