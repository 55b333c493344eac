/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ENTRY_SCRIPT_H
#define TESTS_UNIT_ENTRY_SCRIPT_H

/*
 * What app/entry.c asks of the other parts of the program, which say that they were asked and
 * return what the script says.
 */

#include <locale.h>
#include <malloc.h>
#include <stdlib.h>

#include "app/attach.h"
#include "app/check.h"
#include "app/command_line.h"
#include "app/compare.h"
#include "app/compare_screen.h"
#include "app/core_file.h"
#include "app/core_options.h"
#include "app/cut.h"
#include "app/dump.h"
#include "app/entry.h"
#include "app/events.h"
#include "app/exhaustion.h"
#include "app/export.h"
#include "app/find_bytes.h"
#include "app/growth.h"
#include "app/interact.h"
#include "app/launch.h"
#include "app/launch_words.h"
#include "app/locate.h"
#include "app/look_inside.h"
#include "app/message.h"
#include "app/named.h"
#include "app/once.h"
#include "app/options.h"
#include "app/replay_once.h"
#include "app/sandbox.h"
#include "app/settings.h"
#include "base/text.h"
#include "call_log.h"
#include "message_script.h"
#include "sampler/source.h"

static struct {
	struct options options; /* what the command line says */
	bool compares_on_screen;
	int attach, find, name, open, read, start, run; /* what these return */
	enum launch_state state;
	const struct options *seen;
} script;

static struct source source;

void exhaustion_prepare(void)
{
	call_log_say("prepare");
}

int mallopt(int parameter, int value)
{
	call_log_say("mallopt %d, %d", parameter == M_MMAP_THRESHOLD, value);
	return 1;
}

char *setlocale(int category, const char *locale)
{
	call_log_say("locale %d '%s'", category == LC_CTYPE, locale);
	return NULL;
}

void command_line_read(struct options *options, int argc, char **argv)
{
	call_log_say("read %d of %s", argc, argv[0]);
	*options = script.options;
	script.seen = options;
}

void settings_load(struct settings *settings, struct options *options)
{
	(void)settings;
	assert_ptr_equal(options, script.seen);
	call_log_say("settings");
}

void settings_finish(struct settings *settings)
{
	(void)settings;
	call_log_say("finish");
}

void sandbox_enter(const struct options *options)
{
	assert_ptr_equal(options, script.seen);
	call_log_say("sandbox");
}

void sandbox_append_words(struct text *to)
{
	(void)to;
}

/* A part that only has options. */
static int run(const char *name, const struct options *options)
{
	assert_ptr_equal(options, script.seen);
	call_log_say("%s of %d", name, (int)options->pid);
	return script.run;
}

static int run_with(const char *name, const struct options *options, const struct source *with)
{
	assert_ptr_equal(with, &source);
	return run(name, options);
}

int check_run(const struct options *options)
{
	return run("check", options);
}

bool compare_screen_is_meant(const struct options *options)
{
	(void)options;
	return script.compares_on_screen;
}

int compare_screen_run(const struct options *options)
{
	return run("compare on the screen", options);
}

int compare_run(const struct options *options)
{
	return run("compare", options);
}

int cut_run(const struct options *options)
{
	return run("cut", options);
}

int export_run(const struct options *options)
{
	return run("export", options);
}

int once_run(const struct options *options)
{
	return run("once", options);
}

int replay_once_run(const struct options *options)
{
	return run("replay once", options);
}

int interact_replay(const struct options *options, struct attachment *given)
{
	assert_null(given);
	return run("replay", options);
}

int interact_run(const struct options *options, struct attachment *given, struct launch *launch)
{
	assert_null(given);
	return run(launch ? "watch the command" : "watch", options);
}

int events_run(const struct options *options, struct source *with, struct launch *launch)
{
	return run_with(launch ? "events of the command" : "events", options, with);
}

int growth_run(const struct options *options, struct source *with, struct launch *launch)
{
	return run_with(launch ? "growth of the command" : "growth", options, with);
}

int locate_run(const struct options *options, struct source *with)
{
	return run_with("locate", options, with);
}

int dump_run(const struct options *options, struct source *with)
{
	return run_with("dump", options, with);
}

int look_inside_run(const struct options *options, struct source *with)
{
	return run_with("look inside", options, with);
}

int find_bytes_run(const struct options *options, struct source *with)
{
	return run_with("find", options, with);
}

void source_destroy(struct source *destroyed)
{
	assert_ptr_equal(destroyed, &source);
	call_log_say("destroy");
}

int named_resolve(const char *name, bool choosable, int32_t *ret_pid)
{
	call_log_say("resolve %s%s", name, choosable ? ", or choose" : "");
	if (!script.name)
		*ret_pid = 34;
	return script.name;
}

int attach_source(const struct options *options, int32_t pid, struct source **ret_source,
		  struct text *why)
{
	assert_int_equal(pid, options->pid);
	call_log_say("attach to %d", (int)pid);
	if (script.attach)
		text_append(why, "not attached.");
	else
		*ret_source = &source;
	return script.attach;
}

int attach_find_child(struct options *options, int32_t child, struct text *why)
{
	call_log_say("look for %d", (int)child);
	if (script.find)
		text_append(why, "not found.");
	else
		options->pid = child + 1;
	return script.find;
}

int launch_start(char *const *argv, const char *output, bool may_trace, struct launch *ret_launch,
		 enum launch_step *ret_step)
{
	call_log_say("launch %s > %s%s", argv[0], output, may_trace ? ", held" : "");
	if (script.start) {
		*ret_step = LAUNCH_EXEC;
		return script.start;
	}
	*ret_launch = (struct launch){.pid = 50, .state = script.state};
	return 0;
}

void launch_finish(struct launch *launch)
{
	assert_int_equal(launch->pid, 50);
	call_log_say("end of launch");
}

int launch_say_error(const char *command, const char *output, int error, enum launch_step step)
{
	call_log_say("%s > %s: %d%s", command, output, error,
		     step == LAUNCH_EXEC ? " of exec" : "");
	return 126;
}

void launch_say_end(struct launch *launch, bool wait)
{
	assert_int_equal(launch->pid, 50);
	call_log_say("say the end%s", wait ? ", wait" : "");
}

int core_file_open(const char *path, struct core_file *ret_file, struct text *why)
{
	assert_int_equal(ret_file->descriptor, -1);
	assert_int_equal(ret_file->unpacked, -1);
	call_log_say("open %s", path);
	if (script.open)
		text_append(why, "not opened.");
	return script.open;
}

int core_file_read(struct core_file *file, struct text *why)
{
	(void)file;
	call_log_say("read the core file");
	if (script.read)
		text_append(why, "not read.");
	return script.read;
}

void core_file_close(struct core_file *file)
{
	(void)file;
	/* What is closed is not shown any more. */
	assert_null(script.seen->core_file);
	call_log_say("close");
}

void core_options_choose(struct options *options, struct core_file *file)
{
	options->core_file = file;
	options->pid = 77;
	call_log_say("choose");
}

#endif
