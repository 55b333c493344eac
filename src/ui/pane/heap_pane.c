/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/heap_pane.h"

#include "base/text.h"
#include "model/address_space.h"
#include "model/heap_keeper.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/inside/inside_open.h"
#include "ui/list.h"
#include "ui/pane/heap_classes.h"
#include "ui/pane/heap_draw.h"
#include "ui/text/heap_words.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

#define ROOMY_LINES 30 /* of a screen */

static void open(struct pane *pane, struct ui *ui)
{
	struct heap_pane *self = (struct heap_pane *)pane;

	(void)ui;
	self->top = self->cursor = 0;
	self->error = 0;
}

static struct heap_draw make_draw(const struct heap_pane *self, const struct heap_usage *heap,
				  const char *sentence, const char *beside)
{
	return (struct heap_draw){
		.heap = heap,
		.allocator = allocator_name(self->found.allocator),
		.sentence = sentence,
		.beside = beside,
		.top = self->top,
		.cursor = self->cursor,
	};
}

/* Why there is nothing to show. */
static void append_lack(struct text *text, const struct heap_pane *self, bool earlier,
			const char *beside)
{
	if (earlier) {
		text_append(text, "Only the newest moment has an inside.");
		return;
	}
	heap_words_append_lack(text, self->found.allocator, self->error);
	/* While it is walked, that is all. */
	if (self->error)
		text_append(text, beside);
}

static void append_beside(struct text *text, const struct heap_pane *self,
			  const struct scene *scene)
{
	struct heap_keeper keepers[HEAP_KEEPERS_MAX];
	size_t count = heap_keepers_list(scene->space, &self->found, keepers);

	heap_words_append_beside(text, &self->found,
				 scene->heap ? scene->heap->allocator : ALLOCATOR_UNKNOWN, keepers,
				 count);
}

static bool is_earlier(const struct scene *scene)
{
	return scene->status && scene->status->earlier;
}

/* As a list, and the histogram below it where that leaves the picture enough. */
static int most_lines(int screen_lines)
{
	return list_lines(screen_lines) + (screen_lines < ROOMY_LINES ? 1 : HEAP_CLASSES_LINES);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	struct heap_pane *self = (struct heap_pane *)pane;
	const struct frame bordered = {.bordered = true};
	struct text text = {0}, beside = {0};
	struct heap_draw draw;
	int wanted;

	append_beside(&beside, self, scene);
	append_lack(&text, self, is_earlier(scene), text_string(&beside));
	draw = make_draw(self, scene->heap, text_string(&text), text_string(&beside));
	self->lines = heap_draw_lines(scene->heap);
	wanted = heap_draw_wanted(&bordered, columns, &draw);
	text_finish(&text);
	text_finish(&beside);
	return scene->heap && wanted > most_lines(lines) ? most_lines(lines) : wanted;
}

/* What a walk found is true of the program that it was of. */
static void take(struct pane *pane, struct ui *ui)
{
	struct heap_pane *self = (struct heap_pane *)pane;

	if (ui->shown.space && (!self->found_ns || self->found_ns < ui->shown.program_ns))
		self->found =
			(struct allocator_found){.allocator = allocator_find(ui->shown.space)};
}

/* The cursor stays on a line that there is, and in sight. */
static void settle(struct pane *pane, struct ui *ui)
{
	struct heap_pane *self = (struct heap_pane *)pane;
	const struct heap_usage *heap = shown_heap(&ui->shown);
	size_t lines = heap_draw_lines(heap);
	struct heap_draw draw;

	if (!lines)
		return;
	if (self->cursor >= lines)
		self->cursor = lines - 1;
	draw = make_draw(self, heap, NULL, NULL);
	self->top = heap_draw_scroll(&ui->frame, pane->rect, &draw);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct heap_pane *self = (const struct heap_pane *)pane;
	struct text text = {0}, beside = {0};
	struct heap_draw draw;

	append_beside(&beside, self, scene);
	append_lack(&text, self, is_earlier(scene), text_string(&beside));
	draw = make_draw(self, scene->heap, text_string(&text), text_string(&beside));
	heap_draw(canvas, frame, pane->rect, &draw);
	text_finish(&text);
	text_finish(&beside);
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct heap_pane *self = (struct heap_pane *)pane;

	list_move_cursor(&self->cursor, heap_draw_lines(shown_heap(&ui->shown)), step,
			 frame_inside(&ui->frame, pane->rect).lines, direction);
	settle(pane, ui);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	(void)pane;
	return shown_heap(&ui->shown) ? NULL
				      : "Nothing is known of the heap; " SENTENCE_KEY(
						"heap") " or Esc closes the pane.";
}

static bool is_for_programs(enum heap_use use)
{
	return use == HEAP_USE_USED || use == HEAP_USE_CACHED || use == HEAP_USE_FREE ||
	       use == HEAP_USE_TOP;
}

/* Whether the mapping is memory of heaps, with chunks of the arena. */
static bool is_of_arena(const struct vma *vma, const struct heap_usage *heap, size_t arena)
{
	if (vma_has_file(vma) ||
	    (vma->kind != KIND_HEAP && vma->kind != KIND_ARENA && vma->kind != KIND_ANON))
		return false;
	for (size_t i = heap_usage_find(heap, vma->start);
	     i < heap->piece_count && heap->pieces[i].start < vma->end; i++)
		if (heap->pieces[i].arena == arena && is_for_programs(heap->pieces[i].use))
			return true;
	return false;
}

/*
 * Its first mapping: musl's memory begins with what is left over of the data of objects, and has
 * nothing but its own structs in the brk heap.
 */
static uint64_t find_memory(const struct address_space *space, const struct heap_usage *heap,
			    size_t arena)
{
	for (size_t i = 0; i < space->vma_count; i++)
		if (is_of_arena(&space->vmas[i], heap, arena))
			return space->vmas[i].start;
	return heap->arenas[arena].start;
}

static void enter(struct pane *pane, struct ui *ui)
{
	const struct heap_pane *self = (const struct heap_pane *)pane;
	const struct heap_usage *heap = shown_heap(&ui->shown);
	/* The line for all leads to the main arena. */
	size_t arena = heap->count > 1 && self->cursor ? self->cursor - 1 : 0;

	inside_open(ui, find_memory(ui->shown.space, heap, arena));
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct heap_pane *self = (struct heap_pane *)pane;
	const struct rect rows = list_below_heads(frame_inside(&ui->frame, pane->rect));

	return list_at(rows, self->top, heap_draw_lines(shown_heap(&ui->shown)), mouse->line,
		       &self->cursor);
}

const struct pane_ops heap_pane = {
	.name = "heap",
	.place = PANE_BOTTOM,
	.focus = true,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_USAGE,
	.size = sizeof(struct heap_pane),
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

void heap_pane_take(struct ui *ui, int error)
{
	struct heap_pane *self = (struct heap_pane *)arrange_pane(ui, &heap_pane);
	/* What is said instead of arenas needs room, too. */
	bool other = self->error != error;

	self->error = error;
	if (!arrange_is_open(ui, &heap_pane))
		return;
	if (other || heap_draw_lines(shown_heap(&ui->shown)) != self->lines)
		arrange_again(ui);
	settle(&self->pane, ui);
	ui_want(ui, UI_DRAW);
}

void heap_pane_take_allocator(struct ui *ui, const struct allocator_found *found, int64_t time_ns)
{
	struct heap_pane *self = (struct heap_pane *)arrange_pane(ui, &heap_pane);

	self->found = *found;
	self->found_ns = time_ns;
}
