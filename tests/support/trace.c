/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "screen/canvas.h"
#include "screen/key.h"
#include "support/golden.h"
#include "support/stage.h"

#define STEP_LENGTH 80

static const struct cell *line_of(const struct canvas *canvas, int line)
{
	return &canvas->cells[(size_t)line * (size_t)canvas->columns];
}

/* What the cells show, without blanks at the end, as a line. */
static void append_glyphs(struct text *text, const struct cell *cells, int count)
{
	char bytes[4];

	while (count > 0 && cells[count - 1].glyph == ' ')
		count--;
	for (int i = 0; i < count; i++)
		if (cells[i].glyph)
			text_append_bytes(text, bytes, utf8_encode(cells[i].glyph, bytes));
	text_append(text, "\n");
}

/* Cells of a line, from first on: what they show, then their roles. */
static void append_cells(struct text *text, int line, const struct cell *cells, int first, int end)
{
	text_append_format(text, "%d.%d|", line + 1, first + 1);
	append_glyphs(text, &cells[first], end - first);
	text_append(text, " ");
	golden_append_roles(text, &cells[first], end - first);
	text_append(text, "\n");
}

/* What is not as it was, of each line from the first such cell to the last; all of a first screen.
 */
static void append_changes(struct trace *trace)
{
	const struct canvas *now = trace->stage->canvas, *before = trace->before;
	bool all = !before || before->columns != now->columns || before->lines != now->lines;
	int columns = now->columns;

	for (int line = 0; line < now->lines; line++) {
		const struct cell *cells = line_of(now, line);
		const struct cell *old = all ? NULL : line_of(before, line);
		int first = 0, end = columns;

		while (old && first < end && canvas_same_cell(&cells[first], &old[first]))
			first++;
		while (old && first < end && canvas_same_cell(&cells[end - 1], &old[end - 1]))
			end--;
		if (first < end)
			append_cells(&trace->text, line, cells, first, end);
	}
	canvas_destroy(trace->before);
	trace->before = canvas_create(now->columns, now->lines, now->ascii);
	memcpy(trace->before->cells, now->cells,
	       (size_t)now->lines * (size_t)columns * sizeof(*now->cells));
}

static void append_request(struct trace *trace, unsigned bits)
{
	const struct ui_request *request = &trace->stage->request;

	text_append_format(&trace->text, " %#x at %" PRIx64, bits, trace->stage->ui.view.cursor);
	if (bits & UI_INTERVAL)
		text_append_format(&trace->text, " interval %" PRIu64, request->interval_ns);
	if (bits & UI_ATTACH)
		text_append_format(&trace->text, " pid %" PRId32, request->pid);
	if (bits & UI_WISH)
		text_append_format(&trace->text,
				   " wish %d of %" PRIx64 "-%" PRIx64 " %" PRId64 " from %" PRId64,
				   (int)request->wish.type, request->wish.start, request->wish.end,
				   request->wish.time_ns, request->wish.from_ns);
	if (bits & UI_HOLD)
		text_append_format(&trace->text, " held %d", request->held);
	if (bits & UI_SPEED)
		text_append_format(&trace->text, " speed %u", request->speed);
	if (bits & UI_MOUSE)
		text_append_format(&trace->text, " mouse %d", request->mouse);
	if (bits & UI_SAVE)
		text_append_format(&trace->text, " save %d", (int)request->save);
	text_append(&trace->text, "\n");
}

static void append_step(struct trace *trace, const char *step, unsigned bits)
{
	text_append_format(&trace->text, "== %s:", step);
	append_request(trace, bits);
	if (bits & UI_QUIT)
		return;
	/* What is new is all that there is to draw. */
	assert_true(stage_renew(trace->stage));
	if (trace->stage->ui.message.text)
		text_append_format(&trace->text, "!! %s\n", trace->stage->ui.message.text);
	append_changes(trace);
}

void trace_begin(struct trace *trace, struct stage *stage)
{
	*trace = (struct trace){.stage = stage};
	stage_draw(stage);
	append_changes(trace);
}

void trace_note(struct trace *trace, const char *note)
{
	append_step(trace, note, 0);
}

