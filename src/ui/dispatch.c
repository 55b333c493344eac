/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/dispatch.h"

#include <string.h>

#include "screen/key.h"
#include "ui/arrange.h"
#include "ui/command/command.h"
#include "ui/command/find_commands.h"
#include "ui/command/keymap.h"
#include "ui/command/move_commands.h"
#include "ui/footer.h"
#include "ui/table/totals.h"
#include "ui/text/sentence.h"
#include "ui/ui.h"

/* A new event: what was said of the last one is over. */
static void begin(struct ui *ui)
{
	ui->message.text = NULL;
	ui->message.asked = ui->message.asks;
	ui->message.asks = NULL;
}

/* Panes follow the cursor, keys in the message get their names. */
static void end(struct ui *ui)
{
	struct text told = {0};

	if (!(ui->request.bits & UI_LAYOUT))
		ui_settle(ui);
	ui_want(ui, UI_DRAW);
	if (!ui->message.text || !sentence_has_keys(ui->message.text))
		return;
	sentence_append(&told, ui->keymap, ui->message.text);
	ui_say_format(ui, "%s", text_string(&told));
	text_finish(&told);
}

/* A key while a line is typed. */
static void take_line_key(struct ui *ui, uint32_t key)
{
	const struct ui_prompt *asking = ui->line.asking;
	void (*then)(struct ui * ui) = NULL;

	switch (prompt_take_key(&ui->line.prompt, key)) {
	case PROMPT_IGNORED:
	case PROMPT_MOVED: break;
	case PROMPT_EDITED: then = asking->change; break;
	case PROMPT_ACCEPTED:
		ui->line.asking = NULL;
		then = asking->accept;
		break;
	case PROMPT_CANCELLED:
		ui->line.asking = NULL;
		then = asking->cancel;
		break;
	}
	if (then)
		then(ui);
}

/* Why a command that is about another pane can do nothing now; NULL when it can. */
static const char *why_not_here(const struct ui *ui, const struct command *command)
{
	const struct pane *focused = pane_stack_focused(&ui->panes);
	const struct pane *main = pane_stack_top(&ui->panes, PANE_MAIN);
	const struct pane_ops *focus = focused ? focused->ops : NULL;

	if (focus && focus->modal)
		return command->everywhere || command->where == focus ? NULL : focus->only_here;
	if (!command->where || (main && pane_ops_is_about(main->ops, command->where)) ||
	    command->where == focus)
		return NULL;
	return command->where->not_here;
}

/* What lies over the main view makes way for a command that is not about it. */
static void uncover(struct ui *ui, const struct command *command)
{
	const struct pane *body = pane_stack_top(&ui->panes, PANE_BODY);

	if (body && !command->everywhere && command->pane != body->ops)
		arrange_close(ui, body->ops);
}

static void run(struct ui *ui, const struct command *command)
{
	const char *why = why_not_here(ui, command);

	if (!why && command->why_not)
		why = command->why_not(ui);
	if (why) {
		ui_say(ui, why);
		return;
	}
	uncover(ui, command);
	if (command->run)
		command->run(ui);
	else
		arrange_toggle(ui, command->pane);
}

static void take_key(struct ui *ui, uint32_t key)
{
	struct pane *focused = pane_stack_focused(&ui->panes);
	const struct pane_ops *focus = focused ? focused->ops : NULL;
	const struct command *command;

	if (focus && focus->key && focus->key(focused, ui, key))
		return;
	command = keymap_find(ui->keymap, key, focus);
	if (command)
		run(ui, command);
	else if (focus && focus->no_key)
		ui_say(ui, focus->no_key);
	else
		ui_say(ui, "This key has no command; " SENTENCE_KEY("help") " shows the keys.");
}

void dispatch_key(struct ui *ui, uint32_t key)
{
	begin(ui);
	if (ui->line.asking)
		take_line_key(ui, key);
	else
		take_key(ui, key);
	end(ui);
}

static void press_footer(struct ui *ui, const struct mouse *mouse, const char *shown)
{
	const struct scene_status status = {.message = shown};
	const struct scene scene = ui_scene(ui, &status);
	const struct command *command = footer_command_at(ui->frame.footer, &scene, mouse->column);

	if (command && mouse->button == MOUSE_LEFT)
		run(ui, command);
}

