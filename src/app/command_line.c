/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/command_line.h"

#include <getopt.h>
#include <limits.h>
#include <string.h>

#include "app/core_file.h"
#include "app/core_options.h"
#include "app/message.h"
#include "app/operands.h"
#include "app/option_table.h"
#include "app/options.h"
#include "app/record_options.h"
#include "app/report_options.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screen/suggest.h"

#define SECOND          1000000000 /* in nanoseconds */
#define DELAY_WATCH     SECOND
#define DELAY_EVENTS    (SECOND / 10)
#define DELAY_METRICS   (15ULL * SECOND)
#define BUDGET_DEFAULT  0.02
#define HISTORY_DEFAULT (64ULL << 20)
#define LENGTH_DEFAULT  256

/* What getopt_long() gives for an argument that is no option, when asked by "-". */
#define OPTION_NONE 1
/* What it gives for the first row of the table. */
#define OPTION_FIRST 256

static void say_bad_value(const struct option_row *row, const char *value,
			  const struct option_mistake *mistake)
{
	struct text text = {0};
	const char *wrong = mistake->wrong ? mistake->wrong : value;

	utf8_append_escaped(&text, wrong, mistake->wrong ? mistake->wrong_bytes : strlen(wrong));
	message_say("--%s takes %s, not '%s'.", row->name, mistake->allowed, text_string(&text));
	text_finish(&text);
}

static const char *action_name(enum options_action action)
{
	size_t count, i = 0;
	const struct option_row *rows = option_table(&count);

	while (rows[i].type != OPTION_ACTION || rows[i].action != action)
		i++;
	return rows[i].name;
}

static bool is_pair(enum options_action a, enum options_action b, enum options_action one,
		    enum options_action other)
{
	return (a == one && b == other) || (a == other && b == one);
}

static bool take_action(struct options *options, const struct option_row *row)
{
	if (options_are_about(options) || options->action == row->action)
		return true;
	/* As text, also in a terminal. */
	if (is_pair(options->action, row->action, ACTION_ONCE, ACTION_DIFF)) {
		options->action = ACTION_DIFF;
		options->text = true;
		return true;
	}
	if (options->action != ACTION_WATCH && !options_action_is_about(row->action)) {
		message_say("--%s and --%s do different things: choose one of them.",
			    action_name(options->action), row->name);
		return false;
	}
	options->action = row->action;
	return true;
}

/* The row that the name is of, abbreviations not counting; NULL: none. */
static const struct option_row *find_row(const char *name, size_t length)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++)
		if (!strncmp(rows[i].name, name, length) && !rows[i].name[length])
			return &rows[i];
	return NULL;
}

/* Appends what an option that is none was probably meant to be: what it begins, or is near to. */
static void append_likely(struct text *text, const char *name, size_t length)
{
	const char *names[OPTIONS_MAX], *near;
	size_t count, begun = 0;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++) {
		names[i] = rows[i].name;
		if (length && !strncmp(rows[i].name, name, length))
			text_append_format(text, begun++ ? " or --%s" : "did you mean --%s",
					   rows[i].name);
	}
	near = begun ? NULL : suggest_word(name, length, names, count);
	if (near)
		text_append_format(text, "did you mean --%s", near);
	text_append(text, begun || near ? "?" : "vastop --help lists them.");
}

static bool say_unknown_option(int id, char **argv)
{
	struct text shown = {0}, likely = {0};
	const char *argument = argv[optind - 1];
	bool is_long = !strncmp(argument, "--", 2);
	const char *name = argument + (is_long ? 2 : 0);
	size_t length = strcspn(name, "=");
	const struct option_row *row = is_long ? find_row(name, length) : NULL;

	utf8_append_escaped(&shown, argument, strlen(argument));
	append_likely(&likely, name, is_long ? length : 0);
	if (id == ':')
		message_say("%s needs a value; vastop --help lists the options.",
			    text_string(&shown));
	else if (row)
		message_say("--%s takes no value; vastop --help lists the options.", row->name);
	else
		message_say("there is no option %s; %s", text_string(&shown), text_string(&likely));
	text_finish(&shown);
	text_finish(&likely);
	return false;
}

/* Takes one option over; false after a mistake was said. */
static bool take_option(struct options *options, int id, const char *value)
{
	size_t count, i = 0;
	const struct option_row *rows = option_table(&count);
	struct option_mistake mistake;

	if (id == OPTION_NONE)
		return operands_add(options, value);
	while (id != OPTION_FIRST + (int)i && id != rows[i].letter)
		i++;
	if (option_set(&rows[i], value, options, &mistake)) {
		say_bad_value(&rows[i], value, &mistake);
		return false;
	}
	return rows[i].type != OPTION_ACTION || take_action(options, &rows[i]);
}

/* A process that must be named because none can be chosen. */
static bool check_process(const struct options *options)
{
	bool named = !options->process_count;

	for (size_t i = 0; i < options->process_count; i++)
		named |= options->processes[i].name != NULL;
	if (named && options->procfs && strcmp(options->procfs, "/proc")) {
		message_say("--procfs needs a PID, as in: vastop --procfs=DIR 1234.");
		return false;
	}
	if (!options->process_count && options->action != ACTION_WATCH) {
		message_say("which process? Give its PID or name, as in: vastop 1234 (ps -e lists "
			    "them).");
		return false;
	}
	if (options->output && options->format != FORMAT_OPENMETRICS) {
		message_say("--output needs a command, as in: vastop --output=FILE -- COMMAND.");
		return false;
	}
	return true;
}

