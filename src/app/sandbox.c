/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/sandbox.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>

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
#include <seccomp.h>
#else
#define FILTERS 0
#endif

static bool is_of_recording(const struct options *options)
{
	return options->replay && options->action == ACTION_ONCE;
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
	if (!is_of_recording(options))
		needs |= SANDBOX_PROCESS;
	if (options->action == ACTION_WATCH || options->action == ACTION_GROWTH)
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
static int add(scmp_filter_ctx filter, const struct sandbox_call *call, int number)
{
	const struct scmp_arg_cmp compare = {.arg = call->argument - 1,
					     .op = SCMP_CMP_MASKED_EQ,
					     .datum_a = call->mask,
					     .datum_b = call->value};

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, call->argument ? 1 : 0,
				      &compare);
}

static int add_all(scmp_filter_ctx filter, unsigned needs)
{
	const char *const *unknown = sandbox_calls_unknown();
	size_t count;
	const struct sandbox_call *calls = sandbox_calls(&count);
	int error = 0;

	for (size_t i = 0; !error && i < count; i++) {
		int number = seccomp_syscall_resolve_name(calls[i].name);

		if (calls[i].needs & needs && number != __NR_SCMP_ERROR)
			error = add(filter, &calls[i], number);
	}
	for (; !error && *unknown; unknown++) {
		int number = seccomp_syscall_resolve_name(*unknown);

		if (number != __NR_SCMP_ERROR)
			error = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), number, 0,
						       NULL);
	}
	return error;
}

/* Looking files up in a root stays possible where files are read only. */
static int add_lookups(scmp_filter_ctx filter)
{
	int number = seccomp_syscall_resolve_name("openat2"), error = 0;

	for (int way = 0; !error && number != __NR_SCMP_ERROR && way < OPEN_BELOW_WAYS; way++)
		error = seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, number, 1,
			SCMP_A2_64(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)open_below_argument(way)));
	return error;
}

/*
 * A filter that is not whole is none. It is a tree, as each call goes through it; and what it is
 * there for is not to keep secrets from another part of the same program, which would cost each
 * call more (PR_SPEC_STORE_BYPASS in prctl(2)).
 */
static void filter_calls(unsigned needs)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (!filter)
		return;
	seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(EPERM));
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
	if (!add_all(filter, needs) && (needs & SANDBOX_FILES || !add_lookups(filter)))
		(void)seccomp_load(filter);
	seccomp_release(filter);
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
	(void)capabilities_keep(capabilities_of(needs));
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return;
	if (is_of_recording(options))
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
		text_append_format(to, ", Landlock %d for recordings", version);
}
