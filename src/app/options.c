/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "app/message.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

#define SIDE_MAX 5000 /* columns or lines of a picture */

enum option_id {
	OPTION_ONCE = 256,
	OPTION_FORMAT,
	OPTION_WIDTH,
	OPTION_HEIGHT,
	OPTION_COLOUR,
	OPTION_SCALE,
	OPTION_THEME,
	OPTION_PROCFS,
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
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{0},
};

void options_print_help(void)
{
	fputs("Usage: vastop [OPTION…] PID\n"
	      "Show the virtual address space of a running process, live and to scale.\n"
	      "\n"
	      "      --once            write one picture to stdout and exit\n"
	      "      --format=FORMAT   with --once: picture (default) or json\n"
	      "      --width=COLUMNS   with --once: size of the picture; default: the\n"
	      "      --height=LINES      terminal's, else 80 columns and 40 lines\n"
	      "      --color=WHEN      auto (default), always or never\n"
	      "      --scale=SCALE     heights: log (default), linear or equal\n"
	      "      --theme=NAME      a theme by name, or a theme file by its path\n"
	      "      --procfs=DIR      read the process from DIR instead of /proc\n"
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
	case OPTION_ONCE: options->action = ACTION_ONCE; break;
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

static bool take_pid(struct options *options, int argc, char **argv)
{
	const char *argument = argv[optind];
	uint64_t pid;

	if (!argument) {
		message_say("which process? Give its ID, as in: vastop 1234 (ps -e lists them).");
		return false;
	}
	if (optind + 1 < argc) {
		message_say("one process at a time, please; vastop --help shows the usage.");
		return false;
	}
	if (number_parse(argument, strlen(argument), INT32_MAX, &pid) || pid == 0) {
		message_say_not_a_pid(argument);
		return false;
	}
	options->pid = (int32_t)pid;
	return true;
}

static bool check_combination(const struct options *options)
{
	bool picture = options->action == ACTION_ONCE && options->format == FORMAT_PICTURE;

	if (options->action == ACTION_WATCH && options->format != FORMAT_PICTURE) {
		message_say("--format goes with --once, as in: vastop --once --format=json PID.");
		return false;
	}
	if (!picture && (options->width || options->height)) {
		message_say("--width and --height go with the picture of --once only.");
		return false;
	}
	return true;
}

void options_read(struct options *options, int argc, char **argv)
{
	int id;
	bool good = true;

	*options = (struct options){.procfs = "/proc", .interval_ns = 1000000000};
	opterr = 0;
	while (good && (id = getopt_long(argc, argv, ":hV", long_options, NULL)) != -1)
		good = id == '?' || id == ':' ? say_unknown_option(id, argv)
					      : take_option(options, id, optarg);
	if (good && (options->action == ACTION_HELP || options->action == ACTION_VERSION))
		return;
	if (!good || !check_combination(options) || !take_pid(options, argc, argv))
		options->action = ACTION_MISTAKE;
}
