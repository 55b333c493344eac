/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ENTRY_CHILD_H
#define TESTS_UNIT_ENTRY_CHILD_H

/* The whole program in a child of the test. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/entry.h"
#include "app/message.h"
#include "support/capture.h"

/* A recorded process: sleep(1). */
#define RECORDED_PID "29203"

static inline const char *recorded_tree(void)
{
	static char option[4096];
	const char *source = getenv("top_srcdir");

	snprintf(option, sizeof(option), "--procfs=%s/tests/fixtures/sleep", source ? source : ".");
	return option;
}

static inline int entry_child(const void *context)
{
	char *const *argv = context;
	int argc = 0;

	while (argv[argc])
		argc++;
	return entry_run(argc, (char **)argv);
}

/* Runs it with the arguments behind its name and "--no-sandbox", which end with NULL. */
static inline struct captured entry_runs(const char *const *arguments)
{
	char *argv[20] = {(char *)"vastop", (char *)"--no-sandbox"};

	for (size_t i = 0; arguments[i]; i++)
		argv[i + 2] = (char *)arguments[i];
	return capture_child(entry_child, argv);
}

/* Fails the test unless the text is that; or, with stars around it, it is in it. */
static inline void entry_check_text(const char *text, const char *expected)
{
	size_t length = strlen(expected);
	char part[4096];

	if (length < 2 || expected[0] != '*') {
		assert_string_equal(text, expected);
		return;
	}
	snprintf(part, sizeof(part), "%.*s", (int)length - 2, expected + 1);
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

static inline void entry_check(const char *const *arguments, int status, const char *out,
			       const char *said)
{
	struct captured captured = entry_runs(arguments);

	entry_check_text(captured.said, said);
	entry_check_text(captured.out, out);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), status);
	captured_finish(&captured);
}

/* The exit status, and what comes on stdout and stderr, with these arguments. */
#define ENTRY_CHECK(status, out, said, ...) \
	entry_check((const char *const[]){__VA_ARGS__, NULL}, status, out, said)

#endif
