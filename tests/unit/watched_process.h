/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_WATCHED_PROCESS_H
#define TESTS_UNIT_WATCHED_PROCESS_H

/* A process that is watched on a stage, by a sampler and a recorder that do what the test says. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/attach.h"
#include "app/launch.h"
#include "app/options.h"
#include "app/replay_link.h"
#include "app/watch.h"
#include "base/memory.h"
#include "model/comparison.h"
#include "model/timeline.h"
#include "recorder_script.h"
#include "sampler_script.h"
#include "support/sample.h"
#include "support/stage.h"

#define START   INT64_C(1792412467123000000) /* of the sample */
#define SECOND  INT64_C(1000000000)
#define NO_USER UINT64_C(4294967295)

static const struct options live = {
	.procfs = "/proc", .interval_ns = 20, .budget = 0.5, .history = 1 << 20};
static const struct options copied = {.procfs = "/nonexistent", .history = 1 << 20};

/* A source that only knows how it ends, and counts how often it was freed. */
static int freed;

static int read_nothing(struct source *source, struct address_space **ret_space)
{
	(void)source, (void)ret_space;
	return -EIO;
}

static int exit_descriptor(const struct source *source)
{
	(void)source;
	return 81;
}

static const struct source_damage damage = {.file = "maps", .cut = true};

static const struct source_damage *find_damage(const struct source *source)
{
	(void)source;
	return &damage;
}

static void count_freed(struct source *source)
{
	(void)source;
	freed++;
}

static const struct source_operations whole = {
	.read = read_nothing, .exit_descriptor = exit_descriptor, .destroy = count_freed};
static const struct source_operations damaged = {.read = read_nothing,
						 .damage = find_damage,
						 .exit_descriptor = exit_descriptor,
						 .destroy = count_freed};

static struct source source;
static struct stage stage;
static struct watch watch;
static struct replay_link *link; /* the thread's side; NULL: nothing is played */

static struct address_space *sample(int seconds)
{
	struct address_space *space = sample_python_grown((uint64_t)(seconds + 10) * 4096);

	space->time_ns = START + seconds * SECOND;
	space->target.uid = NO_USER;
	return space;
}

/* The process, or what is played of it, is on the screen. */
static void start(const struct options *options)
{
	struct attachment attachment = {.pid = 20712, .source = &source, .first = sample(0)};

	source.operations = &whole;
	if (link)
		attachment.replay = link;
	assert_int_equal(watch_start(&watch, options, &attachment, NULL), 0);
	watch_begin_record(&watch, &(struct watch_record){0});
	ui_watch(&stage.ui, &watch.session);
	ui_take_request(&stage.ui);
}

static int open_stage(void **state)
{
	(void)state;
	freed = sampler_error = create_error = 0;
	link = NULL;
	text_clear(&asked);
	recorder = (struct recorder){{.state = RECORDER_WRITING}, {.state = RECORDER_WRITING}, {0}};
	stage_open_empty(&stage, 80, 24, true);
	return 0;
}

static int close_stage(void **state)
{
	(void)state;
	stage_close(&stage);
	watch_finish(&watch);
	assert_int_equal(freed, 1);
	return 0;
}

/* The next sample comes. */
static void come(struct address_space *space, int error)
{
	sampler.next = (struct sample){.space = space, .error = error};
	sampler.has_next = true;
	watch_take_sample(&watch, &stage.ui);
	assert_false(sampler.has_next);
}

static struct scene_status tell(void)
{
	struct scene_status status;

	watch_tell(&watch, &stage.ui, &status);
	return status;
}

/* A test on the stage. */
#define WATCHED(test) cmocka_unit_test_setup_teardown(test, open_stage, close_stage)

#endif
