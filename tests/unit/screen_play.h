/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_SCREEN_PLAY_H
#define TESTS_UNIT_SCREEN_PLAY_H

/*
 * The interactive program in a child of the test, at a terminal that the test reads and types at,
 * watching a process that does what the test says: the sample process with a heap that grows.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/interact.h"
#include "app/options.h"
#include "app/settings.h"
#include "base/memory.h"
#include "base/text.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/emulator.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/viewer.h"

#define SCREEN_PLAY_PID   4194305              /* larger than the kernel gives */
#define SCREEN_PLAY_LIMIT INT64_C(20000000000) /* nanoseconds, for a heavily loaded machine */
#define SCREEN_PLAY_GROWS UINT64_C(1048576)
#define SECOND_NS         INT64_C(1000000000)

/* The process, in memory that the program and the test share. */
struct screen_process {
	atomic_int sample;  /* number of the newest; there is 1 MiB more of heap in each */
	atomic_int error;   /* in place of the next one; 0: none */
	atomic_bool slow;   /* the next one does not come, */
	atomic_bool waited; /* and is waited for */
	atomic_bool torn;   /* what is read is not whole */
	int exit;           /* eventfd: readable when it has ended; -1: none */
};

struct screen_source {
	struct source source;
	struct screen_process *process;
	int taken;
};

static inline struct screen_process *screen_process_create(void)
{
	struct screen_process *process = mmap(NULL, sizeof(*process), PROT_READ | PROT_WRITE,
					      MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(process != MAP_FAILED);
	process->sample = 1;
	process->exit = viewer_lift(eventfd(0, 0));
	assert_true(process->exit >= 0);
	return process;
}

static inline void screen_process_destroy(struct screen_process *process)
{
	close(process->exit);
	munmap(process, sizeof(*process));
}

static inline int screen_source_read(struct source *base, struct address_space **ret_space)
{
	struct screen_source *source = (struct screen_source *)base;
	int sample = source->process->sample;

	while (source->process->slow) {
		source->process->waited = true;
		usleep(1000);
	}
	if (source->process->error)
		return source->process->error;
	if (sample == source->taken)
		return -EAGAIN;
	source->taken = sample;
	*ret_space = sample_python_grown((uint64_t)(sample - 1) * SCREEN_PLAY_GROWS);
	(*ret_space)->target.pid = SCREEN_PLAY_PID;
	/* A user whom every machine knows by the same name. */
	(*ret_space)->target.uid = 0;
	(*ret_space)->time_ns += (sample - 1) * SECOND_NS;
	return 0;
}

static inline int screen_source_exit(const struct source *base)
{
	return ((const struct screen_source *)base)->process->exit;
}

static inline const struct source_damage *screen_source_damage(const struct source *base)
{
	static const struct source_damage damage = {.file = "maps", .cut = true};

	return ((const struct screen_source *)base)->process->torn ? &damage : NULL;
}

static inline void screen_source_destroy(struct source *base)
{
	free(base);
}

/* What interact_run() frees. */
static inline struct source *screen_source_create(struct screen_process *process)
{
	static const struct source_operations operations = {.read = screen_source_read,
							    .damage = screen_source_damage,
							    .exit_descriptor = screen_source_exit,
							    .destroy = screen_source_destroy};
	struct screen_source *source = memory_alloc(sizeof(*source));

	*source = (struct screen_source){{&operations}, process, 0};
	return &source->source;
}

/* The next sample comes. */
static inline void screen_process_grow(struct screen_process *process)
{
	process->sample++;
}

/* What is played. */
struct screen_play {
	struct options options;
	struct screen_process *process; /* NULL: what the options say */
	struct launch *launch;
};

static inline int screen_play_run(const void *context)
{
	const struct screen_play *play = context;
	struct attachment given = {0};
	struct options options = play->options;
	struct settings settings;
	int status;

	settings_load(&settings, &options);
	if (play->process)
		given.source = screen_source_create(play->process);
	status = interact_run(&options, &given, play->launch);
	settings_finish(&settings);
	return status;
}

/* For main(): nothing of the user has a word in it. */
static inline void screen_play_prepare(void)
{
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	unsetenv("NO_COLOR");
	setenv("TZ", "UTC", 1);
}

static inline struct options screen_play_options(void)
{
	return (struct options){.action = ACTION_WATCH,
				.pid = SCREEN_PLAY_PID,
				.procfs = "/proc",
				.interval_ns = 10000000,
				.budget = 1,
				.history = 1 << 20,
				.no_mouse = true};
}

static inline int64_t screen_deadline(void)
{
	return clock_ns(CLOCK_MONOTONIC) + SCREEN_PLAY_LIMIT;
}

static inline void screen_open(struct viewer *viewer, int (*play)(const void *context),
			       const void *context)
{
	int result = viewer_play(viewer, play, context, 24, 80);

	if (result == -ENOSYS)
		skip(); /* configure found no libvterm */
	assert_int_equal(result, 0);
}

/* Without a terminal it ends so, and writes nothing. */
static inline void screen_ends_blind(int (*play)(const void *context), const void *context,
				     int status, const char *said)
{
	struct captured captured = capture_child(play, context);

	assert_string_equal(captured.said, said);
	assert_string_equal(captured.out, "");
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), status);
	captured_finish(&captured);
}