static void click(struct trace *trace, const char *step)
{
	struct mouse mouse = {.button = MOUSE_LEFT, .clicks = 1};
	const char *shown = step + 1;
	char text[STEP_LENGTH];
	unsigned bits = 0;

	if (*shown == '@' || *shown == '^' || *shown == '_') {
		mouse.button = *shown == '^'   ? MOUSE_WHEEL_UP
			       : *shown == '_' ? MOUSE_WHEEL_DOWN
					       : MOUSE_LEFT;
		mouse.clicks = *shown++ == '@' ? 2 : 1;
	}
	strcpy(text, shown);
	for (char *at = text; *at; at++)
		if (*at == '_')
			*at = ' ';
	if (!stage_find(trace->stage, text, &mouse.column, &mouse.line)) {
		text_clear(&trace->text);
		canvas_append_text(&trace->text, trace->stage->canvas);
		fputs(text_string(&trace->text), stderr);
		fail_msg("'%s' is not on the screen", text);
	}
	for (int clicks = mouse.clicks, i = 1; i <= clicks; i++) {
		mouse.clicks = i;
		bits |= stage_click(trace->stage, &mouse);
	}
	append_step(trace, step, bits);
}

static void type(struct trace *trace, const char *step)
{
	unsigned bits = 0;

	for (const char *at = step + 1; *at; at++) {
		uint32_t key = *at == '_' ? ' ' : (unsigned char)*at;

		bits |= stage_press(trace->stage, (const uint32_t[]){key, 0});
	}
	append_step(trace, step, bits);
}

static void resize(struct trace *trace, const char *step)
{
	int columns, lines;

	assert_int_equal(sscanf(step, "#%dx%d", &columns, &lines), 2);
	stage_resize(trace->stage, columns, lines);
	stage_draw(trace->stage);
	append_step(trace, step, 0);
}

static void press(struct trace *trace, const char *step)
{
	uint32_t key;

	if (key_parse(step, strlen(step), &key))
		fail_msg("unknown key '%s'", step);
	append_step(trace, step, stage_press(trace->stage, (const uint32_t[]){key, 0}));
}

void trace_steps(struct trace *trace, const char *steps)
{
	char step[STEP_LENGTH];

	for (size_t length; *steps; steps += length + (steps[length] == ' ')) {
		length = strcspn(steps, " ");
		assert_true(length > 0 && length < sizeof(step));
		memcpy(step, steps, length);
		step[length] = '\0';
		if (*step == '@' && length > 1)
			click(trace, step);
		else if (*step == '=' && length > 1)
			type(trace, step);
		else if (*step == '#' && length > 1)
			resize(trace, step);
		else
			press(trace, step);
	}
}

void trace_end(struct trace *trace, const char *name)
{
	golden_check(name, text_string(&trace->text));
	canvas_destroy(trace->before);
	text_finish(&trace->text);
}

void trace_run(struct stage *stage, const char *steps, const char *name)
{
	struct trace trace;

	trace_begin(&trace, stage);
	trace_steps(&trace, steps);
	trace_end(&trace, name);
}

void trace_widths(struct stage *stage, const struct pane_ops *pane, int first, int lines, int most,
		  const char *name)
{
	struct text text = {0};
	int all = stage->canvas->lines;

	for (int columns = 40; columns <= most; columns++) {
		struct rect rect;
		int from;

		stage_resize(stage, columns, all);
		stage_draw(stage);
		rect = stage_pane(stage, pane)->rect;
		from = first < 0 ? rect.lines + first : first;
		for (int line = from; line < from + lines && line < rect.lines; line++) {
			text_append_format(&text, "%d ", columns);
			append_glyphs(&text, line_of(stage->canvas, rect.line + line) + rect.column,
				      rect.columns);
		}
	}
	golden_check(name, text_string(&text));
	text_finish(&text);
}

void trace_presses(struct stage *stage, const struct pane_ops *pane, size_t *cursor,
		   const char *name)
{
	const struct rect rect = stage_pane(stage, pane)->rect;
	const int columns[] = {0, 12, rect.columns - 1};
	struct text text = {0};

	for (int line = -1; line <= rect.lines; line++) {
		text_append_format(&text, "%d:", line);
		for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
			*cursor = 1;
			stage_click(stage, &(struct mouse){.button = MOUSE_LEFT,
							   .column = rect.column + columns[i],
							   .line = rect.line + line,
							   .clicks = 1});
			text_append_format(&text, " %zu", *cursor);
		}
		text_append(&text, "\n");
	}
	golden_check(name, text_string(&text));
	text_finish(&text);
}
