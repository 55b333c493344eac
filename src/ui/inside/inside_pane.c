/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/inside/inside_pane.h"

#include "model/address_space.h"
#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/command/view_commands.h"
#include "ui/inside/inside_draw.h"
#include "ui/inside/inside_title.h"
#include "ui/pane/bytes_pane.h"
#include "ui/text/needle_words.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

static struct inside_pane *of(const struct ui *ui)
{
	return (struct inside_pane *)arrange_pane(ui, &inside_pane);
}

static struct view *view_of(struct pane *pane, struct ui *ui)
{
	(void)ui;
	return &inside_level(&((struct inside_pane *)pane)->inside)->view;
}

/* Whether there is something to move in. */
static bool is_laid(const struct inside *inside)
{
	const struct inside_level *level = inside_level_const(inside);

	return level && level->diagram && !inside->gone;
}

static void finish(struct pane *pane)
{
	struct inside_pane *self = (struct inside_pane *)pane;

	inside_finish(&self->inside);
	inside_find_finish(&self->find);
}

static void closed(struct pane *pane, struct ui *ui)
{
	(void)ui;
	inside_finish(&((struct inside_pane *)pane)->inside);
}

static void take(struct pane *pane, struct ui *ui)
{
	struct inside *inside = &((struct inside_pane *)pane)->inside;

	inside_use_heap(inside, shown_heap(&ui->shown), false);
	inside_follow(inside, ui->shown.space);
	/* Which pages were in memory at a past moment is not kept. */
	if (shown_is_earlier(&ui->shown))
		inside->pieces.count = 0;
}

/* The cursor of the view is that of the level. */
static void put_cursor(struct inside_pane *self, struct ui *ui)
{
	ui->view.cursor = self->cursor = inside_level(&self->inside)->view.cursor;
}

static void lay(struct inside_pane *self, struct ui *ui)
{
	struct rect rows = inside_draw_rows(&ui->frame, self->pane.rect, &self->inside);

	if (!inside_level(&self->inside))
		return;
	inside_lay(&self->inside, rows.lines > 0 ? (uint64_t)rows.lines : 1);
	put_cursor(self, ui);
}

/* Something else has moved the cursor: the pane shows where it is, or makes way. */
static void follow_cursor(struct inside_pane *self, struct ui *ui)
{
	const struct inside_place *place = &self->inside.place;

	if (ui->view.cursor >= place->start && ui->view.cursor < place->end)
		inside_show(&self->inside, ui->view.cursor);
	else
		arrange_close(ui, &inside_pane);
}

static void settle(struct pane *pane, struct ui *ui)
{
	struct inside_pane *self = (struct inside_pane *)pane;

	if (ui->view.cursor != self->cursor)
		follow_cursor(self, ui);
	if (inside_level(&self->inside))
		lay(self, ui);
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	inside_draw(canvas, frame, pane->rect, &((const struct inside_pane *)pane)->inside, scene);
}

/* Who moves on does not wait for what was to be gone to. */
static void give_up_wish(struct inside_pane *self)
{
	self->inside.wishes = false;
}

static void move(struct pane *pane, struct ui *ui, enum pane_step step, int direction)
{
	struct inside_pane *self = (struct inside_pane *)pane;
	struct inside_level *level = inside_level(&self->inside);
	struct view *view;

	if (!is_laid(&self->inside))
		return;
	give_up_wish(self);
	view = &level->view;
	switch (step) {
	case PANE_LINE: view_move_band(view, level->diagram, direction); break;
	case PANE_HALF:
		view_move_lines(view, level->diagram, (view->lines + 1) / 2, direction);
		break;
	case PANE_PAGE: view_move_lines(view, level->diagram, view->lines, direction); break;
	case PANE_END: view_move_end(view, level->diagram, direction); break;
	}
	put_cursor(self, ui);
}

