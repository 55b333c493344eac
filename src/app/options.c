/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/message.h"
#include "app/option_values.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "sampler/avoid.h"

#define SIDE_MAX 5000 /* columns or lines of a picture */

#define SECOND          1000000000 /* in nanoseconds */
#define DELAY_PLACES    9          /* of a second: nanoseconds */
#define DELAY_MIN       (SECOND / 100)
#define DELAY_MAX       (3600ULL * SECOND)
#define DELAY_WATCH     SECOND
#define DELAY_EVENTS    (SECOND / 10)
#define BUDGET_PLACES   4 /* of a percent */
#define BUDGET_MIN      1000
#define BUDGET_MAX      1000000
#define BUDGET_WHOLE    1000000.0 /* 100 percent */
#define BUDGET_DEFAULT  0.02
#define HISTORY_MIN     (1ULL << 20)
#define HISTORY_MAX     (64ULL << 30)
#define HISTORY_DEFAULT (64ULL << 20)

/* What getopt_long() gives for an argument that is no option, when asked by "-". */
#define OPTION_NONE 1

enum option_id {
	OPTION_ONCE = 256,
	OPTION_FORMAT,
	OPTION_WIDTH,
	OPTION_HEIGHT,
	OPTION_COLOUR,
	OPTION_SCALE,
	OPTION_THEME,
	OPTION_PROCFS,
	OPTION_EVENTS,
	OPTION_SAMPLES,
	OPTION_DELAY,
	OPTION_BUDGET,
	OPTION_HISTORY,
	OPTION_OUTPUT,
	OPTION_AVOID,
	OPTION_NO_SMAPS,
};

static const struct option long_options[] = {
	{"once", no_argument, NULL, OPTION_ONCE},
	{"format", required_argument, NULL, OPTION_FORMAT},
	{"width", required_argument, NULL, OPTION_WIDTH},
	{"height", required_argument, NULL, OPTION_HEIGHT},
	{"color", required_argument, NULL, OPTION_COLOUR},
	{"scale", required_argument, NULL, OPTION_SCALE},
	{"theme", required_argument, NULL, OPTION_THEME},
	{"procfs", required_argument, NULL, OPTION_PROCFS},
	{"events", no_argument, NULL, OPTION_EVENTS},
	{"samples", required_argument, NULL, OPTION_SAMPLES},
	{"delay", required_argument, NULL, OPTION_DELAY},
	{"budget", required_argument, NULL, OPTION_BUDGET},
	{"history", required_argument, NULL, OPTION_HISTORY},
	{"output", required_argument, NULL, OPTION_OUTPUT},
	{"avoid", required_argument, NULL, OPTION_AVOID},
	{"no-smaps", no_argument, NULL, OPTION_NO_SMAPS},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

void options_print_help(void)
{
	fputs("Usage: vastop [OPTION…] PID\n"
	      "       vastop [OPTION…] -- COMMAND [ARG…]\n"
	      "Show the virtual address space of a running process, live and to scale; or start\n"
	      "a command and watch it from its first instruction on.\n"
	      "\n"
	      "      --delay=SECONDS   between two samples, 0.01 to 3600; default: 1,\n"
	      "                          with --events 0.1\n"
	      "      --budget=PERCENT  of one core that sampling may take; default: 2\n"
	      "      --history=SIZE    of past samples kept, as in 64M (default)\n"
	      "      --scale=SCALE     heights: log (default), linear or equal\n"
	      "      --theme=NAME      a theme by name, or a theme file by its path\n"
	      "      --color=WHEN      auto (default), always or never\n"
	      "      --output=FILE     for the output of COMMAND; default: a fresh file\n"
	      "      --procfs=DIR      read the process from DIR instead of /proc\n"
	      "      --avoid=LIST      do without what newer kernels have: procmap-query,\n"
	      "                          pidfd, pagemap-scan, pagemap\n"
	      "\n"
	      "Without the screen:\n"
	      "      --once            write one picture to stdout and exit\n"
	      "      --width=COLUMNS   size of the picture; default: the terminal's,\n"
	      "      --height=LINES      else 80 columns and 40 lines\n"
	      "      --no-smaps        for json: do without what only smaps tells (pss,\n"
	      "                          uss, dirty, flags); costs the process less\n"
	      "      --events          write each change to stdout as a line, until the\n"
	      "                          process ends\n"
	      "      --samples=N       end the events after N samples\n"
	      "      --format=FORMAT   json, for programs; default: picture, for people\n"
	      "\n"
	      "  -h, --help            show this and exit\n"
	      "  -V, --version         show the version and exit\n"
	      "\n"
	      "In the screen, ? shows the keys and q quits. See vastop(1).\n",
	      stdout);
}

static void say_bad_value(const char *option, const char *value, const char *allowed)
{
	struct text text = {0};

	utf8_append_escaped(&text, value, strlen(value));
	message_say("--%s takes %s, not '%s'.", option, allowed, text_string(&text));
	text_finish(&text);
}

/* The index of the value among count words; -1 when it is none of them. */
static int find_word(const char *value, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(value, words[i]))
			return i;
	return -1;
}

