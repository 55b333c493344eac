/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/once.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/target_words.h"
#include "app/theme_file.h"
#include "model/address_space.h"
#include "report/json.h"
#include "sampler/source.h"
#include "screen/canvas.h"
#include "screen/theme.h"
#include "term/plain.h"
#include "ui/scene.h"
#include "ui/ui.h"

#define COLUMNS_DEFAULT 80
#define LINES_DEFAULT   40

static bool wants_colour(const struct options *options)
{
	const char *no_colour = getenv("NO_COLOR");

	if (options->colour != COLOUR_AUTO)
		return options->colour == COLOUR_ALWAYS;
	return isatty(STDOUT_FILENO) && !(no_colour && *no_colour);
}

/* The size asked for, else that of the terminal on stdout, else a page's. */
static void choose_size(const struct options *options, int *ret_columns, int *ret_lines)
{
	struct winsize size = {0};

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		size = (struct winsize){0};
	*ret_columns = options->width ? options->width : size.ws_col;
	/* One line is left for the prompt. */
	*ret_lines = options->height ? options->height : size.ws_row - 1;
	if (*ret_columns < FRAME_COLUMNS_MIN)
		*ret_columns = *ret_columns ? FRAME_COLUMNS_MIN : COLUMNS_DEFAULT;
	if (*ret_lines < FRAME_LINES_MIN && !options->height)
		*ret_lines = *ret_lines > 0 ? FRAME_LINES_MIN : LINES_DEFAULT;
}

static int write_picture(const struct options *options, const struct address_space *space,
			 const struct theme *theme)
{
	bool unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
	char *user = target_user_name(space->target.uid);
	struct scene_status status = {.user = user};
	struct canvas *canvas;
	int columns, lines, error;
	struct ui ui;

	choose_size(options, &columns, &lines);
	ui_init(&ui, space, unicode);
	ui.view.scale = options->scale;
	ui_resize_plain(&ui, columns, lines);
	ui_layout(&ui);
	canvas = canvas_create(columns, lines, !unicode);
	ui_draw_plain(&ui, canvas, &status);
	error = plain_write(stdout, canvas, theme, wants_colour(options));
	canvas_destroy(canvas);
	ui_finish(&ui);
	free(user);
	return error;
}

int once_run(const struct options *options, struct source *source)
{
	struct address_space *space;
	struct theme theme;
	int error, status = theme_file_load(options->theme, &theme);

	if (status)
		return status;
	error = source_read(source, &space);
	if (error)
		return message_say_source_error(options, error);
	if (options->format == FORMAT_JSON)
		error = json_write_snapshot(stdout, space);
	else
		error = write_picture(options, space, &theme);
	address_space_destroy(space);
	if (!error && fflush(stdout))
		error = -EIO;
	if (!error)
		return EXIT_DONE;
	message_say("writing to standard output failed: %s.", strerror(-error));
	return EXIT_TROUBLE;
}
