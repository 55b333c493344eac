/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/answer_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "screen/canvas.h"
#include "ui/answer.h"
#include "ui/explain.h"
#include "ui/lower.h"
#include "ui/pane.h"
#include "ui/scene.h"

static void make(struct explanation *explanation, const struct scene *scene)
{
	const struct located *located = &scene->lower->located;
	const struct address_space *space = scene->space;
	size_t index = address_space_find(space, located->address);
	struct answer_about about = {
		.space = space,
		.regions = scene->regions,
		.address = located->address,
		.flags = TARGET_UNKNOWN,
		.unknown = scene->glyphs->unknown,
	};

	if (index < space->vma_count) {
		about.file = located_file(located, &space->vmas[index]);
		if (scene->usage && index < scene->usage->count)
			about.flags = scene->usage->vmas[index].flags;
	}
	answer_make(explanation, &about);
}

static int statement_lines(const struct statement *statement, int columns)
{
	return pane_write_wrapped(NULL, 0, 0, columns - ANSWER_LABEL_COLUMNS, 0, statement->value,
				  statement->role);
}

int answer_pane_lines(const struct scene *scene, int columns)
{
	struct explanation explanation;
	int lines = 0;

	make(&explanation, scene);
	for (size_t i = 0; i < explanation.count; i++)
		lines += statement_lines(&explanation.statements[i], columns);
	explanation_finish(&explanation);
	return lines;
}

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
		pane_write_wrapped(canvas, inside.column + indent, inside.line + line,
				   inside.columns - indent, lines, statement->value,
				   statement->role);
		line += lines;
	}
}

void answer_pane_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene)
{
	const struct located *located = &scene->lower->located;
	struct rect inside = frame_inside(frame, frame->lower);
	struct explanation explanation;
	struct text title = {0};
	char address[24];

	inside.column += frame->bordered;
	inside.columns -= 2 * frame->bordered;
	snprintf(address, sizeof(address), "%" PRIx64, located->address);
	text_append(&title, located->expression);
	if (strcmp(located->expression, address) != 0)
		text_append_format(&title, " = %s", address);
	make(&explanation, scene);
	pane_draw(canvas, frame, frame->lower, &(struct pane){.title = text_string(&title)});
	draw_statements(canvas, inside, &explanation);
	explanation_finish(&explanation);
	text_finish(&title);
}
