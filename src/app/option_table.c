/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_table.h"

#include "app/option_readers.h"

#define ONCE   OPTION_WITH(ACTION_ONCE)
#define WATCH  OPTION_WITH(ACTION_WATCH)
#define EVENTS OPTION_WITH(ACTION_EVENTS)
#define INSIDE OPTION_WITH(ACTION_INSIDE)
#define BYTES  OPTION_WITH(ACTION_BYTES)
#define DIFF   OPTION_WITH(ACTION_DIFF)
#define EXPORT OPTION_WITH(ACTION_EXPORT)
#define GROWTH OPTION_WITH(ACTION_GROWTH)
#define CHECK  OPTION_WITH(ACTION_CHECK)

#define FIELD(name) .field = offsetof(struct options, name)

/* What the program does in place of the screen. */
#define ACTS(shown_in, what) \
	.group = (shown_in), .type = OPTION_ACTION, .action = (what), .with = OPTION_WITH_ANY

static const struct option_row rows[] = {
	{.name = "delay",
	 .argument = "SECONDS",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | DIFF | EVENTS | ONCE | CHECK,
	 .with_say = "applies only to the screen, --events, --once and --check",
	 .read = option_readers_delay,
	 .help = "between two samples, 0.01 to 3600; default: 1,\nwith --events 0.1"},
	{.name = "budget",
	 .argument = "PERCENT",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | DIFF | EVENTS | ONCE,
	 .with_say = "applies only to the screen, --events and metrics",
	 .read = option_readers_budget,
	 .help = "of one core that vastop may take; default: 2"},
	{.name = "history",
	 .argument = "SIZE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | DIFF,
	 .with_say = "applies only to the screen, which can go back in time",
	 .read = option_readers_history,
	 .help = "of past samples kept, as in 64M (default)"},
	{.name = "scale",
	 .argument = "SCALE",
	 .words = OPTION_WORDS_SCALE,
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_scale,
	 .help = "heights: log (default), linear or equal"},
	{.name = "theme",
	 .argument = "NAME",
	 .values = OPTION_VALUES_THEME,
	 .type = OPTION_STRING,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 FIELD(theme),
	 .help = "a theme by name, or a theme file by its path"},
	{.name = "color",
	 .argument = "WHEN",
	 .words = OPTION_WORDS_COLOUR,
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_colour,
	 .help = "auto (default), always or never"},
	{.name = "no-mouse",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = WATCH | DIFF,
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
	 .values = OPTION_VALUES_FILE,
	 .type = OPTION_STRING,
	 .with = OPTION_WITH_ANY,
	 FIELD(output),
	 .help = "for the output of COMMAND; default: a new file; or\nfor metrics, again and "
		 "again"},
	{.name = "procfs",
	 .argument = "DIR",
	 .values = OPTION_VALUES_FOLDER,
	 .type = OPTION_STRING,
	 .with = OPTION_WITH_ANY,
	 FIELD(procfs),
	 .help = "read the process from DIR instead of /proc"},
	{.name = "avoid",
	 .argument = "LIST",
	 .words = OPTION_WORDS_AVOID,
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = option_readers_avoid,
	 .help = "do not use interfaces of newer kernels:\nprocmap-query, pidfd, pagemap-scan, "
		 "pagemap"},
	{.name = "no-sandbox",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 FIELD(no_sandbox),
	 .help = "keep all rights, as for a debugger or a profiler"},
	{.name = "record",
	 .argument = "FILE",
	 .type = OPTION_STRING,
	 .with = WATCH | ONCE | EVENTS,
	 .with_say = "applies only to the screen, --once and --events",
	 FIELD(record),
	 .help = "record to FILE what is seen of the process"},
	{.name = "record-when",
	 .argument = "CONDITION",
	 .type = OPTION_VALUE,
	 .with = WATCH | EVENTS,
	 .with_say = "applies only to the screen and --events",
	 .read = option_readers_record_when,
	 .help = "with --record: begin, ten minutes back, when it\nholds: rss>1G, growth>200M, "
		 "maps>80%"},
	{.name = "record-limit",
	 .argument = "SIZE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | EVENTS,
	 .with_say = "applies only to the screen and --events",
	 .read = option_readers_record_limit,
	 .help = "of a recording; the oldest goes, as in 100M"},
	{.name = "force",
	 .type = OPTION_FLAG,
	 .with = WATCH | ONCE | EVENTS | EXPORT,
	 .with_say = "applies only to --record and --export",
	 FIELD(force),
	 .help = "with --record or --export: overwrite FILE"},
	{.name = "replay",
	 .argument = "FILE[@TIME]",
	 .type = OPTION_STRING,
	 .with = WATCH | ONCE | EXPORT,
	 .with_say = "applies only to the screen, --once and --export, as in: "
		     "vastop --replay=FILE@10:41:07",
	 FIELD(replay),
	 .help = "play a recording, or show it with --once; from or\nat a time as in 10:41:07, "
		 "+90s or -5m"},
	{.name = "export",
	 .argument = "FILE",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_EXPORT),
	 .read = option_readers_export,
	 .help = "write a part of a recording to FILE and exit, as in:\nvastop --export=FILE "
		 "--from=+5m --to=-1h RECORDING"},
	{.name = "from",
	 .argument = "TIME",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_STRING,
	 .with = EXPORT,
	 .with_say = "applies only to --export",
	 FIELD(from),
	 .help = "with --export: of its first sample; default: all"},
	{.name = "to",
	 .argument = "TIME",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_STRING,
	 .with = EXPORT,
	 .with_say = "applies only to --export",
	 FIELD(to),
	 .help = "with --export: of its last sample; default: all"},
	{.name = "once",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_ONCE),
	 .help = "write pictures or reports to stdout and exit; of\nseveral processes, too"},
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
	{.name = "background",
	 .argument = "WHICH",
	 .words = OPTION_WORDS_BACKGROUND,
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = ONCE | WATCH,
	 .with_say = "applies only to drawings, as in: vastop --once --format=svg "
		     "--background=dark PID",
	 .read = option_readers_background,
	 .help = "of drawings: light (default) or dark"},
	{.name = "fields",
	 .argument = "LIST",
	 .words = OPTION_WORDS_FIELDS,
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE,
	 .with_say =
		 "applies only to --once, as in: vastop --once --format=csv --fields=name,rss PID",
	 .read = option_readers_fields,
	 .help = "of table and csv, commas between them; --list-fields\nlists all"},
	{.name = "filter",
	 .argument = "QUERY",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_STRING,
	 .with = ONCE,
	 .with_say = "applies only to --once, as in: vastop --once --filter=kind:heap PID",
	 FIELD(filter),
	 .help = "only mappings that match, as with f on the screen;\nwith their sums"},
	{.name = "no-smaps",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_FLAG,
	 .with = ONCE | DIFF,
	 .with_say = "applies only to --once and --diff, as in: vastop --once --no-smaps PID",
	 FIELD(no_smaps),
	 .help = "leave out what only smaps reports (pss, uss, dirty,\nflags); costs the process "
		 "less"},
	{.name = "large-heaps",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_FLAG,
	 .with = ONCE,
	 .with_say = "applies only to metrics, as in: vastop --once --format=openmetrics "
		     "--large-heaps PID",
	 FIELD(large_heaps),
	 .help = "of metrics: what is free inside heaps of any size,\nnot only of those up to 32M"},
	{.name = "events",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_EVENTS),
	 .help = "write each change to stdout as a line, until the\nprocess ends"},
	{.name = "locate",
	 .argument = "ADDRESS",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_LOCATE),
	 .read = option_readers_place,
	 .help = "write what is at the address and exit; as in\nheap+0x100, libc or 7f12a000"},
	{.name = "inside",
	 .argument = "ADDRESS",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_INSIDE),
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
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_BYTES),
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
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_SEARCH),
	 .read = option_readers_search,
	 .help = "write where in memory it is, an address a line, and\nexit; bytes as in "
		 "0x7f454c46, a "
		 "pointer as in &heap"},
	{.name = "diff",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_DIFF),
	 .help = "compare two, as in: vastop --diff A B; each a recording,\n"
		 "FILE@TIME, a core file, a snapshot in JSON or a\nprocess; on the screen, or "
		 "with --once as text"},
	{.name = "growth",
	 .argument = "SECONDS",
	 .optional = true,
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_GROWTH),
	 .read = option_readers_seconds,
	 .help = "write whose code touches new pages, and exit; of a\nCOMMAND from its first "
		 "instruction to its end"},
	{.name = "check",
	 ACTS(OPTION_GROUP_OUTPUT, ACTION_CHECK),
	 .help = "write what makes the processes easier to attack, or\nabout to fail, and exit; "
		 "with "
		 "--samples watch first"},
	{.name = "samples",
	 .argument = "N",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = EVENTS | ONCE | CHECK,
	 .with_say = "applies only to --once, --events and --check, as in: vastop --events "
		     "--samples=10 PID",
	 .read = option_readers_samples,
	 .help = "take N samples; end the events, or check, after N\nintervals"},
	{.name = "format",
	 .argument = "FORMAT",
	 .words = OPTION_WORDS_FORMAT,
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE | EVENTS | INSIDE | GROWTH | CHECK | DIFF,
	 .with_say = "applies only to --once, --events, --inside, --growth, --check and --diff, "
		     "as in: vastop --once --format=json PID",
	 .read = option_readers_format,
	 .help = "picture (default), svg, table, csv, json or\nopenmetrics; of --events, --inside, "
		 "--check and\n--diff only json; of --growth json or folded"},
	{.name = "list-commands",
	 ACTS(OPTION_GROUP_ABOUT, ACTION_LIST_COMMANDS),
	 .help = "the commands of the screen and their keys"},
	{.name = "list-themes",
	 ACTS(OPTION_GROUP_ABOUT, ACTION_LIST_THEMES),
	 .help = "the available themes"},
	{.name = "list-kinds",
	 ACTS(OPTION_GROUP_ABOUT, ACTION_LIST_KINDS),
	 .help = "the kinds of mappings and what they are"},
	{.name = "list-fields",
	 ACTS(OPTION_GROUP_ABOUT, ACTION_LIST_FIELDS),
	 .help = "the fields of --fields, their units and what they are"},
	{.name = "completion",
	 .argument = "SHELL",
	 .words = OPTION_WORDS_SHELL,
	 ACTS(OPTION_GROUP_ABOUT, ACTION_COMPLETION),
	 .read = option_readers_shell,
	 .help = "what completes options in bash, zsh or fish"},
	{.name = "help",
	 .letter = 'h',
	 ACTS(OPTION_GROUP_ABOUT, ACTION_HELP),
	 .help = "show this and exit"},
	{.name = "version",
	 .letter = 'V',
	 ACTS(OPTION_GROUP_ABOUT, ACTION_VERSION),
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
