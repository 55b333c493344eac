/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/option_table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/option_values.h"
#include "sampler/avoid.h"

#define SIDE_MAX 5000 /* columns or lines of a picture */

#define SECOND        1000000000 /* in nanoseconds */
#define DELAY_PLACES  9          /* of a second: nanoseconds */
#define DELAY_MIN     (SECOND / 100)
#define DELAY_MAX     (3600ULL * SECOND)
#define BUDGET_PLACES 4 /* of a percent */
#define BUDGET_MIN    1000
#define BUDGET_MAX    1000000
#define BUDGET_WHOLE  1000000.0 /* 100 percent */
#define HISTORY_MIN   (1ULL << 20)
#define HISTORY_MAX   (64ULL << 30)

#define ONCE   OPTION_WITH(ACTION_ONCE)
#define WATCH  OPTION_WITH(ACTION_WATCH)
#define EVENTS OPTION_WITH(ACTION_EVENTS)

static int refuse(struct option_mistake *mistake, const char *allowed)
{
	snprintf(mistake->allowed, sizeof(mistake->allowed), "%s", allowed);
	mistake->wrong = NULL;
	return -EINVAL;
}

static int read_delay(struct options *options, const char *value, struct option_mistake *mistake)
{
	if (!option_read_decimal(value, DELAY_PLACES, DELAY_MIN, DELAY_MAX, &options->interval_ns))
		return 0;
	return refuse(mistake, "seconds from 0.01 to 3600, as in 0.5");
}

static int read_budget(struct options *options, const char *value, struct option_mistake *mistake)
{
	uint64_t number;

	if (option_read_decimal(value, BUDGET_PLACES, BUDGET_MIN, BUDGET_MAX, &number))
		return refuse(mistake, "percent of one core from 0.1 to 100, as in 2");
	options->budget = (double)number / BUDGET_WHOLE;
	return 0;
}

static int read_history(struct options *options, const char *value, struct option_mistake *mistake)
{
	if (!option_read_size(value, HISTORY_MIN, HISTORY_MAX, &options->history))
		return 0;
	return refuse(mistake, "a size from 1M to 64G, as in 64M");
}

static int read_avoid(struct options *options, const char *value, struct option_mistake *mistake)
{
	const char *unknown, *name;
	size_t length = 0;

	if (!avoid_parse(value, &options->avoid, &unknown))
		return 0;
	refuse(mistake, "");
	for (size_t i = 0; (name = avoid_name(i)) != NULL; i++)
		length += (size_t)snprintf(mistake->allowed + length,
					   sizeof(mistake->allowed) - length, "%s%s", i ? ", " : "",
					   name);
	snprintf(mistake->allowed + length, sizeof(mistake->allowed) - length,
		 " with commas between them");
	mistake->wrong = unknown;
	mistake->wrong_bytes = strcspn(unknown, ",");
	return -EINVAL;
}

static int read_number(const char *value, uint64_t least, uint64_t most, uint64_t *ret_number,
		       struct option_mistake *mistake)
{
	if (!strchr(value, '.') && !option_read_decimal(value, 0, least, most, ret_number))
		return 0;
	refuse(mistake, "");
	snprintf(mistake->allowed, sizeof(mistake->allowed), "a number from %llu to %llu",
		 (unsigned long long)least, (unsigned long long)most);
	return -EINVAL;
}

static int read_samples(struct options *options, const char *value, struct option_mistake *mistake)
{
	return read_number(value, 1, UINT32_MAX, &options->samples, mistake);
}

/* What it means depends on the process: it is read with its mappings at hand. */
static int read_locate(struct options *options, const char *value, struct option_mistake *mistake)
{
	(void)mistake;
	options->locate = value;
	return 0;
}

static int read_width(struct options *options, const char *value, struct option_mistake *mistake)
{
	uint64_t number;
	int error = read_number(value, 40, SIDE_MAX, &number, mistake);

	if (!error)
		options->width = (int)number;
	return error;
}

static int read_height(struct options *options, const char *value, struct option_mistake *mistake)
{
	uint64_t number;
	int error = read_number(value, 6, SIDE_MAX, &number, mistake);

	if (!error)
		options->height = (int)number;
	return error;
}

/* The index of the value among count words; -1, with the mistake filled, when it is none. */
static int read_word(const char *value, const char *const *words, int count, const char *allowed,
		     struct option_mistake *mistake)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(value, words[i]))
			return i;
	refuse(mistake, allowed);
	return -1;
}

static int read_format(struct options *options, const char *value, struct option_mistake *mistake)
{
	static const char *const words[] = {
		[FORMAT_PICTURE] = "picture",
		[FORMAT_JSON] = "json",
	};
	int index = read_word(value, words, 2, "picture or json", mistake);

	if (index < 0)
		return -EINVAL;
	options->format = (enum options_format)index;
	return 0;
}

