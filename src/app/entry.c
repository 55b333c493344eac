/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/entry.h"

#include <locale.h>
#include <stdio.h>

#include "app/attach.h"
#include "app/check.h"
#include "app/command_line.h"
#include "app/compare.h"
#include "app/compare_screen.h"
#include "app/completion.h"
#include "app/core_file.h"
#include "app/core_options.h"
#include "app/cut.h"
#include "app/dump.h"
#include "app/events.h"
#include "app/exhaustion.h"
#include "app/export.h"
#include "app/find_bytes.h"
#include "app/growth.h"
#include "app/interact.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/lists.h"
#include "app/locate.h"
#include "app/look_inside.h"
#include "app/message.h"
#include "app/named.h"
#include "app/once.h"
#include "app/option_help.h"
#include "app/options.h"
#include "app/output.h"
#include "app/replay_once.h"
#include "app/sandbox.h"
#include "app/settings.h"
#include "base/memory.h"
#include "base/text.h"
#include "config.h"
#include "model/address_space.h"
#include "sampler/source.h"

/* The process of the options, or the command that was started for them. */
static int run_process(const struct options *options, struct launch *launch)
{
	struct source *source;
	struct text why = {0};
	int status;

	if (options->action == ACTION_WATCH)
		return interact_run(options, NULL, launch);
	status = attach_source(options, options->pid, &source, &why);
	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	if (status)
		return status;
	if (options->action == ACTION_EVENTS)
		return events_run(options, source, launch);
	if (options->action == ACTION_GROWTH)
		return growth_run(options, source, launch);
	switch (options->action) {
	case ACTION_LOCATE: status = locate_run(options, source); break;
	case ACTION_BYTES: status = dump_run(options, source); break;
	case ACTION_INSIDE: status = look_inside_run(options, source); break;
	default: status = find_bytes_run(options, source); break;
	}
	source_destroy(source);
	return status;
}

static int run_named(struct options *options)
{
	int status = options->name ? named_resolve(options->name, options->action == ACTION_WATCH,
						   &options->pid)
				   : EXIT_DONE;

	return status ? status : run_process(options, NULL);
}

/* Looks the command up where its files are read. */
static int find_command(struct options *options, const struct launch *launch)
{
	struct text why = {0};
	int status = attach_find_child(options, (int32_t)launch->pid, &why);

	if (status)
		message_say("%s", text_string(&why));
	text_finish(&why);
	return status;
}

static int run_command(struct options *options)
{
	enum launch_step step = LAUNCH_FORK;
	struct launch launch;
	int status, error;

	error = launch_start(options->command, options->output, true, &launch, &step);
	if (error)
		return launch_say_error(options->command[0], options->output, error, step);
	sandbox_enter(options);
	/* Killed by the kernel in the midst of execve(2), say: there is nothing to show. */
	if (launch.state == LAUNCH_ENDED)
		status = EXIT_NO_PROCESS;
	else
		status = find_command(options, &launch);
	if (!status)
		status = run_process(options, &launch);
	launch_say_end(&launch, status == EXIT_NO_PROCESS);
	launch_finish(&launch);
	return status;
}

static void print_version(FILE *stream)
{
	struct text sandbox = {0};

	sandbox_append_words(&sandbox);
	fprintf(stream, "%s\nsandbox: %s\n", PACKAGE_STRING, text_string(&sandbox));
	text_finish(&sandbox);
}

/* With what is known by now. */
static int run(struct options *options)
{
	if (options->action == ACTION_DIFF)
		return compare_screen_is_meant(options) ? compare_screen_run(options)
							: compare_run(options);
	if (options->action == ACTION_EXPORT)
		return cut_run(options);
	if (options->replay)
		return options->action == ACTION_WATCH ? interact_replay(options, NULL)
						       : replay_once_run(options);
	if (options->action == ACTION_ONCE && options->format == FORMAT_OPENMETRICS)
		return export_run(options);
	if (options->action == ACTION_ONCE)
		return once_run(options);
	if (options->action == ACTION_CHECK)
		return check_run(options);
	return options->command ? run_command(options) : run_named(options);
}

/* The file is opened while vastop may do what its user may, and read when it may not. */
static int run_core(struct options *options)
{
	struct core_file file = {.descriptor = -1, .unpacked = -1};
	struct text why = {0};
	int status = core_file_open(options->core, &file, &why);

	if (!status) {
		sandbox_enter(options);
		status = core_file_read(&file, &why);
	}
	if (!status) {
		core_options_choose(options, &file);
		status = run(options);
	}
	if (why.length)
		message_say("%s", text_string(&why));
	text_finish(&why);
	options->core_file = NULL;
	core_file_close(&file);
	return status;
}

/* What the program says of itself. */
static int print_about(const struct options *options, const struct settings *settings)
{
	struct output output;

	output_open(&output);
	switch (options->action) {
	case ACTION_LIST_COMMANDS: lists_print_commands(output.stream, &settings->keymap); break;
	case ACTION_LIST_THEMES: lists_print_themes(output.stream); break;
	case ACTION_LIST_FIELDS: lists_print_fields(output.stream); break;
	case ACTION_LIST_KINDS: lists_print_kinds(output.stream); break;
	case ACTION_COMPLETION: completion_print(output.stream, options->shell); break;
	case ACTION_VERSION: print_version(output.stream); break;
	default: option_help_print(output.stream); break;
	}
	return output_close(&output, 0);
}

int entry_run(int argc, char **argv)
{
	struct settings settings;
	struct options options;
	int status;

	exhaustion_prepare();
	memory_keep_compact();
	/* Of the locale only how characters are written: the words are English, numbers have a
	 * point. */
	setlocale(LC_CTYPE, "");
	command_line_read(&options, argc, argv);
	if (options.action == ACTION_MISTAKE)
		return EXIT_USAGE;
	settings_load(&settings, &options);
	/* A command is not confined; what watches it is, once it was started. */
	if (!options_are_about(&options) && !options.command && !options.core)
		sandbox_enter(&options);
	if (options_are_about(&options))
		status = print_about(&options, &settings);
	else
		status = options.core ? run_core(&options) : run(&options);
	settings_finish(&settings);
	return status;
}