/* What a press on a figure of the header does: a command, or a filter. */
static const struct {
	const char *label, *command, *filter;
} figures[] = {
	{"size", "usage", NULL},          {"rss", "usage", NULL},     {"pss", "usage", NULL},
	{"swap", "usage", NULL},          {"hugetlb", "usage", NULL}, {"stack", "usage", NULL},
	{"address space", "usage", NULL}, {"data", "usage", NULL},    {"maps", "table", NULL},
	{"w+x", NULL, "perm:w+x"},
};

static void press_header(struct ui *ui, const struct mouse *mouse)
{
	const struct scene_status status = {0};
	const struct scene scene = ui_scene(ui, &status);
	struct rect rect = ui->frame.header;
	const char *label;

	/* The second line has the figures. */
	if (mouse->button != MOUSE_LEFT || mouse->line != rect.line + 1 || !scene.space)
		return;
	label = totals_label_at((struct rect){rect.column, rect.line + 1, rect.columns, 1}, &scene,
				mouse->column);
	for (size_t i = 0; label && i < sizeof(figures) / sizeof(figures[0]); i++) {
		if (strcmp(label, figures[i].label))
			continue;
		if (figures[i].filter)
			find_commands_filter_to(ui, figures[i].filter);
		else
			run(ui, keymap_command(ui->keymap, figures[i].command,
					       strlen(figures[i].command)));
		return;
	}
}

/* A press gives the pane the focus; a second one goes into what it is on. */
static void press_left(struct ui *ui, struct pane *pane, const struct mouse *mouse)
{
	if (pane->ops->focus)
		pane_stack_push(&ui->panes, pane);
	if (pane->ops->press && pane->ops->press(pane, ui, mouse) && mouse->clicks == 2)
		ui_do_or_say(ui, move_commands_why_not_in(ui), move_commands_in);
}

/* Leaves what lies over the main view, else goes out. */
static void press_right(struct ui *ui, struct pane *pane)
{
	const char *why;

	if (pane->over || pane->ops->place == PANE_BODY) {
		arrange_uncover(ui);
		return;
	}
	if (!pane->ops->out)
		return;
	why = pane->ops->why_not_out ? pane->ops->why_not_out(pane, ui) : NULL;
	ui_say(ui, why);
	if (!why)
		pane->ops->out(pane, ui);
}

static void turn_wheel(struct ui *ui, struct pane *pane, const struct mouse *mouse)
{
	int direction = mouse->button == MOUSE_WHEEL_UP ? -1 : 1;

	if (pane->ops->wheel)
		pane->ops->wheel(pane, ui, mouse, direction);
	else if (pane->ops->move)
		pane->ops->move(pane, ui, PANE_LINE, direction);
}

static void press_pane(struct ui *ui, struct pane *pane, const struct mouse *mouse)
{
	switch (mouse->button) {
	case MOUSE_LEFT: press_left(ui, pane, mouse); break;
	case MOUSE_RIGHT: press_right(ui, pane); break;
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN: turn_wheel(ui, pane, mouse); break;
	default: break;
	}
}

void dispatch_mouse(struct ui *ui, const struct mouse *mouse)
{
	const char *shown = ui->message.text;
	struct pane *pane;

	if (ui->line.asking || ui->frame.too_small)
		return;
	begin(ui);
	pane = arrange_pane_at(ui, mouse->column, mouse->line);
	if (frame_contains(ui->frame.footer, mouse->column, mouse->line))
		press_footer(ui, mouse, shown);
	else if (!pane && frame_contains(ui->frame.header, mouse->column, mouse->line))
		press_header(ui, mouse);
	else if (pane)
		press_pane(ui, pane, mouse);
	end(ui);
}

void dispatch_start(struct ui *ui, const struct keymap *keymap)
{
	ui->keymap = keymap;
	for (size_t i = 0; i < keymap->command_count; i++) {
		const struct command *command = &keymap->commands[i];

		if (command->pane)
			pane_stack_add(&ui->panes, command->pane);
		if (command->where)
			pane_stack_add(&ui->panes, command->where);
	}
	for (size_t i = 0; i < ui->panes.count; i++)
		if (ui->panes.panes[i]->ops->from_start)
			pane_stack_push(&ui->panes, ui->panes.panes[i]);
}
