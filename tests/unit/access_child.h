/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ACCESS_CHILD_H
#define TESTS_UNIT_ACCESS_CHILD_H

/*
 * The rules, each against the kernel itself: a child does what the answer is about and tells by
 * its exit status which signal with which code it got.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "model/access.h"
#include "residency/page_probe.h"

/* Exit statuses of the child. */
enum {
	GOT_NOTHING = 40,
	GOT_MAPERR,
	GOT_ACCERR,
	GOT_KERNEL,
	GOT_ADRERR,
	GOT_MCEERR,
	GOT_PKUERR,
	GOT_OTHER,
};

#if defined(__x86_64__)
static const unsigned char access_child_code[] = {0xc3};
#elif defined(__aarch64__)
static const unsigned char access_child_code[] = {0xc0, 0x03, 0x5f, 0xd6};
#else
static const unsigned char access_child_code[] = {0};
#endif
#define CAN_JUMP (sizeof(access_child_code) > 1 || access_child_code[0])

static inline size_t access_page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static inline void access_child_take_signal(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (number == SIGBUS)
		_exit(info->si_code == BUS_ADRERR      ? GOT_ADRERR
		      : info->si_code == BUS_MCEERR_AR ? GOT_MCEERR
						       : GOT_OTHER);
	switch (info->si_code) {
	case SEGV_MAPERR: _exit(GOT_MAPERR);
	case SEGV_ACCERR: _exit(GOT_ACCERR);
	case SI_KERNEL: _exit(GOT_KERNEL);
	case SEGV_PKUERR: _exit(GOT_PKUERR);
	default: _exit(GOT_OTHER);
	}
}

/* Sanitizers would look at the address before the kernel can. */
__attribute__((no_sanitize("address", "undefined"), noinline, unused)) static void
access_child_touch(uint64_t address, enum access access)
{
	volatile unsigned char *byte = (volatile unsigned char *)(uintptr_t)address;
	void (*call)(void *, void *);

	if (access == ACCESS_READ) {
		(void)*byte;
	} else if (access == ACCESS_WRITE) {
		*byte = access_child_code[0];
	} else {
		memcpy(&call, &address, sizeof(call));
		call(NULL, NULL); /* gettimeofday(2) in [vsyscall] */
	}
}

/* In a child: touches the address, and ends with the status that tells what came of it. */
__attribute__((noreturn)) static inline void access_child_do(uint64_t address, enum access access)
{
	static unsigned char other_stack[1 << 16];
	const stack_t stack = {.ss_sp = other_stack, .ss_size = sizeof(other_stack)};
	struct sigaction action = {.sa_sigaction = access_child_take_signal,
				   .sa_flags = SA_SIGINFO | SA_ONSTACK};

	alarm(20);
	sigaltstack(&stack, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	access_child_touch(address, access);
	_exit(GOT_NOTHING);
}

static inline int access_child_status(pid_t child)
{
	int status;

	assert_true(child >= 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static inline int access_child_try(uint64_t address, enum access access)
{
	pid_t child = fork();

	if (child == 0)
		access_child_do(address, access);
	return access_child_status(child);
}

/* This very process, as a snapshot. */
static inline struct address_space *access_child_space(void)
{
	struct target target = maps_space_target();
	struct text text = {0};
	struct rlimit limit;
	struct address_space *space;

	maps_lines_read_self(&text);
	assert_true(text.length > 0);
	getrlimit(RLIMIT_STACK, &limit);
	target.page_size = access_page();
	target.start_brk = target.start_stack = 0;
	target.limits = (struct target_limits){
		TARGET_UNKNOWN, limit.rlim_cur == RLIM_INFINITY ? TARGET_UNLIMITED : limit.rlim_cur,
		TARGET_UNLIMITED, TARGET_UNLIMITED};
	space = maps_space_create(&target, text_string(&text));
	text_finish(&text);
	return space;
}

/* Whether a condition of the answer came true. */
static inline bool access_child_excuses(int got, unsigned conditions)
{
	switch (got) {
	case GOT_PKUERR: return conditions & (ACCESS_IF_KEYS | ACCESS_IF_PKRU);
	case GOT_ADRERR:
		return conditions & (ACCESS_IF_PAST_FILE | ACCESS_IF_NO_HUGE | ACCESS_IF_NO_ROOM |
				     ACCESS_IF_HANDLER | ACCESS_IF_DRIVER | ACCESS_IF_POISONED);
	case GOT_MCEERR: return conditions & ACCESS_IF_POISONED;
	case GOT_MAPERR: return conditions & ACCESS_IF_LIMIT;
	default: return false;
	}
}

static inline bool access_child_agrees(int got, struct access_answer answer)
{
	if (access_child_excuses(got, answer.conditions))
		return true;
	switch (answer.outcome) {
	case ACCESS_NOT_MAPPED:
	case ACCESS_GUARDED: return got == GOT_MAPERR;
	case ACCESS_FORBIDDEN: return got == GOT_ACCERR;
	case ACCESS_PAST_FILE: return got == GOT_ADRERR;
	case ACCESS_NOT_CANONICAL:
	case ACCESS_NO_CALL: return got == GOT_KERNEL;
	case ACCESS_CANONICAL_OR_NOT: return got == GOT_KERNEL || got == GOT_MAPERR;
	default: return access_works(answer.outcome) && got == GOT_NOTHING;
	}
}

/* The answer for this process as it is now, by all that can be asked. */
static inline struct access_answer access_child_answer(uint64_t address, enum access access,
						       uint64_t file_size)
{
	const struct procfs_options procfs = {.root = "/proc"};
	struct access_facts facts = {.file_size = file_size};
	struct address_space *space = access_child_space();
	struct access_answer answer;

	assert_int_equal(
		page_probe(&procfs, getpid(), address, access_page(), PAGE_PROBE_ALL, &facts.page),
		0);
	answer = access_answer(space, address, access, &facts);
	address_space_destroy(space);
	return answer;
}

/* Checks answers, the expected ones (ACCESS_OUTCOMES: not asked for), and that they come true. */
static inline void access_child_check(uint64_t address, uint64_t file_size,
				      const enum access_outcome expected[ACCESS_COUNT])
{
	for (unsigned access = 0; access < ACCESS_COUNT; access++) {
		/* Each child begins with the pages that this process has now. */
		struct access_answer answer =
			access_child_answer(address, (enum access)access, file_size);

		if (expected[access] == ACCESS_OUTCOMES)
			continue;
		assert_int_equal(answer.outcome, expected[access]);
		if (access == ACCESS_JUMP && !CAN_JUMP)
			continue;
		if (!access_child_agrees(access_child_try(address, (enum access)access), answer))
			fail_msg("access %u to %llx is not answered with %u", access,
				 (unsigned long long)address, answer.outcome);
	}
}

#endif
