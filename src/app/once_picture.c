/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/once_picture.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/once_target.h"
#include "app/options.h"
#include "app/origin.h"
#include "app/target_words.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "screen/canvas.h"
#include "screen/theme.h"
#include "term/plain.h"
#include "term/svg.h"
#include "ui/arrange.h"
#include "ui/display.h"
#include "ui/scene.h"
#include "ui/ui.h"

#define COLUMNS_DEFAULT 80
#define LINES_DEFAULT   40

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

/* The filter was found to be a query before, and takes no more steps than it did then. */
static void apply_filter(struct ui *ui, const char *filter, const struct find_space *in)
{
	struct text why = {0};
	size_t offset;

	if (!find_look_for(&ui->find, &ui->find.filtered, filter, in, &why, &offset) &&
	    ui->find.filtered.query)
		ui->find.filter = FILTER_DIM;
	text_finish(&why);
	ui_take_find(ui);
}

static int write_drawing(FILE *stream, const struct canvas *canvas, const struct theme *theme,
			 const struct address_space *space, bool dark)
{
	char time[FORMAT_TIME_LENGTH];
	struct text title = {0};
	struct svg_page page = {.dark = dark};
	int error;

	text_append_format(&title, "address space of process %d ", (int)space->target.pid);
	utf8_append_escaped(&title, space->target.comm, strlen(space->target.comm));
	text_append_format(&title, ", %s", format_time(time, space->time_ns));
	page.title = text_string(&title);
	error = svg_write(stream, canvas, theme, &page);
	text_finish(&title);
	return error;
}

int once_picture_write(FILE *stream, const struct options *options,
		       const struct once_target *target, const struct theme *theme)
{
	bool unicode = !options->ascii && !strcmp(nl_langinfo(CODESET), "UTF-8");
	const struct address_space *space = target->space;
	char *user = target->origin ? NULL : target_user_name(space->target.uid);
	struct text origin = {0};
	struct scene_status status = {.user = user ? user : target->user};
	struct canvas *canvas;
	int columns, lines, error;
	struct ui ui;

	choose_size(options, &columns, &lines);
	if (target->origin)
		text_append(&origin, target->origin);
	else
		origin_append(&origin, options, target->pid, space->time_ns);
	if (origin.length)
		status.origin = text_string(&origin);
	ui_init_plain(&ui, space, unicode);
	ui_set_usage(&ui, &target->usage, target->scan.residency);
	ui.view.scale = options->scale;
	if (options->filter)
		apply_filter(&ui, options->filter, &(struct find_space){space, &target->usage});
	arrange_resize_plain(&ui, columns, lines, status.origin);
	ui_layout(&ui);
	canvas = canvas_create(columns, lines, !unicode);
	display_draw_plain(&ui, canvas, &status);
	if (options->format == FORMAT_SVG)
		error = write_drawing(stream, canvas, theme, space, options->dark);
	else
		error = plain_write(stream, canvas, theme,
				    options_want_colour(options, isatty(STDOUT_FILENO)));
	canvas_destroy(canvas);
	ui_finish(&ui);
	text_finish(&origin);
	free(user);
	return error;
}
