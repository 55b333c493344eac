/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/band_death.h"

#include "base/text.h"
#include "screen/canvas.h"
#include "ui/picture/picture_columns.h"
#include "ui/scene.h"
#include "ui/text/death_words.h"

/* Whether something is drawn there, which what comes there now cuts. */
static bool is_drawn(const struct canvas *canvas, int column, int line)
{
	return column >= 0 && column < canvas->columns && line >= 0 && line < canvas->lines &&
	       canvas->cells[line * canvas->columns + column].glyph != ' ';
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
	if (is_drawn(canvas, first, line) && is_drawn(canvas, first - 1, line))
		canvas_put(canvas, first - 1, line, canvas->ascii ? '~' : 0x2026, ROLE_DEFAULT);
	canvas_write_right(canvas, columns->label, line, columns->label_columns, text_string(&text),
			   ROLE_DANGER);
	text_finish(&text);
}
