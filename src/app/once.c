/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/once.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "app/denied.h"
#include "app/message.h"
#include "app/options.h"
#include "app/origin.h"
#include "app/output.h"
#include "app/settings.h"
#include "app/source_error.h"
#include "app/target_words.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "report/json.h"
#include "residency/scan_thread.h"
#include "sampler/source.h"
#include "screen/canvas.h"
#include "screen/theme.h"
#include "term/plain.h"
#include "ui/arrange.h"
#include "ui/display.h"
#include "ui/scene.h"
#include "ui/ui.h"

#define COLUMNS_DEFAULT 80
#define LINES_DEFAULT   40

/* What is to be shown. */
struct once {
	struct address_space *space;
	struct scan scan;
	struct usage_table usage;
};

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

static int write_picture(FILE *stream, const struct options *options, const struct once *once,
			 const struct theme *theme)
{
	bool unicode = !options->ascii && !strcmp(nl_langinfo(CODESET), "UTF-8");
	char *user = target_user_name(once->space->target.uid);
	struct text origin = {0};
	struct scene_status status = {.user = user};
	struct canvas *canvas;
	int columns, lines, error;
	struct ui ui;

	choose_size(options, &columns, &lines);
	origin_append(&origin, options, options->pid, once->space->time_ns);
	if (origin.length)
		status.origin = text_string(&origin);
	ui_init_plain(&ui, once->space, unicode);
	ui_set_usage(&ui, &once->usage, once->scan.residency);
	ui.view.scale = options->scale;
	arrange_resize_plain(&ui, columns, lines, status.origin);
	ui_layout(&ui);
	canvas = canvas_create(columns, lines, !unicode);
	display_draw_plain(&ui, canvas, &status);
	error = plain_write(stream, canvas, theme,
			    options_want_colour(options, isatty(STDOUT_FILENO)));
	canvas_destroy(canvas);
	ui_finish(&ui);
	text_finish(&origin);
	free(user);
	return error;
}

int once_run(const struct options *options, struct source *source,
	     int (*scan)(const struct procfs_options *options, int32_t pid,
			 const struct address_space *space, bool smaps, struct scan *ret_scan))
{
	const struct procfs_options procfs = {.root = options->procfs, .avoid = options->avoid};
	/* The picture does not show what smaps costs the process to tell. */
	const bool smaps = options->format == FORMAT_JSON && !options->no_smaps;
	struct once once = {0};
	struct output output;
	struct theme theme;
	int error, status = settings_load_theme(options, &theme);

	if (status)
		return status;
	error = source_read(source, &once.space);
	if (error)
		return denied_run(options, source, error);
	source_rest(source);
	if (scan(&procfs, options->pid, once.space, smaps, &once.scan))
		once.scan = (struct scan){0};
	usage_table_adopt(&once.usage, once.space, once.scan.residency, once.scan.smaps,
			  once.scan.smaps_ns);
	once.scan.smaps = NULL;
	output_open(&output);
	if (options->format == FORMAT_JSON)
		error = json_write_snapshot(output.stream, once.space, &once.usage);
	else
		error = write_picture(output.stream, options, &once, &theme);
	usage_table_finish(&once.usage);
	scan_finish(&once.scan);
	address_space_destroy(once.space);
	status = output_close(&output, error);
	if (!status)
		source_error_say_damage(options, source);
	return status;
}