static int read_colour(struct options *options, const char *value, struct option_mistake *mistake)
{
	static const char *const words[] = {
		[COLOUR_AUTO] = "auto",
		[COLOUR_ALWAYS] = "always",
		[COLOUR_NEVER] = "never",
	};
	int index = read_word(value, words, 3, "auto, always or never", mistake);

	if (index < 0)
		return -EINVAL;
	options->colour = (enum options_colour)index;
	return 0;
}

static int read_scale(struct options *options, const char *value, struct option_mistake *mistake)
{
	static const char *const words[SCALE_COUNT] = {
		[SCALE_LOG] = "log",
		[SCALE_LINEAR] = "linear",
		[SCALE_EQUAL] = "equal",
	};
	int index = read_word(value, words, SCALE_COUNT, "log, linear or equal", mistake);

	if (index < 0)
		return -EINVAL;
	options->scale = (enum scale)index;
	return 0;
}

#define FIELD(name) .field = offsetof(struct options, name)

static const struct option_row rows[] = {
	{.name = "delay",
	 .argument = "SECONDS",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | EVENTS,
	 .with_say = "is for watching; --once takes one sample",
	 .read = read_delay,
	 .help = "between two samples, 0.01 to 3600; default: 1,\nwith --events 0.1"},
	{.name = "budget",
	 .argument = "PERCENT",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH | EVENTS,
	 .with_say = "is for watching; --once takes one sample",
	 .read = read_budget,
	 .help = "of one core that sampling may take; default: 2"},
	{.name = "history",
	 .argument = "SIZE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = WATCH,
	 .with_say = "goes with the screen only, which can go back in time",
	 .read = read_history,
	 .help = "of past samples kept, as in 64M (default)"},
	{.name = "scale",
	 .argument = "SCALE",
	 .type = OPTION_VALUE,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 .read = read_scale,
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
	 .read = read_colour,
	 .help = "auto (default), always or never"},
	{.name = "no-mouse",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = WATCH,
	 .with_say = "goes with the screen only",
	 FIELD(no_mouse),
	 .help = "leave the mouse to the terminal; M takes it"},
	{.name = "ascii",
	 .type = OPTION_FLAG,
	 .configured = true,
	 .with = OPTION_WITH_ANY,
	 FIELD(ascii),
	 .help = "draw with ASCII signs only"},
	{.name = "output",
	 .argument = "FILE",
	 .type = OPTION_STRING,
	 .with = OPTION_WITH_ANY,
	 FIELD(output),
	 .help = "for the output of COMMAND; default: a fresh file"},
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
	 .read = read_avoid,
	 .help = "do without what newer kernels have: procmap-query,\n"
		 "pidfd, pagemap-scan, pagemap"},
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
	 .with_say = "goes with the picture of --once only",
	 .read = read_width,
	 .help = "of the picture; default: the terminal's, else 80"},
	{.name = "height",
	 .argument = "LINES",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE,
	 .with_say = "goes with the picture of --once only",
	 .read = read_height,
	 .help = "of the picture; default: the terminal's, else 40"},
	{.name = "no-smaps",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_FLAG,
	 .with = ONCE,
	 .with_say = "goes with --once, as in: vastop --once --no-smaps PID",
	 FIELD(no_smaps),
	 .help = "for json: do without what only smaps tells (pss,\n"
		 "uss, dirty, flags); costs the process less"},
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
	 .read = read_locate,
	 .help = "write what is at the address and exit; as in\nheap+0x100, libc or 7f12a000"},
	{.name = "samples",
	 .argument = "N",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = EVENTS,
	 .with_say = "goes with --events, as in: vastop --events --samples=10 PID",
	 .read = read_samples,
	 .help = "end the events after N samples"},
	{.name = "format",
	 .argument = "FORMAT",
	 .group = OPTION_GROUP_OUTPUT,
	 .type = OPTION_VALUE,
	 .with = ONCE | EVENTS,
	 .with_say = "goes with --once or --events, as in: vastop --once --format=json PID",
	 .read = read_format,
	 .help = "json, for programs; default: picture, for people"},
	{.name = "list-commands",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_COMMANDS,
	 .with = OPTION_WITH_ANY,
	 .help = "commands of the screen with their keys"},
	{.name = "list-themes",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_THEMES,
	 .with = OPTION_WITH_ANY,
	 .help = "themes that are there"},
	{.name = "list-kinds",
	 .group = OPTION_GROUP_ABOUT,
	 .type = OPTION_ACTION,
	 .action = ACTION_LIST_KINDS,
	 .with = OPTION_WITH_ANY,
	 .help = "kinds of mappings, and what they are"},
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

static int set_flag(bool *flag, const char *value, struct option_mistake *mistake)
{
	if (value && strcmp(value, "on") && strcmp(value, "off"))
		return refuse(mistake, "on or off");
	*flag = !value || !strcmp(value, "on");
	return 0;
}

int option_set(const struct option_row *row, const char *value, struct options *options,
	       struct option_mistake *mistake)
{
	char *field = (char *)options + row->field;
	int error = 0;

	if (row->type == OPTION_FLAG)
		error = set_flag((bool *)field, value, mistake);
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
