/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/ui.h"

#include "model/address_space.h"
#include "model/chronicle.h"
#include "ui/command.h"
#include "ui/display.h"
#include "ui/go_to.h"
#include "ui/help.h"
#include "ui/keymap.h"
#include "ui/ledger_pane.h"
#include "ui/mouse.h"
#include "ui/selected.h"
#include "ui/sentence.h"
#include "ui/table_pane.h"

#define STRIP_FROM 30 /* lines of the screen from which the strip is there by itself */

static bool shows_newest(const struct ui *ui)
{
	return !ui->chronicle || ui->space == ui->chronicle->now;
}

const struct usage_table *ui_usage(const struct ui *ui)
{
	return shows_newest(ui) ? ui->usage : kept_usage_table(&ui->kept, ui->moment);
}

const struct residency *ui_residency(const struct ui *ui)
{
	return shows_newest(ui) ? ui->residency : kept_usage_residency(&ui->kept, ui->moment);
}

static void make_summary(struct ui *ui)
{
	if (ui->lower.pane != LOWER_SUMMARY)
		return;
	summary_make(&ui->lower.summary, ui->space, ui_usage(ui));
	lower_clamp(&ui->lower, &ui->frame);
}

/* O(n log n) of the mappings: once for what there is to show, and only while it is shown. */
static void make_table(struct ui *ui)
{
	ui->table_stale = ui->body != BODY_TABLE;
	if (ui->table_stale)
		return;
	table_make(&ui->table,
		   (struct table_request){
			   .space = ui->space,
			   .usage = ui_usage(ui),
			   .growth = ui->chronicle ? &ui->growth : NULL,
			   .kept = ui->find.filter == FILTER_HIDE ? find_kept(&ui->find) : NULL,
		   },
		   ui->view.cursor);
	ui->view.cursor = ui->table.address;
}

void ui_take_find(struct ui *ui)
{
	const struct find_space in = {ui->space, ui_usage(ui)};
	const char *message = find_update(&ui->find, &in);

	region_list_finish(&ui->regions);
	region_list_init(&ui->regions, ui->space);
	find_hide(&ui->find, &ui->regions);
	/* Made of these regions and rows. */
	ui->minimap.space = NULL;
	ui->table_stale = true;
	if (message)
		ui->message = message;
}

void ui_set_space(struct ui *ui, const struct address_space *space)
{
	ui->space = space;
	ui_take_find(ui);
	headroom_measure(space, &ui->headroom);
	make_summary(ui);
	if (!ui->chronicle)
		return;
	identity_finish(&ui->growth);
	identity_init(&ui->growth, ui->chronicle->mark, space);
	if (ui->lower.pane == LOWER_LEDGER)
		lower_make_ledger(&ui->lower, &ui->frame, ui->chronicle->mark, space);
	else
		ledger_finish(&ui->lower.ledger);
}

void ui_init(struct ui *ui, const struct address_space *space, bool unicode)
{
	*ui = (struct ui){.inspector = true, .glyphs = glyphs_get(unicode)};
	ui_set_space(ui, space);
	view_init(&ui->view, &ui->regions);
}

void ui_init_live(struct ui *ui, struct chronicle *chronicle, bool unicode)
{
	*ui = (struct ui){.inspector = true, .glyphs = glyphs_get(unicode), .chronicle = chronicle};
	ui_set_space(ui, chronicle->now);
	ever_add(&ui->ever, chronicle->now);
	view_init(&ui->view, &ui->regions);
}

void ui_finish(struct ui *ui)
{
	diagram_destroy(ui->diagram);
	region_list_finish(&ui->regions);
	identity_finish(&ui->growth);
	ledger_finish(&ui->lower.ledger);
	text_finish(&ui->told);
	table_finish(&ui->table);
	marks_finish(&ui->marks);
	minimap_finish(&ui->minimap);
	ever_finish(&ui->ever);
	find_finish(&ui->find);
	kept_usage_finish(&ui->kept);
	address_space_destroy(ui->past);
}

static bool is_new_program(const struct change_list *changes)
{
	return changes->count && changes->changes[0].type == CHANGE_EXEC;
}