static bool press(struct pane *pane, struct ui *ui, const struct mouse *mouse)
{
	struct inside_pane *self = (struct inside_pane *)pane;
	struct inside_level *level = inside_level(&self->inside);
	struct rect rows = inside_draw_rows(&ui->frame, pane->rect, &self->inside);
	const struct scene scene = ui_scene(ui, NULL);

	if (!is_laid(&self->inside))
		return false;
	if (mouse->line == pane->rect.line &&
	    inside_title_is_scale(&self->inside, &scene, pane->rect, mouse->column))
		view_commands_scale(ui);
	if (!frame_contains(rows, mouse->column, mouse->line))
		return false;
	give_up_wish(self);
	view_select(&level->view, level->diagram, (uint64_t)(mouse->line - rows.line));
	put_cursor(self, ui);
	return true;
}

static void wheel(struct pane *pane, struct ui *ui, const struct mouse *mouse, int direction)
{
	struct inside_pane *self = (struct inside_pane *)pane;
	struct inside_level *level = inside_level(&self->inside);

	(void)mouse;
	if (!is_laid(&self->inside))
		return;
	if (level->diagram->rows > level->view.lines)
		view_scroll(&level->view, level->diagram, direction * PANE_WHEEL_LINES);
	else
		view_move_band(&level->view, level->diagram, direction);
	put_cursor(self, ui);
}

static const char *why_not_enter(const struct pane *pane, const struct ui *ui)
{
	const struct inside *inside = &((const struct inside_pane *)pane)->inside;

	(void)ui;
	if (!is_laid(inside))
		return "The mapping is no longer there; " SENTENCE_KEY("out") " goes out.";
	return inside_step_in(inside) == INSIDE_STEP_NONE
		       ? "This already fills the picture; " SENTENCE_KEY(
				 "out") " goes out, " SENTENCE_KEY("zoom-in") " zooms."
		       : NULL;
}

static void enter(struct pane *pane, struct ui *ui)
{
	struct inside_pane *self = (struct inside_pane *)pane;
	struct inside_level *level = inside_level(&self->inside);

	give_up_wish(self);
	if (inside_step_in(&self->inside) == INSIDE_STEP_BYTES) {
		uint64_t address = inside_level_band(level)->start;

		if (inside_chunk(&self->inside, needle_words_word(ui->shown.space), &address)) {
			/* On the fewer lines that the bytes leave it still is seen. */
			level->view.pin = address;
			level->view.pinned = true;
		}
		level->view.cursor = address;
		put_cursor(self, ui);
		bytes_pane_enter(ui, self->cursor);
		return;
	}
	inside_enter(&self->inside);
	lay(self, ui);
}

static void out(struct pane *pane, struct ui *ui)
{
	struct inside_pane *self = (struct inside_pane *)pane;

	give_up_wish(self);
	if (inside_out(&self->inside))
		lay(self, ui);
	else
		arrange_close(ui, &inside_pane);
}

/* Leaves the zoom, else the level; or what has a band of its own. */
static bool leave(struct pane *pane, struct ui *ui)
{
	struct inside_pane *self = (struct inside_pane *)pane;
	struct inside_level *level = inside_level(&self->inside);
	bool unpinned = level && view_unpin(&level->view);

	if (level && !view_set_zoom(&level->view, 0) && !inside_out(&self->inside) && !unpinned)
		return false;
	if (level)
		lay(self, ui);
	return level != NULL;
}

/* All of the mapping, as a band of the picture. */
static bool selected(const struct pane *pane, const struct scene *scene, struct band *ret_band)
{
	const struct inside *inside = &((const struct inside_pane *)pane)->inside;
	const struct vma *vma = inside_mapping(inside, scene->space);

	if (!vma)
		return false;
	*ret_band = diagram_band_of(scene->regions, vma->start, vma->end);
	return true;
}

