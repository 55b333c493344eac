/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/go_to_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/place.h"
#include "model/usage.h"
#include "screen/canvas.h"
#include "ui/arrange.h"
#include "ui/box.h"
#include "ui/inside/inside_open.h"
#include "ui/text/answer.h"
#include "ui/text/explain.h"
#include "ui/text/place_words.h"
#include "ui/ui.h"

#define BORDERS 2 /* lines of the pane that are no answer, and columns at each side */

static struct go_to_pane *of(const struct ui *ui)
{
	return (struct go_to_pane *)arrange_pane(ui, &go_to_pane);
}

const struct file_facts *located_file(const struct located *located, const struct vma *vma)
{
	if (!located->has_file || located->inode != vma->inode ||
	    located->dev_major != vma->dev_major || located->dev_minor != vma->dev_minor)
		return NULL;
	return &located->file;
}

static void make(struct explanation *explanation, const struct located *located,
		 const struct scene *scene)
{
	const struct address_space *space = scene->space;
	size_t index = address_space_find(space, located->address);
	struct answer_about about = {
		.space = space,
		.regions = scene->regions,
		.address = located->address,
		/* Of what was before, the look tells nothing. */
		.page = space->time_ns < located->page_ns ? page_facts_unknown() : located->page,
		.unknown = scene->glyphs->unknown,
	};
	enum page_state state;

	if (index < space->vma_count)
		about.file = located_file(located, &space->vmas[index]);
	else
		index = address_space_lower_bound(space, located->address);
	state = about.page.state;
	/* What was read of all mappings is older, and better than nothing. */
	if (about.page.flags == TARGET_UNKNOWN) {
		about.page = page_facts_of_usage(scene->usage, index);
		about.page.state = state;
	}
	answer_make(explanation, &about);
}

static int statement_lines(const struct statement *statement, int columns)
{
	return box_wrapped_lines(columns - ANSWER_LABEL_COLUMNS, statement->value);
}

static int wanted_lines(struct pane *pane, const struct scene *scene, int columns, int lines)
{
	struct explanation explanation;
	int wanted = BORDERS;

	(void)lines;
	make(&explanation, &((struct go_to_pane *)pane)->located, scene);
	for (size_t i = 0; i < explanation.count; i++)
		wanted += statement_lines(&explanation.statements[i], columns - 2 * BORDERS);
	explanation_finish(&explanation);
	return wanted;
}

/* Statements that do not fit whole are left out, last first. */
static void draw_statements(struct canvas *canvas, struct rect inside,
			    const struct explanation *explanation)
{
	int indent = ANSWER_LABEL_COLUMNS, line = 0;

	for (size_t i = 0; i < explanation->count; i++) {
		const struct statement *statement = &explanation->statements[i];
		int lines = statement_lines(statement, inside.columns);

		if (line + lines > inside.lines)
			return;
		canvas_write(canvas, inside.column, inside.line + line, indent, statement->label,
			     ROLE_LABEL);
		box_write_wrapped(canvas, inside.column + indent, inside.line + line,
				  inside.columns - indent, lines, statement->value,
				  statement->role);
		line += lines;
	}
}

static void draw(const struct pane *pane, struct canvas *canvas, const struct frame *frame,
		 const struct scene *scene)
{
	const struct located *located = &((const struct go_to_pane *)pane)->located;
	struct rect inside = frame_inside(frame, pane->rect);
	struct explanation explanation;
	struct text title = {0};
	char address[24];

	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	snprintf(address, sizeof(address), "%" PRIx64, located->address);
	text_append(&title, located->expression);
	if (strcmp(located->expression, address) != 0)
		text_append_format(&title, " = %s", address);
	make(&explanation, located, scene);
	box_draw(canvas, frame, pane->rect, &(struct box){.title = text_string(&title)});
	draw_statements(canvas, inside, &explanation);
	explanation_finish(&explanation);
	text_finish(&title);
}

static void closed(struct pane *pane, struct ui *ui)
{
	(void)pane;
	view_unpin(&ui->view);
}

const struct pane_ops go_to_pane = {
	.name = "go-to",
	.place = PANE_BOTTOM,
	.leavable = true,
	.ignores = PANE_NEWS_PULSE,
	.size = sizeof(struct go_to_pane),
	.close = closed,
	.lines = wanted_lines,
	.draw = draw,
};

static void accept(struct ui *ui);

static const struct ui_prompt asking = {.label = "go to: ", .accept = accept};