unsigned ui_take_snapshot(struct ui *ui, int64_t now_ns)
{
	const struct change_list *changes = &ui->chronicle->latest;

	ui->usage = NULL;
	ui->residency = NULL;
	if (is_new_program(changes))
		ever_exec(&ui->ever, ui->chronicle->now->time_ns);
	ever_add(&ui->ever, ui->chronicle->now);
	if (ui->paused)
		return REACT_NONE;
	marks_add(&ui->marks, changes, now_ns);
	ui_set_space(ui, ui->chronicle->now);
	if (is_new_program(changes)) {
		struct view view = ui->view;

		/* Nothing is where it was: start over, but keep what the reader chose. */
		view_init(&ui->view, &ui->regions);
		ui->view.scale = view.scale;
		ui->view.low_on_top = view.low_on_top;
		ui->view.lines = view.lines;
		ui->message = "Another program runs in the process now.";
	}
	view_follow(&ui->view, &ui->regions);
	return REACT_RELAYOUT;
}

unsigned ui_set_usage(struct ui *ui, const struct usage_table *usage,
		      const struct residency *residency)
{
	ui->usage = usage;
	ui->residency = residency;
	if (!shows_newest(ui))
		return REACT_NONE;
	make_summary(ui);
	/* What is hidden may be other mappings now, which the diagram does not know. */
	if (find_needs_usage(&ui->find)) {
		ui_take_find(ui);
		return REACT_RELAYOUT;
	}
	/* Of a new snapshot: what it shows is laid out first. */
	if (!ui->table_stale)
		make_table(ui);
	return REACT_REDRAW;
}

void ui_visible(const struct ui *ui, uint64_t *ret_start, uint64_t *ret_end)
{
	if (ui->body == BODY_TABLE && table_visible(&ui->table, ui->space, ret_start, ret_end))
		return;
	view_visible(&ui->view, ui->diagram, ret_start, ret_end);
}

unsigned ui_settle_marks(struct ui *ui, int64_t now_ns, int64_t *ret_next_ns)
{
	/* What a past moment changed stays marked as long as one looks at it. */
	if (ui->paused) {
		*ret_next_ns = MARKS_NEVER;
		return REACT_NONE;
	}
	return marks_expire(&ui->marks, now_ns, ret_next_ns) ? REACT_REDRAW : REACT_NONE;
}

void ui_set_lower(struct ui *ui, enum lower_pane pane)
{
	ui->lower.pane = pane;
	ui->lower_chosen = true;
	ui->lower.top = ui->lower.back = 0;
	ui_set_space(ui, ui->space);
	ui->lower.cursor = pane == LOWER_LEDGER ? ledger_pane_move(&ui->lower.ledger, 0, 1) : 0;
	ui_resize(ui, ui->frame.columns, ui->frame.lines);
}

static void take_frame(struct ui *ui)
{
	struct rect inside = frame_inside(&ui->frame, ui->frame.picture);

	ui->view.lines = inside.lines > 0 ? (uint64_t)inside.lines : 1;
	if (!ui->frame.narrow && ui->overlay == OVERLAY_INSPECTOR)
		ui->overlay = OVERLAY_NONE;
	ui->help_top = help_clamp(&ui->frame, ui->help_top);
	table_set_lines(&ui->table, table_pane_lines(&ui->frame, ui->frame.picture));
	lower_clamp(&ui->lower, &ui->frame);
}

void ui_resize(struct ui *ui, int columns, int lines)
{
	if (!ui->lower_chosen && ui->chronicle)
		ui->lower.pane = lines >= STRIP_FROM ? LOWER_STRIP : LOWER_NONE;
	if (ui->lower.pane == LOWER_ANSWER)
		go_to_measure(ui, columns);
	frame_measure(&ui->frame, columns, lines,
		      &(struct frame_wish){.inspector = ui->inspector,
					   .lower_lines = lower_lines(&ui->lower, lines)});
	take_frame(ui);
}

void ui_resize_plain(struct ui *ui, int columns, int lines)
{
	frame_measure_plain(&ui->frame, columns, lines);
	take_frame(ui);
}

/* The strip follows the mapping under the cursor only when it is asked to: that costs a little. */
static void follow_cursor(struct ui *ui)
{
	const struct scene scene = display_scene(ui, NULL);
	struct band band;

	if (!ui->chronicle || ui->lower.pane != LOWER_STRIP || ui->lower.value != VALUE_MAPPING)
		return;
	band = selected_band(&scene);
	for (size_t i = band.region; i < band.region + band.count; i++)
		if (ui->regions.regions[i].vma != REGION_GAP) {
			chronicle_set_focus(ui->chronicle, ui->regions.regions[i].start);
			return;
		}
}

