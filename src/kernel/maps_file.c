/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/maps_file.h"

#include "kernel/proc_file.h"
#include "procfs/maps_parser.h"

static int feed(void *context, const char *piece, size_t length)
{
	return maps_parser_feed(context, piece, length);
}

int maps_file_read(struct maps_parser *parser, int directory, const char *path)
{
	struct proc_file file = {0};
	int error = maps_file_read_open(parser, &file, directory, path);

	proc_file_close(&file);
	return error;
}

int maps_file_read_open(struct maps_parser *parser, struct proc_file *file, int directory,
			const char *path)
{
	int error;

	maps_parser_reset(parser);
	error = proc_file_feed_open(file, directory, path, feed, parser);
	return error ? error : maps_parser_end(parser);
}
