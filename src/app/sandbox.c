/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/sandbox.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "app/compare_screen.h"
#include "app/options.h"
#include "app/sandbox_calls.h"
#include "base/text.h"
#include "config.h"
#include "kernel/capabilities.h"
#include "kernel/landlock.h"
#include "kernel/open_below.h"
#include "record/recording_file.h"

#ifndef __has_feature
#define __has_feature(name) 0
#endif

/* Sanitizers make calls of their own, as tracing their own process to look for leaks. */
#if defined(HAVE_SECCOMP) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
	!__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) &&                \
	!__has_feature(memory_sanitizer)
#define FILTERS 1
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "app/sandbox_filters.h"
#include "base/memory.h"
#else
#define FILTERS 0
#endif

static bool is_of_recording(const struct options *options)
{
	return options->replay && options->action == ACTION_ONCE;
}

/* Whether no process is looked at. */
static bool is_of_file(const struct options *options)
{
	return is_of_recording(options) || options->core;
}

/*
 * Whether the run may make files: where the user says so; on the screen, where a key may; and what
 * reads a recording, of which a torn one is mended in a copy.
 */
static bool makes_files(const struct options *options)
{
	return options->action == ACTION_WATCH || options->action == ACTION_DIFF ||
	       options->action == ACTION_EXPORT || options->replay || options->record ||
	       options->output || options->command;
}

static unsigned needs_of(const struct options *options)
{
	unsigned needs = SANDBOX_ALWAYS;

	needs |= makes_files(options) ? SANDBOX_FILES : SANDBOX_NO_FILES;
	if (!is_of_file(options))
		needs |= SANDBOX_PROCESS;
	if (!is_of_file(options) &&
	    (options->action == ACTION_WATCH || options->action == ACTION_GROWTH ||
	     compare_screen_is_meant(options)))
		needs |= SANDBOX_FAULTS;
	if (options->command)
		needs |= SANDBOX_COMMAND;
	return needs;
}

/*
 * Whom it may look at, as far as the caller may: processes and files of others, links of map_files,
 * events of others. Before Linux 5.9 the last two take CAP_SYS_ADMIN. Where files are made, what
 * lets the caller make them in folders of others is kept.
 */
static uint64_t capabilities_of(unsigned needs)
{
	uint64_t kept = CAPABILITY_BIT(CAP_DAC_READ_SEARCH);

	if (needs & SANDBOX_FILES && needs & SANDBOX_PROCESS)
		kept |= CAPABILITY_BIT(CAP_DAC_OVERRIDE);
	if (needs & SANDBOX_PROCESS)
		kept |= CAPABILITY_BIT(CAP_SYS_PTRACE) | CAPABILITY_BIT(CAP_CHECKPOINT_RESTORE) |
			(capabilities_has(CAP_CHECKPOINT_RESTORE) ? 0
								  : CAPABILITY_BIT(CAP_SYS_ADMIN));
	/* The rings of events of many threads are more than others may lock: perf_event_open(2). */
	if (needs & SANDBOX_FAULTS)
		kept |= CAPABILITY_BIT(CAP_PERFMON) | CAPABILITY_BIT(CAP_IPC_LOCK);
	return kept;
}

#if FILTERS
static const struct sandbox_filter *find_filter(unsigned needs)
{
	const struct sandbox_filter *filter = sandbox_filters;

	while (filter->count && filter->needs != needs)
		filter++;
	return filter;
}

/* The marks become addresses. */
static uint32_t fill_in(uint32_t operand)
{
	for (unsigned way = 0; way < OPEN_BELOW_WAYS; way++) {
		uint64_t address = (uintptr_t)open_below_argument((enum open_below_way)way);

		if (operand == SANDBOX_MARK_HIGH(way))
			return (uint32_t)(address >> 32);
		if (operand == SANDBOX_MARK_LOW(way))
			return (uint32_t)address;
	}
	return operand;
}

/*
 * What the filter is there for is not to keep secrets from another part of the same program, which
 * would cost each call more (SECCOMP_FILTER_FLAG_SPEC_ALLOW in seccomp(2)).
 */
static void filter_calls(unsigned needs)
{
	const struct sandbox_filter *filter = find_filter(needs);
	const size_t size = filter->count * sizeof(*filter->instructions);
	struct sock_fprog program = {.len = filter->count};

	if (!filter->count)
		return;
	program.filter = memory_alloc(size);
	memcpy(program.filter, filter->instructions, size);
	for (size_t i = 0; i < filter->count; i++)
		program.filter[i].k = fill_in(program.filter[i].k);
	/* Before Linux 4.17 there is no such flag. */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program))
		(void)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
	free(program.filter);
}

static bool can_filter(void)
{
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}
#else
static void filter_calls(unsigned needs)
{
	(void)needs;
}

static bool can_filter(void)
{
	return false;
}
#endif

void sandbox_enter(const struct options *options)
{
	const unsigned needs = needs_of(options);

	if (options->no_sandbox)
		return;
	/* A core file is open by now, and nothing else needs any. */
	(void)capabilities_keep(options->core ? 0 : capabilities_of(needs));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return;
	if (is_of_file(options) && options->action != ACTION_WATCH)
		(void)landlock_forbid_writing(recording_file_rescue_folder());
	open_below_seal();
	filter_calls(needs);
}

void sandbox_append_words(struct text *to)
{
	int version = landlock_version();

	text_append(to, "capabilities, no_new_privs");
	if (can_filter())
		text_append(to, ", seccomp");
	if (version)
		text_append_format(to, ", Landlock %d for recordings and core files", version);
}