static bool read_word(const char *option, const char *value, const char *const *words, int count,
		      const char *allowed, int *ret_index)
{
	int index = find_word(value, words, count);

	if (index < 0) {
		say_bad_value(option, value, allowed);
		return false;
	}
	*ret_index = index;
	return true;
}

static bool read_side(const char *option, const char *value, int least, int *ret_side)
{
	uint64_t number;
	char allowed[64];

	if (number_parse(value, strlen(value), SIDE_MAX, &number) || number < (uint64_t)least) {
		snprintf(allowed, sizeof(allowed), "a number from %d to %d", least, SIDE_MAX);
		say_bad_value(option, value, allowed);
		return false;
	}
	*ret_side = (int)number;
	return true;
}

static bool read_delay(const char *value, uint64_t *ret_ns)
{
	if (!option_read_decimal(value, DELAY_PLACES, DELAY_MIN, DELAY_MAX, ret_ns))
		return true;
	say_bad_value("delay", value, "seconds from 0.01 to 3600, as in 0.5");
	return false;
}

static bool read_budget(const char *value, double *ret_share)
{
	uint64_t number;

	if (option_read_decimal(value, BUDGET_PLACES, BUDGET_MIN, BUDGET_MAX, &number)) {
		say_bad_value("budget", value, "percent of one core from 0.1 to 100, as in 2");
		return false;
	}
	*ret_share = (double)number / BUDGET_WHOLE;
	return true;
}

static bool read_history(const char *value, uint64_t *ret_bytes)
{
	if (!option_read_size(value, HISTORY_MIN, HISTORY_MAX, ret_bytes))
		return true;
	say_bad_value("history", value, "a size from 1M to 64G, as in 64M");
	return false;
}

static bool read_avoid(const char *value, unsigned *ret_avoid)
{
	struct text allowed = {0}, wrong = {0};
	const char *unknown, *name;

	if (!avoid_parse(value, ret_avoid, &unknown))
		return true;
	for (size_t i = 0; (name = avoid_name(i)) != NULL; i++)
		text_append_format(&allowed, "%s%s", i ? ", " : "", name);
	text_append_bytes(&wrong, unknown, strcspn(unknown, ","));
	text_append(&allowed, " with commas between them");
	say_bad_value("avoid", text_string(&wrong), text_string(&allowed));
	text_finish(&allowed);
	text_finish(&wrong);
	return false;
}

static bool read_samples(const char *value, uint64_t *ret_number)
{
	uint64_t number;

	if (number_parse(value, strlen(value), UINT32_MAX, &number) || number == 0) {
		say_bad_value("samples", value, "a number from 1 to 4294967295");
		return false;
	}
	*ret_number = number;
	return true;
}

static bool read_pid(const char *argument, int32_t *ret_pid)
{
	uint64_t pid;

	if (*ret_pid) {
		message_say("one process at a time, please; vastop --help shows the usage.");
		return false;
	}
	if (number_parse(argument, strlen(argument), INT32_MAX, &pid) || pid == 0) {
		message_say_not_a_pid(argument);
		return false;
	}
	*ret_pid = (int32_t)pid;
	return true;
}

static bool take_action(struct options *options, enum options_action action)
{
	bool both = (options->action == ACTION_ONCE && action == ACTION_EVENTS) ||
		    (options->action == ACTION_EVENTS && action == ACTION_ONCE);

	if (both)
		message_say(
			"--once writes one picture, --events what changes: choose one of them.");
	options->action = action;
	return !both;
}

static bool say_unknown_option(int id, char **argv)
{
	struct text text = {0};
	const char *argument = argv[optind - 1];

	utf8_append_escaped(&text, argument, strlen(argument));
	if (id == ':')
		message_say("%s needs a value; vastop --help lists the options.",
			    text_string(&text));
	else
		message_say("there is no option %s; vastop --help lists them.", text_string(&text));
	text_finish(&text);
	return false;
}

