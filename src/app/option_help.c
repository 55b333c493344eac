/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_help.h"

#include <stdio.h>
#include <string.h>

#include "app/option_table.h"

#define TEXT_COLUMN   24 /* where the help of an option starts */
#define FURTHER_LINES 26 /* where its other lines do */

static const char *const headings[OPTION_GROUP_COUNT] = {
	[OPTION_GROUP_OUTPUT] = "Without the screen:\n",
};

static void print_row(FILE *stream, const struct option_row *row)
{
	const char *line = row->help;
	int column;

	column = row->letter ? fprintf(stream, "  -%c, --%s", row->letter, row->name)
			     : fprintf(stream, "      --%s", row->name);
	if (row->argument)
		column += fprintf(stream, row->optional ? "[=%s]" : "=%s", row->argument);
	fprintf(stream, "%*s", column < TEXT_COLUMN ? TEXT_COLUMN - column : 1, "");
	for (;;) {
		size_t length = strcspn(line, "\n");

		fprintf(stream, "%.*s\n", (int)length, line);
		if (!line[length])
			break;
		fprintf(stream, "%*s", FURTHER_LINES, "");
		line += length + 1;
	}
}

void option_help_print(FILE *stream)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	fputs("Usage: vastop [OPTION…] [PID|NAME]\n"
	      "       vastop [OPTION…] -- COMMAND [ARG…]\n"
	      "Show the virtual address space of a running process, live and to scale; or start\n"
	      "a command and watch it from its first instruction on. Without PID, and where\n"
	      "several processes have the NAME, one is chosen on the screen.\n",
	      stream);
	for (enum option_group group = 0; group < OPTION_GROUP_COUNT; group++) {
		fprintf(stream, "\n%s", headings[group] ? headings[group] : "");
		for (size_t i = 0; i < count; i++)
			if (rows[i].group == group)
				print_row(stream, &rows[i]);
	}
	fputs("\nOn the screen, ? shows the keys and q quits. See vastop(1).\n", stream);
}