/* All of the screen, with line feeds. The caller frees it. */
static inline char *screen_text(struct viewer *viewer)
{
	struct text text = {0};

	for (int line = 0; line < viewer->lines; line++)
		text_append_format(&text, "%s\n", emulator_line(viewer->emulator, line));
	return text.bytes;
}

/* Waits for a line that has the text. */
static inline void screen_shows(struct viewer *viewer, const char *words)
{
	char *text;

	if (viewer_wait(viewer, viewer_sees, words, screen_deadline()))
		return;
	/* cmocka prints no more than a kilobyte. */
	text = screen_text(viewer);
	fputs(text, stderr);
	free(text);
	text = viewer_said(viewer);
	fputs(text, stderr);
	free(text);
	fail_msg("'%s' does not come", words);
}

static inline bool screen_is_without(struct viewer *viewer, const void *words)
{
	return !viewer_sees(viewer, words);
}

/* The same of a text that goes. */
static inline void screen_loses(struct viewer *viewer, const char *words)
{
	if (!viewer_wait(viewer, screen_is_without, words, screen_deadline()))
		fail_msg("'%s' stays", words);
}

/* Types, and waits for what then is on the screen and was not before. */
static inline void screen_press(struct viewer *viewer, const char *keys, const char *words)
{
	if (viewer_sees(viewer, words))
		fail_msg("'%s' is there before '%s'", words, keys);
	assert_true(viewer_type(viewer, keys));
	screen_shows(viewer, words);
}

struct screen_line {
	int line;
	const char *text;
};

static inline bool screen_is_line(struct viewer *viewer, const void *context)
{
	const struct screen_line *wanted = context;

	return strcmp(emulator_line(viewer->emulator, wanted->line), wanted->text) == 0;
}

/* Waits until a line is, from 0 on, exactly that. */
static inline void screen_has_line(struct viewer *viewer, int line, const char *text)
{
	const struct screen_line wanted = {line, text};

	if (!viewer_wait(viewer, screen_is_line, &wanted, screen_deadline()))
		assert_string_equal(emulator_line(viewer->emulator, line), text);
}

/* Below the header, which has what the moment costs. The caller frees it. */
static inline char *screen_panes(struct viewer *viewer)
{
	char *all = screen_text(viewer), *panes = strdup(strchr(strchr(all, '\n') + 1, '\n') + 1);

	free(all);
	return panes;
}

static inline bool screen_is_golden(struct viewer *viewer, const void *name)
{
	char *panes = screen_panes(viewer);
	bool same = golden_is(name, panes);

	free(panes);
	return same;
}

/* Waits until that is as in tests/golden/<name>.txt. */
static inline void screen_check(struct viewer *viewer, const char *name)
{
	char *panes;

	viewer_wait(viewer, screen_is_golden, name, screen_deadline());
	if (getenv("UPDATE_GOLDEN"))
		viewer_wait_quiet(viewer, SECOND_NS / 2, screen_deadline());
	panes = screen_panes(viewer);
	golden_check(name, panes);
	free(panes);
}

/* Waits for the end; the exit status and all that was said are as expected. */
static inline void screen_ends(struct viewer *viewer, int status, const char *said)
{
	int found = viewer_end(viewer, screen_deadline());
	char *text = viewer_said(viewer);

	assert_string_equal(text, said);
	free(text);
	assert_true(WIFEXITED(found));
	assert_int_equal(WEXITSTATUS(found), status);
	viewer_stop(viewer);
}

#endif
