/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/go_to.h"

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/place.h"
#include "ui/answer_pane.h"
#include "ui/command.h"
#include "ui/display.h"
#include "ui/place_words.h"
#include "ui/scene.h"
#include "ui/ui.h"

#define BORDERS 2 /* lines of the pane that are no answer, and columns at each side */

static unsigned accept(struct ui *ui);

static const struct ui_prompt asking = {.label = "go to: ", .accept = accept};

unsigned go_to_ask(struct ui *ui)
{
	ui_ask(ui, &asking, "");
	return REACT_REDRAW;
}

/* Asks again, with the cursor behind what is wrong. */
static void say_mistake(struct ui *ui, const struct place_mistake *mistake)
{
	const struct prompt typed = ui->prompt;

	text_clear(&ui->told);
	place_words_append(&ui->told, ui->space, typed.text, mistake);
	ui_ask(ui, &asking, typed.text);
	ui->prompt.cursor = mistake->offset + mistake->length;
	ui->message = text_string(&ui->told);
}

static unsigned accept(struct ui *ui)
{
	struct located *located = &ui->lower.located;
	struct place_mistake mistake;
	uint64_t address;

	if (place_find(ui->space, ui->prompt.text, ui->prompt.length, &address, &mistake)) {
		say_mistake(ui, &mistake);
		return REACT_REDRAW;
	}
	if (ui->lower.pane != LOWER_ANSWER)
		located->over_strip = ui->lower.pane == LOWER_STRIP;
	located->address = address;
	strcpy(located->expression, ui->prompt.text);
	ui->overlay = OVERLAY_NONE;
	ui_set_lower(ui, LOWER_ANSWER);
	view_show(&ui->view, address);
	return REACT_RELAYOUT;
}

unsigned go_to_close(struct ui *ui)
{
	view_unpin(&ui->view);
	ui_set_lower(ui, ui->lower.located.over_strip ? LOWER_STRIP : LOWER_NONE);
	return REACT_RELAYOUT;
}

void go_to_measure(struct ui *ui, int columns)
{
	const struct scene scene = display_scene(ui, NULL);

	ui->lower.located.lines = answer_pane_lines(&scene, columns - 2 * BORDERS) + BORDERS;
}

const struct vma *go_to_wanted(const struct ui *ui)
{
	size_t index;

	if (ui->lower.pane != LOWER_ANSWER || ui->paused || ui->ended)
		return NULL;
	index = address_space_find(ui->space, ui->lower.located.address);
	if (index == ui->space->vma_count || !vma_has_file(&ui->space->vmas[index]))
		return NULL;
	return &ui->space->vmas[index];
}

unsigned go_to_take_file(struct ui *ui, uint64_t inode, uint32_t dev_major, uint32_t dev_minor,
			 const struct file_facts *facts)
{
	struct located *located = &ui->lower.located;
	int lines = located->lines;

	located->has_file = true;
	located->inode = inode;
	located->dev_major = dev_major;
	located->dev_minor = dev_minor;
	located->file = *facts;
	if (ui->lower.pane != LOWER_ANSWER)
		return REACT_NONE;
	go_to_measure(ui, ui->frame.columns);
	if (located->lines == lines)
		return REACT_REDRAW;
	ui_resize(ui, ui->frame.columns, ui->frame.lines);
	return REACT_RELAYOUT;
}