/* Under the table the cursor may be anywhere, also outside of the window that it covers. */
static void settle(struct ui *ui)
{
	uint64_t cursor = ui->view.cursor;

	view_settle(&ui->view, ui->diagram);
	if (ui->body != BODY_TABLE)
		return;
	ui->view.cursor = cursor;
	if (ui->table_stale)
		make_table(ui);
	else
		table_place(&ui->table, ui->space, cursor);
}

void ui_layout(struct ui *ui)
{
	const struct view_window *window = view_window(&ui->view);
	struct diagram *diagram = diagram_build(&(struct diagram_request){
		.regions = &ui->regions,
		.start = window->start,
		.end = window->end,
		.rows = view_rows(&ui->view),
		.scale = ui->view.scale,
		.hint = ui->diagram,
		.pin = ui->view.pinned ? &ui->view.pin : NULL,
	});

	/* On paper there is nothing but the whole. */
	if (ui->chronicle)
		minimap_update(&ui->minimap, &(struct minimap_source){
						     .space = ui->space,
						     .regions = &ui->regions,
						     .view = &ui->view,
						     .diagram = diagram,
						     .before = ui->diagram,
					     });
	diagram_destroy(ui->diagram);
	ui->diagram = diagram;
	settle(ui);
	follow_cursor(ui);
}

void ui_ask(struct ui *ui, const struct ui_prompt *asking, const char *text)
{
	ui->asking = asking;
	prompt_set(&ui->prompt, text);
}

/* A key while a line is typed. */
static unsigned take_prompt_key(struct ui *ui, uint32_t key)
{
	const struct ui_prompt *asking = ui->asking;
	unsigned (*then)(struct ui * ui) = NULL;

	switch (prompt_take_key(&ui->prompt, key)) {
	case PROMPT_IGNORED:
	case PROMPT_MOVED: break;
	case PROMPT_EDITED: then = asking->change; break;
	case PROMPT_ACCEPTED:
		ui->asking = NULL;
		then = asking->accept;
		break;
	case PROMPT_CANCELLED:
		ui->asking = NULL;
		then = asking->cancel;
		break;
	}
	return (then ? then(ui) : REACT_NONE) | REACT_REDRAW;
}

/* Why the command can do nothing now; NULL when it can. */
static const char *why_not(const struct ui *ui, const struct command *command)
{
	if (command->place == COMMAND_PICTURE && ui->body != BODY_DIAGRAM)
		return "The table is shown; " SENTENCE_KEY("table") " shows the picture.";
	if (command->place == COMMAND_TABLE && ui->body != BODY_TABLE)
		return "The picture is shown; " SENTENCE_KEY("table") " shows the table.";
	return command->unavailable ? command->unavailable(ui) : NULL;
}

/* What is to be laid out anew may be of another space: ui_layout() follows the cursor then. */
static unsigned follow(struct ui *ui, unsigned reactions)
{
	if ((reactions & REACT_RELAYOUT) != REACT_RELAYOUT)
		follow_cursor(ui);
	return reactions;
}

/* Fills the keys in that the message names. */
static unsigned tell(struct ui *ui, unsigned reactions)
{
	struct text told = {0};

	if (!ui->message || !sentence_has_keys(ui->message))
		return reactions;
	sentence_append(&told, ui->keymap, ui->message);
	text_finish(&ui->told);
	ui->told = told;
	ui->message = text_string(&ui->told);
	return reactions;
}

unsigned ui_run(struct ui *ui, const struct command *command)
{
	const char *why = why_not(ui, command);

	if (why) {
		ui->message = why;
		return tell(ui, REACT_REDRAW);
	}
	return tell(ui, follow(ui, command->run(ui) | REACT_REDRAW));
}

unsigned ui_handle_key(struct ui *ui, uint32_t key)
{
	const struct command *command;

	ui->message = NULL;
	ui->keys++;
	if (ui->asking)
		return tell(ui, take_prompt_key(ui, key));
	command = keymap_find(ui->keymap, key);
	if (!command) {
		ui->message = "This key does nothing; " SENTENCE_KEY("help") " shows the keys.";
		return tell(ui, REACT_REDRAW);
	}
	return ui_run(ui, command);
}

unsigned ui_handle_mouse(struct ui *ui, const struct mouse *mouse)
{
	return tell(ui, follow(ui, mouse_handle(ui, mouse)));
}
