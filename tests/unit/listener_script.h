/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LISTENER_SCRIPT_H
#define TESTS_UNIT_LISTENER_SCRIPT_H

/*
 * growth_run() in a child of the test, on a process and a listener that do what a script says, and
 * write down what they are asked for. It defines what growth/listener.c does in the program.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/growth.h"
#include "app/growth_table.h"
#include "app/launch.h"
#include "app/message.h"
#include "app/options.h"
#include "growth/listener.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/growth_balance.h"
#include "report/folded.h"
#include "report/json_growth.h"
#include "sample_sites.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/sample.h"

#define MS           UINT64_C(1000000)
#define LAST_SAMPLES 99

struct script {
	struct options options;
	int read_error;     /* of the first sample */
	int last_error;     /* of the samples that follow */
	int create_error;   /* of the listener */
	int listen_error;   /* why it cannot listen */
	int signal;         /* that comes as soon as it listens; 0: none */
	bool mute;          /* nothing is heard before the signal */
	bool wants_space;   /* the first news ask for a fresher snapshot */
	bool ends;          /* the process does, by its descriptor, as soon as it is listened to */
	bool heard_end;     /* the listener says so */
	bool swap_unknown;  /* of the process */
	const char *locale; /* NULL: UTF-8 */
	bool other_program; /* the second sample is of another one */
	int interrupted_at; /* at this sample an interrupt comes; 0: never */
	enum { NO_COMMAND, COMMAND_ENDS, COMMAND_STAYS } command; /* that was launched */
};

struct listener {
	int descriptor;
	struct listener_news news;
	bool has_news;
};

static const struct script *script;
static struct listener listener;
static char *told; /* what was asked for, a word each; shared with the child */

enum { TOLD = 4096 };

static void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void tell(const char *format, ...)
{
	size_t length = strlen(told);
	va_list list;

	va_start(list, format);
	vsnprintf(told + length, TOLD - length, format, list);
	va_end(list);
}

/* The bytes of the heap above those of the first sample, as every sample has a page more. */
static uint64_t grown(const struct address_space *space)
{
	size_t heap = address_space_find(space, space->target.start_brk);

	return vma_size(&space->vmas[heap]) - 0x1fa000;
}

static void publish(struct call_sites *sites, bool ended, bool stopped)
{
	uint64_t one = 1;

	if (sites)
		sites->listening.ended = ended;
	/* The last result is another one. */
	if (sites && stopped)
		sites->listening.samples = LAST_SAMPLES;
	listener.news = (struct listener_news){.sites = sites,
					       .error = script->listen_error,
					       .wants_space = script->wants_space && !ended};
	listener.has_news = true;
	assert_int_equal(write(listener.descriptor, &one, sizeof(one)), sizeof(one));
}

int listener_create(const struct procfs_options *options, struct listener **ret_listener)
{
	tell("create %s\n", options->root);
	if (script->create_error)
		return script->create_error;
	listener.descriptor = eventfd(0, EFD_CLOEXEC);
	*ret_listener = &listener;
	return 0;
}

void listener_destroy(struct listener *destroyed)
{
	if (!destroyed)
		return;
	tell("destroy\n");
	close(destroyed->descriptor);
}

static int exit_descriptor = -1;

void listener_start(struct listener *started, const struct address_space *space, bool from_start)
{
	uint64_t one = 1;

	tell("start %d at %d%s\n", started == &listener, (int)space->target.pid,
	     from_start ? " from its start" : "");
	if (script->signal)
		raise(script->signal);
	if (script->ends)
		assert_int_equal(write(exit_descriptor, &one, sizeof(one)), sizeof(one));
	if (!script->mute)
		publish(script->listen_error ? NULL : sample_sites_create(), script->heard_end,
			false);
}

void listener_renew(struct listener *renewed, const struct address_space *space)
{
	(void)renewed;
	tell("renew +%d\n", (int)(grown(space) / 4096));
}

void listener_stop(struct listener *stopped)
{
	(void)stopped;
	tell("stop\n");
	publish(sample_sites_create(), true, true);
}

void listener_clear(struct listener *cleared)
{
	(void)cleared;
}

int listener_descriptor(const struct listener *described)
{
	return described->descriptor;
}

bool listener_take(struct listener *taken, struct listener_news *ret_news)
{
	uint64_t count;

	if (!taken->has_news)
		return false;
	assert_int_equal(read(taken->descriptor, &count, sizeof(count)), sizeof(count));
	*ret_news = taken->news;
	taken->has_news = false;
	return true;
}

static int samples;

static int read_sample(struct source *source, struct address_space **ret_space)
{
	int error = samples ? script->last_error : script->read_error;

	(void)source;
	tell("read\n");
	if (error)
		return error;
	*ret_space = sample_python_grown((uint64_t)samples * 4096);
	(*ret_space)->target.uid = 0;
	if (script->swap_unknown)
		(*ret_space)->target.swap = TARGET_UNKNOWN;
	if (samples && script->other_program)
		(*ret_space)->target.start_stack += 16;
	samples++;
	if (samples == script->interrupted_at)
		raise(SIGINT);
	return 0;
}

static int read_exit_descriptor(const struct source *source)
{
	(void)source;
	return exit_descriptor;
}

static void forget_source(struct source *source)
{
	(void)source;
	tell("forget\n");
}

static const struct source_operations operations = {
	.read = read_sample, .exit_descriptor = read_exit_descriptor, .destroy = forget_source};

/* The command of the script: a child of growth_run()'s process. */
static struct launch start_command(void)
{
	struct launch launch = {.pid = fork(),
				.state = LAUNCH_RUNNING,
				.command = (char *)"grow",
				.output = (char *)"/dev/null"};

	if (launch.pid == 0) {
		if (script->command == COMMAND_STAYS)
			pause();
		_exit(3);
	}
	return launch;
}

static int run(const void *context)
{
	struct source source = {&operations};
	struct launch launch;
	int status;

	script = context;
	setlocale(LC_ALL, script->locale ? script->locale : "C.UTF-8");
	/* Where SIGTSTP stops nothing. */
	setsid();
	exit_descriptor = script->ends ? eventfd(0, 0) : -1;
	if (script->command)
		launch = start_command();
	status = growth_run(&script->options, &source, script->command ? &launch : NULL);
	if (script->command == COMMAND_STAYS) {
		kill(launch.pid, SIGKILL);
		waitpid(launch.pid, NULL, 0);
	}
	return status;
}

static struct script script_of(enum options_format format)
{
	return (struct script){.options = {.action = ACTION_GROWTH,
					   .format = format,
					   .pid = 20712,
					   .procfs = "/proc",
					   .growth_ns = 1}};
}

static int make_told(void **state)
{
	(void)state;
	told = mmap(NULL, TOLD, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return told == MAP_FAILED ? -1 : 0;
}

#endif
