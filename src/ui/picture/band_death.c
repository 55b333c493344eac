/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_death.h"

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/picture/picture_columns.h"
#include "ui/scene.h"
#include "ui/text/death_words.h"

/* Whether a name is drawn there, which what comes there now cuts. */
static bool is_cut(const struct canvas *canvas, int column, int line)
{
	const struct cell *cell = &canvas->cells[line * canvas->columns + column];

	return cell[0].glyph != ' ' && cell[-1].glyph != ' ';
}

void band_death_draw(struct canvas *canvas, const struct scene *scene, const struct band *band,
		     const struct picture_columns *columns, int line)
{
	const struct target *target = &scene->space->target;
	struct text text = {0};
	int first;

	if (!death_words_are_of(target, band->start, band->end))
		return;
	text_append_char(&text, ' ');
	death_words_append_short(&text, target);
	text_append_char(&text, ' ');
	/* It is ASCII: as many columns as bytes. */
	first = columns->label + columns->label_columns - (int)text.length;
	if (first > columns->label && is_cut(canvas, first, line))
		canvas_put(canvas, first - 1, line, canvas->ascii ? '~' : 0x2026, ROLE_DEFAULT);
	canvas_write_right(canvas, columns->label, line, columns->label_columns, text_string(&text),
			   ROLE_DANGER);
	text_finish(&text);
}