static bool visible(const struct pane *pane, const struct scene *scene, uint64_t *ret_start,
		    uint64_t *ret_end)
{
	const struct inside *inside = &((const struct inside_pane *)pane)->inside;
	const struct inside_level *level = inside_level_const(inside);

	(void)scene;
	if (!is_laid(inside))
		return false;
	view_visible(&level->view, level->diagram, ret_start, ret_end);
	return true;
}

static void say(struct ui *ui, struct text *words)
{
	if (words->length)
		ui_say_format(ui, "%s", text_string(words));
	text_finish(words);
}

/* The next match from an address on; with a level of another range the cursor goes along. */
static void find_from(struct ui *ui, uint64_t from, int direction, bool go)
{
	struct inside_pane *self = of(ui);
	struct text words = {0};

	inside_find_next(&self->find, &self->inside, from, direction, go, &words);
	lay(self, ui);
	say(ui, &words);
}

/* Understands what is typed; returns whether it could. */
static bool read_typed(struct ui *ui)
{
	struct text words = {0};
	bool understood = inside_find_set(&of(ui)->find, ui->line.prompt.text, &words);

	say(ui, &words);
	return understood;
}

static void find_typed(struct ui *ui)
{
	struct inside_pane *self = of(ui);

	inside_find_cancel(&self->find, &self->inside);
	if (read_typed(ui))
		find_from(ui, self->find.asked_at, 1, false);
}

static void find_accepted(struct ui *ui)
{
	if (read_typed(ui))
		find_from(ui, of(ui)->find.asked_at, 1, true);
}

static void find_cancelled(struct ui *ui)
{
	inside_find_cancel(&of(ui)->find, &of(ui)->inside);
	lay(of(ui), ui);
}

static const struct ui_prompt find_prompt = {"/", find_typed, find_accepted, find_cancelled};

static void ask_what_to_find(struct ui *ui)
{
	struct inside_pane *self = of(ui);

	if (!is_laid(&self->inside))
		return;
	inside_find_begin(&self->find, &self->inside);
	ui_ask(ui, &find_prompt, "");
}

static const char *why_no_match(const struct ui *ui)
{
	return of(ui)->find.pattern && is_laid(&of(ui)->inside)
		       ? NULL
		       : "There is no previous search; " SENTENCE_KEY("search") " searches.";
}

static void find_again(struct ui *ui, int direction)
{
	find_from(ui, inside_level(&of(ui)->inside)->view.cursor, direction, true);
}

static const struct pane_search search = {
	.ask = ask_what_to_find,
	.why_no_match = why_no_match,
	.again = find_again,
};

const char *inside_pane_why_not_switch(const struct ui *ui)
{
	const struct inside *inside = &of(ui)->inside;

	/* The picture of the address space has no pages. */
	if (!arrange_is_open(ui, &inside_pane))
		return inside_pane.not_here;
	if (!is_laid(inside))
		return "The mapping is no longer there; " SENTENCE_KEY("out") " goes out.";
	return inside_level_const(inside)->named == INSIDE_PAGES ? "There are only pages here."
								 : NULL;
}

void inside_pane_switch(struct ui *ui)
{
	inside_level_switch(inside_level(&of(ui)->inside));
	lay(of(ui), ui);
}

const struct pane_ops inside_pane = {
	.name = "inside",
	.place = PANE_MAIN,
	.focus = true,
	.leavable = true,
	.not_here = "This is a command of the inside of a mapping; " SENTENCE_KEY(
		"inside") " shows it.",
	.ignores = PANE_NEWS_PULSE | PANE_NEWS_SAMPLE,
	.size = sizeof(struct inside_pane),
	.finish = finish,
	.close = closed,
	.take = take,
	.settle = settle,
	.draw = draw,
	.move = move,
	.press = press,
	.wheel = wheel,
	.why_not_enter = why_not_enter,
	.enter = enter,
	.out = out,
	.leave = leave,
	.view = view_of,
	.selected = selected,
	.search = &search,
	.visible = visible,
};