/* A process or a command, not both. */
static bool check_target(const struct options *options)
{
	if (!record_options_check(options))
		return false;
	if (options->core)
		return core_options_check(options);
	if (options->replay || options->action == ACTION_DIFF)
		return true;
	if (!options->command)
		return check_process(options);
	if (options->process_count) {
		message_say("a process or a command to start, not both: vastop PID, or vastop -- "
			    "COMMAND.");
		return false;
	}
	if (options->action == ACTION_ONCE) {
		message_say("--once shows a running process; start the command and give its PID.");
		return false;
	}
	if (options->action != ACTION_WATCH && options->action != ACTION_EVENTS &&
	    options->action != ACTION_GROWTH) {
		message_say("--%s reads a running process; start the command and give its PID.",
			    action_name(options->action));
		return false;
	}
	if (options->procfs) {
		message_say("--procfs applies only to a process; a command that vastop starts is "
			    "read from /proc.");
		return false;
	}
	return true;
}

static bool check_report(const struct options *options)
{
	const bool growth = options->action == ACTION_GROWTH;
	const bool folded = options->format == FORMAT_FOLDED;

	if (folded && !growth) {
		message_say("--format=folded applies only to --growth, as in: vastop --growth=10 "
			    "--format=folded PID.");
		return false;
	}
	if (options->action == ACTION_ONCE)
		return report_options_check(options);
	if (options->format != FORMAT_PICTURE && options->format != FORMAT_JSON && !folded) {
		message_say("--%s writes --format=json or, for people, nothing else.",
			    action_name(options->action));
		return false;
	}
	if (options->action == ACTION_CHECK && options->interval_ns && !options->samples) {
		message_say("--delay does not apply to one sample; add --samples=N.");
		return false;
	}
	if (growth && !options->growth_ns && !options->command)
		message_say("--growth needs seconds, as in: vastop --growth=10 PID.");
	return !growth || options->growth_ns || options->command;
}

/* Options that would do nothing for the action. */
static bool check_action(const struct options *options)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	for (size_t i = 0; i < count; i++)
		if (option_is_given(&rows[i], options) &&
		    !(rows[i].with & OPTION_WITH(options->action))) {
			message_say("--%s %s.", rows[i].name, rows[i].with_say);
			return false;
		}
	if (options->format != FORMAT_PICTURE && options->format != FORMAT_SVG &&
	    (options->width || options->height)) {
		message_say("--width and --height apply only to the picture of --once.");
		return false;
	}
	return check_report(options);
}

static void fill_defaults(struct options *options)
{
	if (options->core)
		options->interval_ns = CORE_FILE_INTERVAL_NS;
	/* Without it a recording is played as it was taken, also one that is compared. */
	if (!options->interval_ns && !options->replay && options->action != ACTION_DIFF)
		options->interval_ns = options->action == ACTION_EVENTS        ? DELAY_EVENTS
				       : options->format == FORMAT_OPENMETRICS ? DELAY_METRICS
									       : DELAY_WATCH;
	if (!(options->budget > 0))
		options->budget = BUDGET_DEFAULT;
	if (!options->history)
		options->history = HISTORY_DEFAULT;
	if (!options->length)
		options->length = LENGTH_DEFAULT;
	/* No procfs knows the process of a core file. */
	if (!options->procfs)
		options->procfs = options->core ? options->core : "/proc";
}

/* What getopt_long() is to know: the long options and, behind "-:", the short ones. */
static void describe_options(struct option *long_options, struct text *letters)
{
	size_t count;
	const struct option_row *rows = option_table(&count);

	/* "-": what is no option comes in its order too, so that what is left is behind "--". */
	text_append(letters, "-:");
	for (size_t i = 0; i < count; i++) {
		long_options[i] = (struct option){
			.name = rows[i].name,
			.has_arg = !rows[i].argument  ? no_argument
				   : rows[i].optional ? optional_argument
						      : required_argument,
			.val = OPTION_FIRST + (int)i,
		};
		if (rows[i].letter)
			text_append_char(letters, rows[i].letter);
	}
}

void command_line_read(struct options *options, int argc, char **argv)
{
	struct option long_options[OPTIONS_MAX + 1] = {0};
	struct text letters = {0};
	bool good = true;
	int id;

	*options = (struct options){0};
	opterr = 0;
	describe_options(long_options, &letters);
	while (good &&
	       (id = getopt_long(argc, argv, text_string(&letters), long_options, NULL)) != -1)
		good = id == '?' || id == ':' ? say_unknown_option(id, argv)
					      : take_option(options, id, optarg);
	text_finish(&letters);
	if (good && options_are_about(options))
		return;
	if (good && optind < argc)
		options->command = argv + optind;
	if (good && operands_take(options) && check_target(options) && check_action(options))
		fill_defaults(options);
	else
		options->action = ACTION_MISTAKE;
}
