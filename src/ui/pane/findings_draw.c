/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane/findings_draw.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "model/finding_table.h"
#include "model/finding_words.h"
#include "screen/canvas.h"
#include "ui/box.h"
#include "ui/glyphs.h"

#define SEVERITY_COLUMNS 8
#define NAME_COLUMNS     24  /* the longest name and a blank */
#define NARROW_COLUMNS   70  /* with fewer, the colour alone tells the severity */
#define ROOMY_COLUMNS    100 /* with fewer, what a finding means takes a line more */
#define MEANING_LINES    3
#define MEANING_LEAST    6 /* lines of a list that leave room for that */

static const struct finding *finding_at(const struct findings_draw *pane, size_t line)
{
	return line < pane->count ? &pane->findings->findings[pane->lines[line]] : NULL;
}

int findings_draw_weight(const struct finding *finding)
{
	return finding->unknown ? -1 : (int)finding_severity(finding->type);
}

int findings_draw_meaning_lines(int columns)
{
	return MEANING_LINES + (columns < ROOMY_COLUMNS);
}

static int meaning_lines(struct rect inside)
{
	return inside.lines < MEANING_LEAST ? 0 : findings_draw_meaning_lines(inside.columns);
}

size_t findings_draw_room(struct rect inside)
{
	int lines = inside.lines - meaning_lines(inside);

	return lines > 0 ? (size_t)lines : 1;
}

static enum role role_of(const struct finding *finding)
{
	switch (findings_draw_weight(finding)) {
	case FINDING_HIGH: return ROLE_DANGER;
	case FINDING_MEDIUM: return ROLE_WARNING;
	case FINDING_LOW: return ROLE_DEFAULT;
	default: return ROLE_MUTED;
	}
}

/* Of a path that is too long its end tells more. */
static void draw_words(struct canvas *canvas, int column, int line, int columns,
		       const struct finding *finding)
{
	const enum role role = finding->unknown ? ROLE_MUTED : ROLE_DEFAULT;
	struct text text = {0};
	uint32_t codepoint;
	const char *at;

	finding_words_append(&text, finding);
	at = text_string(&text);
	if (*at == '/' && utf8_columns(at) > (size_t)columns && columns > 2) {
		const char *cut = glyphs_get(!canvas->ascii)->ellipsis;
		size_t room = (size_t)columns - utf8_columns(cut);

		while (utf8_columns(at) > room && utf8_decode(at, strlen(at), &codepoint))
			at += utf8_decode(at, strlen(at), &codepoint);
		canvas_write(canvas, column, line, columns, cut, ROLE_MUTED);
		column += (int)utf8_columns(cut);
		columns = (int)room;
	}
	canvas_write(canvas, column, line, columns, at, role);
	text_finish(&text);
}

/* Where the words of a finding begin in its line. */
static int words_column(struct rect area)
{
	return NAME_COLUMNS + (area.columns >= NARROW_COLUMNS ? SEVERITY_COLUMNS : 0);
}

static void draw_finding(struct canvas *canvas, struct rect area, int line,
			 const struct finding *finding)
{
	const char *severity = finding->unknown
				       ? "unknown"
				       : finding_severity_name(finding_severity(finding->type));
	int column = area.column, words = words_column(area);

	if (area.columns >= NARROW_COLUMNS) {
		canvas_write(canvas, column, line, SEVERITY_COLUMNS, severity, role_of(finding));
		column += SEVERITY_COLUMNS;
	}
	canvas_write(canvas, column, line, NAME_COLUMNS - 1, finding_name(finding->type),
		     role_of(finding));
	if (words < area.columns)
		draw_words(canvas, area.column + words, line, area.columns - words, finding);
}

/* What the finding means and what to do, behind what was too long for its line. */
static void draw_meaning(struct canvas *canvas, struct rect area, const struct finding *finding)
{
	const int lines = meaning_lines(area);
	struct text text = {0};

	finding_words_append(&text, finding);
	if ((int)utf8_columns(text_string(&text)) <= area.columns - words_column(area))
		text_clear(&text);
	else
		text_append(&text, ". ");
	if (finding->unknown)
		text_append(&text, "It could not be decided whether this is so: ");
	text_append(&text, finding_meaning(finding->type));
	if (!finding->unknown)
		text_append_format(&text, " %s", finding_advice(finding->type));
	box_write_wrapped(canvas, area.column, area.line + area.lines - lines, area.columns, lines,
			  text_string(&text), ROLE_LABEL);
	text_finish(&text);
}

static void draw_list(const struct findings_draw *pane, struct canvas *canvas,
		      const struct frame *frame, struct rect rect, struct rect area)
{
	const int lines = (int)findings_draw_room(area);
	const struct rect inside = frame_inside(frame, rect);

	for (int i = 0; i < lines; i++) {
		size_t line = pane->top + (size_t)i;
		const struct finding *finding = finding_at(pane, line);

		if (!finding)
			break;
		draw_finding(canvas, area, area.line + i, finding);
		if (line == pane->cursor)
			canvas_set_ground(canvas, inside.column, area.line + i, inside.columns, 1,
					  ROLE_CURSOR);
	}
	if (meaning_lines(area) && finding_at(pane, pane->cursor))
		draw_meaning(canvas, area, finding_at(pane, pane->cursor));
	if (frame->bordered)
		box_draw_thumb(canvas, glyphs_get(!canvas->ascii)->thumb,
			       &(struct box_part){.column = rect.column + rect.columns - 1,
						  .line = area.line,
						  .lines = lines,
						  .from = pane->top,
						  .all = pane->count});
}

/* How many checks found something, and how many could not be decided. */
static void append_note(struct text *text, const struct findings_draw *pane)
{
	size_t found = findings_count(pane->findings, FINDING_STATE_FOUND);
	size_t unknown = findings_count(pane->findings, FINDING_STATE_UNKNOWN);

	text_append_format(text, "%zu of %d found", found, FINDING_COUNT);
	if (!pane->known)
		text_append(text, ", looking at files");
	else if (unknown)
		text_append_format(text, ", %zu unknown", unknown);
}

void findings_draw(struct canvas *canvas, const struct frame *frame, struct rect rect,
		   const struct findings_draw *pane)
{
	struct rect area = frame_inside(frame, rect);
	struct text note = {0};

	append_note(&note, pane);
	box_draw(canvas, frame, rect,
		 &(struct box){.title = "findings", .note = text_string(&note)});
	text_finish(&note);
	area.column += frame->bordered;
	area.columns -= 2 * frame->bordered;
	if (pane->count)
		draw_list(pane, canvas, frame, rect, area);
	else
		box_write_wrapped(canvas, area.column, area.line, area.columns, area.lines,
				  pane->known ? "Nothing was found."
					      : "The files are being looked at.",
				  ROLE_MUTED);
}