/* Takes one option over; false after a mistake was said. */
static bool take_option(struct options *options, int id, const char *value)
{
	static const char *const formats[] = {"picture", "json"};
	static const char *const colours[] = {"auto", "always", "never"};
	static const char *const scales[] = {"log", "linear", "equal"};
	int index = 0;
	bool good = true;

	switch (id) {
	case OPTION_NONE: good = read_pid(value, &options->pid); break;
	case OPTION_ONCE: good = take_action(options, ACTION_ONCE); break;
	case OPTION_EVENTS: good = take_action(options, ACTION_EVENTS); break;
	case OPTION_SAMPLES: good = read_samples(value, &options->samples); break;
	case OPTION_DELAY: good = read_delay(value, &options->interval_ns); break;
	case OPTION_BUDGET: good = read_budget(value, &options->budget); break;
	case OPTION_HISTORY: good = read_history(value, &options->history); break;
	case OPTION_OUTPUT: options->output = value; break;
	case OPTION_NO_SMAPS: options->no_smaps = true; break;
	case OPTION_AVOID: good = read_avoid(value, &options->avoid); break;
	case OPTION_FORMAT:
		good = read_word("format", value, formats, 2, "picture or json", &index);
		options->format = (enum options_format)index;
		break;
	case OPTION_WIDTH: good = read_side("width", value, 40, &options->width); break;
	case OPTION_HEIGHT: good = read_side("height", value, 6, &options->height); break;
	case OPTION_COLOUR:
		good = read_word("color", value, colours, 3, "auto, always or never", &index);
		options->colour = (enum options_colour)index;
		break;
	case OPTION_SCALE:
		good = read_word("scale", value, scales, 3, "log, linear or equal", &index);
		options->scale = (enum scale)index;
		break;
	case OPTION_THEME: options->theme = value; break;
	case OPTION_PROCFS: options->procfs = value; break;
	case 'h': options->action = ACTION_HELP; break;
	case 'V': options->action = ACTION_VERSION; break;
	default: good = false; break;
	}
	return good;
}

/* A process or a command, not both, not none. */
static bool check_target(const struct options *options)
{
	if (options->pid && options->command) {
		message_say("a process or a command to start, not both: vastop PID, or vastop -- "
			    "COMMAND.");
		return false;
	}
	if (!options->pid && !options->command) {
		message_say("which process? Give its ID, as in: vastop 1234 (ps -e lists them).");
		return false;
	}
	if (options->command && options->action == ACTION_ONCE) {
		message_say("--once shows a process that runs; start the command and give its ID.");
		return false;
	}
	if (options->command && options->procfs) {
		message_say("--procfs goes with a process only; a command that vastop starts is "
			    "read from /proc.");
		return false;
	}
	if (!options->command && options->output) {
		message_say("--output goes with a command only, as in: vastop --output=FILE -- "
			    "COMMAND.");
		return false;
	}
	return true;
}

/* Options that would do nothing for the action. */
static bool check_action(const struct options *options)
{
	enum options_action action = options->action;
	bool picture = action == ACTION_ONCE && options->format == FORMAT_PICTURE;

	if (action == ACTION_WATCH && options->format != FORMAT_PICTURE) {
		message_say("--format goes with --once or --events, as in: vastop --once "
			    "--format=json PID.");
		return false;
	}
	if (!picture && (options->width || options->height)) {
		message_say("--width and --height go with the picture of --once only.");
		return false;
	}
	if (action == ACTION_ONCE && (options->interval_ns || options->budget > 0)) {
		message_say("--delay and --budget are for watching; --once takes one sample.");
		return false;
	}
	if (action != ACTION_ONCE && options->no_smaps) {
		message_say("--no-smaps goes with --once, as in: vastop --once --no-smaps PID.");
		return false;
	}
	if (action != ACTION_WATCH && options->history) {
		message_say("--history goes with the screen only, which can go back in time.");
		return false;
	}
	if (action != ACTION_EVENTS && options->samples) {
		message_say("--samples goes with --events, as in: vastop --events --samples=10 "
			    "PID.");
		return false;
	}
	return true;
}

static void fill_defaults(struct options *options)
{
	if (!options->interval_ns)
		options->interval_ns =
			options->action == ACTION_EVENTS ? DELAY_EVENTS : DELAY_WATCH;
	if (!(options->budget > 0))
		options->budget = BUDGET_DEFAULT;
	if (!options->history)
		options->history = HISTORY_DEFAULT;
	if (!options->procfs)
		options->procfs = "/proc";
}

void options_read(struct options *options, int argc, char **argv)
{
	int id;
	bool good = true;

	*options = (struct options){0};
	opterr = 0;
	/* "-": what is no option comes in its order too, so that what is left is behind "--". */
	while (good && (id = getopt_long(argc, argv, "-:hV", long_options, NULL)) != -1)
		good = id == '?' || id == ':' ? say_unknown_option(id, argv)
					      : take_option(options, id, optarg);
	if (good && (options->action == ACTION_HELP || options->action == ACTION_VERSION))
		return;
	if (good && optind < argc)
		options->command = argv + optind;
	if (good && check_target(options) && check_action(options))
		fill_defaults(options);
	else
		options->action = ACTION_MISTAKE;
}
