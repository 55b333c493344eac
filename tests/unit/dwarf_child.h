/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_DWARF_CHILD_H
#define TESTS_UNIT_DWARF_CHILD_H

/*
 * What needs libdw, which is loaded in a child, as the program does it: a function runs there and
 * leaves a result and a text.
 */

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct dwarf_result {
	int error;
	_Alignas(8) char text[4096];
};

typedef void dwarf_call(const void *context, struct dwarf_result *result);

static inline struct dwarf_result dwarf_child_run(dwarf_call *call, const void *context)
{
	struct dwarf_result result, *shared = mmap(NULL, sizeof(result), PROT_READ | PROT_WRITE,
						   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = -1;
	pid_t child;

	assert_true(shared != MAP_FAILED);
	child = fork();
	if (child == 0) {
		call(context, shared);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	result = *shared;
	munmap(shared, sizeof(result));
	return result;
}

/*
 * All tests of a program that loads libdw: in a child where AddressSanitizer looks for memory that
 * is lost at the end, as it cannot go through what that library has for each thread.
 */
static inline int dwarf_child_run_tests(int (*run)(void))
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DWARF_CHILD_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define DWARF_CHILD_SANITIZED
#endif
#ifdef DWARF_CHILD_SANITIZED
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		int failed = run();

		fflush(NULL);
		_exit(failed);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 1;
	return WEXITSTATUS(status);
#else
	return run();
#endif
}

#endif