void go_to_pane_ask(struct ui *ui)
{
	of(ui)->sought[0] = '\0';
	ui_ask(ui, &asking, "");
}

/* Asks again, with the cursor behind what is wrong. */
static void say_mistake(struct ui *ui, const char *expression, const struct address_space *space,
			const struct place_mistake *mistake)
{
	struct text why = {0}, typed = {0};

	/* What is asked may be the line itself. */
	text_append(&typed, expression);
	place_words_append(&why, space, text_string(&typed), mistake);
	ui_ask(ui, &asking, text_string(&typed));
	ui->line.prompt.cursor = mistake->offset + mistake->length;
	ui_say_format(ui, "%s", text_string(&why));
	text_finish(&typed);
	text_finish(&why);
}

static void go(struct ui *ui, const char *expression, uint64_t address)
{
	struct located *located = &of(ui)->located;

	located->address = address;
	located->page = page_facts_unknown();
	located->page_ns = 0;
	strcpy(located->expression, expression);
	arrange_open(ui, &go_to_pane);
	view_show(&ui->view, address);
}

static void accept(struct ui *ui)
{
	const struct prompt *typed = &ui->line.prompt;
	struct go_to_pane *self = of(ui);
	struct place_mistake mistake;
	uint64_t address;

	if (place_needs_symbols(ui->shown.space, typed->text, typed->length)) {
		strcpy(self->sought, typed->text);
		self->searches++;
		ui_say(ui, "Looking for the name in the symbols of the process...");
	} else if (place_find(ui->shown.space, typed->text, typed->length, &address, &mistake)) {
		say_mistake(ui, typed->text, ui->shown.space, &mistake);
	} else {
		go(ui, typed->text, address);
	}
}

const char *go_to_pane_seeks(const struct ui *ui, unsigned *ret_number)
{
	const struct go_to_pane *self = of(ui);

	if (!ui->shown.space || !self->sought[0])
		return NULL;
	*ret_number = self->searches;
	return self->sought;
}

/* Names of files and of what every process has lead to the pane, as without symbols. */
static bool is_symbol(const struct ui *ui, const struct place_found *found)
{
	struct place_mistake mistake;
	uint64_t address;

	return place_find(ui->shown.space, found->expression, strlen(found->expression), &address,
			  &mistake) ||
	       address != found->address;
}

void go_to_pane_take_place(struct ui *ui, const struct place_found *found)
{
	struct go_to_pane *self = of(ui);

	if (strcmp(self->sought, found->expression) != 0 || !ui->shown.space)
		return;
	ui_say(ui, NULL);
	if (found->error)
		say_mistake(ui, found->expression, found->space, found->mistake);
	else if (is_symbol(ui, found))
		inside_open_at(ui, found->address);
	else
		go(ui, found->expression, found->address);
	/* Last: the expression may be this one. */
	self->sought[0] = '\0';
	ui_want(ui, UI_LAYOUT | UI_DRAW);
}

bool go_to_pane_asks(const struct ui *ui, uint64_t *ret_address)
{
	const struct shown *shown = &ui->shown;

	if (!shown->space || shown->paused || shown->ended || !arrange_is_open(ui, &go_to_pane))
		return false;
	*ret_address = of(ui)->located.address;
	return true;
}

const struct vma *go_to_pane_wanted(const struct ui *ui)
{
	const struct shown *shown = &ui->shown;
	uint64_t address;
	size_t index;

	if (!go_to_pane_asks(ui, &address))
		return NULL;
	index = address_space_find(shown->space, address);
	if (index == shown->space->vma_count || !vma_has_file(&shown->space->vmas[index]))
		return NULL;
	return &shown->space->vmas[index];
}

void go_to_pane_take_file(struct ui *ui, uint64_t inode, uint32_t dev_major, uint32_t dev_minor,
			  const struct file_facts *facts)
{
	struct located *located = &of(ui)->located;

	located->has_file = true;
	located->inode = inode;
	located->dev_major = dev_major;
	located->dev_minor = dev_minor;
	located->file = *facts;
	/* The answer may take another number of lines now. */
	if (arrange_is_open(ui, &go_to_pane))
		arrange_again(ui);
}

void go_to_pane_take_page(struct ui *ui, uint64_t address, int64_t time_ns,
			  const struct page_facts *facts)
{
	struct located *located = &of(ui)->located;

	if (located->address != address)
		return;
	located->page = *facts;
	located->page_ns = time_ns;
	if (arrange_is_open(ui, &go_to_pane))
		arrange_again(ui);
}
