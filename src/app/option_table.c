/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_table.h"

#include "app/option_readers.h"

#define ONCE   OPTION_WITH(ACTION_ONCE)
#define WATCH  OPTION_WITH(ACTION_WATCH)
#define EVENTS OPTION_WITH(ACTION_EVENTS)
#define INSIDE OPTION_WITH(ACTION_INSIDE)
#define BYTES  OPTION_WITH(ACTION_BYTES)

#define FIELD(name) .field = offsetof(struct options, name)

static const struct option_row rows[] = {
	{.name = "delay",
	 .argument = "SECONDS",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | EVENTS,
	 .with_say = "does not apply to --once, which takes one sample",
	 .read = option_readers_delay,
	 .help = "between two samples, 0.01 to 3600; default: 1,\nwith --events 0.1"},
	{.name = "budget",
	 .argument = "PERCENT",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | EVENTS,
	 .with_say = "does not apply to --once, which takes one sample",
	 .read = option_readers_budget,
	 .help = "of one core that vastop may take; default: 2"},
	{.name = "history",
	 .argument = "SIZE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH,
	 .with_say = "applies only to the screen, which can go back in time",
	 .read = option_readers_history,
	 .help = "of past samples kept, as in 64M (default)"},
	{.name = "scale",
	 .argument = "SCALE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_scale,
	 .help = "heights: log (default), linear or equal"},
	{.name = "theme",
	 .argument = "NAME",
	 .type = OPTION_STRING,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 FIELD(theme),
	 .help = "a theme by name, or a theme file by its path"},
	{.name = "color",
	 .argument = "WHEN",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_colour,
	 .help = "auto (default), always or never"},
	{.name = "no-mouse",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = WATCH,
	 .with_say = "applies only to the screen",
	 FIELD(no_mouse),
	 .help = "leave the mouse to the terminal; M takes it"},
	{.name = "ascii",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 FIELD(ascii),
	 .help = "draw with ASCII characters only"},
	{.name = "output",
	 .argument = "FILE",
	 .type = OPTION_STRING,
	 .with = OPTION_WITH_ANY,
	 FIELD(output),
	 .help = "for the output of COMMAND; default: a new file"},
	{.name = "procfs",
	 .argument = "DIR",
	 .type = OPTION_STRING,
	 .with = OPTION_WITH_ANY,
	 FIELD(procfs),
	 .help = "read the process from DIR instead of /proc"},
	{.name = "avoid",
	 .argument = "LIST",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_avoid,
	 .help = "do not use interfaces of newer kernels:\nprocmap-query, pidfd, pagemap-scan, "
		 "pagemap"},
	{.name = "once",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_ONCE,
	 .with = OPTION_WITH_ANY,
	 .help = "write one picture to stdout and exit"},
	{.name = "width",
	 .argument = "COLUMNS",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE,
	 .with_say = "applies only to the picture of --once",
	 .read = option_readers_width,
	 .help = "of the picture; default: the terminal's, else 80"},
	{.name = "height",
	 .argument = "LINES",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE,
	 .with_say = "applies only to the picture of --once",
	 .read = option_readers_height,
	 .help = "of the picture; default: the terminal's, else 40"},
	{.name = "no-smaps",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_FLAG,
	 .with = ONCE,
	 .with_say = "applies only to --once, as in: vastop --once --no-smaps PID",
	 FIELD(no_smaps),
	 .help = "for json: leave out what only smaps reports\n(pss, uss, dirty, flags); costs the "
		 "process less"},
	{.name = "events",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_EVENTS,
	 .with = OPTION_WITH_ANY,
	 .help = "write each change to stdout as a line, until the\nprocess ends"},
	{.name = "locate",
	 .argument = "ADDRESS",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LOCATE,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_place,
	 .help = "write what is at the address and exit; as in\nheap+0x100, libc or 7f12a000"},
	{.name = "inside",
	 .argument = "ADDRESS",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_INSIDE,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_place,
	 .help = "write what is inside the mapping there and exit:\nsections and symbols, else "
		 "pages"},
	{.name = "parts",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_FLAG,
	 .with = INSIDE,
	 .with_say = "applies only to --inside, as in: vastop --inside=heap --parts PID",
	 FIELD(parts),
	 .help = "of a heap: chunks instead of pages"},
	{.name = "bytes",
	 .argument = "ADDRESS",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_BYTES,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_place,
	 .help = "write the bytes there as hexdump -C does and exit;\nthose of pages not in memory "
		 "as ??"},
	{.name = "length",
	 .argument = "SIZE",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = BYTES,
	 .with_say = "applies only to --bytes, as in: vastop --bytes=heap --length=64K PID",
	 .read = option_readers_length,
	 .help = "how many bytes, as in 64K; default: 256"},
	{.name = "search",
	 .argument = "TEXT",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_SEARCH,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_search,
	 .help = "write where in memory it is, an address a line, and\nexit; bytes as in "
		 "0x7f454c46, a "
		 "pointer as in &heap"},
	{.name = "samples",
	 .argument = "N",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = EVENTS,
	 .with_say = "applies only to --events, as in: vastop --events --samples=10 PID",
	 .read = option_readers_samples,
	 .help = "end the events after N intervals"},
	{.name = "format",
	 .argument = "FORMAT",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE | EVENTS | INSIDE,
	 .with_say = "applies only to --once, --events and --inside, as in: "
		     "vastop --once --format=json PID",
	 .read = option_readers_format,
	 .help = "json, for programs; default: picture, for people"},
	{.name = "list-commands",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_COMMANDS,
	 .with = OPTION_WITH_ANY,
	 .help = "the commands of the screen and their keys"},
	{.name = "list-themes",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_THEMES,
	 .with = OPTION_WITH_ANY,
	 .help = "the available themes"},
	{.name = "list-kinds",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_KINDS,
	 .with = OPTION_WITH_ANY,
	 .help = "the kinds of mappings and what they are"},
	{.name = "help",
	 .letter = 'h',
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_HELP,
	 .with = OPTION_WITH_ANY,
	 .help = "show this and exit"},
	{.name = "version",
	 .letter = 'V',
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_VERSION,
	 .with = OPTION_WITH_ANY,
	 .help = "show the version and exit"},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

_Static_assert(ROW_COUNT <= OPTIONS_MAX, "options->given has a bit for each option");

const struct option_row *option_table(size_t *ret_count)
{
	*ret_count = ROW_COUNT;
	return rows;
}

int option_set(const struct option_row *row, const char *value, struct options *options,
	       struct option_mistake *mistake)
{
	char *field = (char *)options + row->field;
	int error = 0;

	if (row->type == OPTION_FLAG)
		error = option_readers_flag((bool *)field, value, mistake);
	else if (row->type == OPTION_STRING)
		*(const char **)field = value;
	else if (row->read)
		error = row->read(options, value, mistake);
	if (!error)
		options->given |= 1ULL << (row - rows);
	return error;
}

bool option_is_given(const struct option_row *row, const struct options *options)
{
	return options->given >> (row - rows) & 1;
}
