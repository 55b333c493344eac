/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/footer.h"

#include <string.h>

#include "screen/canvas.h"
#include "screen/key.h"
#include "ui/command.h"
#include "ui/scene.h"

/* The columns at the right end that help and quit always have. */
#define LAST_COLUMNS 16

static int draw_command(struct canvas *canvas, int column, int line, int end,
			const struct command *command)
{
	char name[KEY_NAME_LENGTH];
	const char *key = key_name(command->keys[0], name);
	int need = (int)(strlen(key) + 1 + strlen(command->footer));

	if (column + need > end)
		return 0;
	column += canvas_write(canvas, column, line, need, key, ROLE_KEY) + 1;
	canvas_write(canvas, column, line, need, command->footer, ROLE_KEY_HELP);
	return need + 2;
}

void footer_draw(struct canvas *canvas, struct rect rect, const struct scene *scene)
{
	size_t count;
	const struct command *commands = command_table(&count);
	int column = rect.column + 1, end = rect.column + rect.columns;

	if (scene->status->message) {
		canvas_write(canvas, column, rect.line, rect.columns - 2, scene->status->message,
			     ROLE_MESSAGE);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		bool last = commands[i].run && (!strcmp(commands[i].name, "help") ||
						!strcmp(commands[i].name, "quit"));

		if (commands[i].footer)
			column += draw_command(canvas, column, rect.line,
					       last ? end : end - LAST_COLUMNS, &commands[i]);
	}
}
