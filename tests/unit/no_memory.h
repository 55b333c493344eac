/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_NO_MEMORY_H
#define TESTS_UNIT_NO_MEMORY_H

/* What an action that reads the memory of a process says where there is none to read. */

#include <errno.h>
#include <stdlib.h>

#include "app/message.h"
#include "app/options.h"
#include "sample_source.h"
#include "sampler/source.h"
#include "support/capture.h"

typedef int memory_action(const struct options *options, struct source *source);

/* A source that fails with the error, or not. The action writes that one sentence, nothing else. */
static inline void no_memory_check(memory_action *run, const struct options *options, int error,
				   const char *expected)
{
	struct sample_source source = sample_source_of(error);
	struct capture out, said;
	char *text;
	int status;

	capture_begin(&out, 1);
	capture_begin(&said, 2);
	status = run(options, &source.source);
	text = capture_end(&said);
	assert_string_equal(text, expected);
	free(text);
	text = capture_end(&out);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(status, EXIT_TROUBLE);
}

/* A process that cannot be read, and one that is recorded. */
static inline void no_memory_is_said(memory_action *run, struct options options)
{
	options.procfs = "/proc";
	no_memory_check(run, &options, -EIO,
			"vastop: cannot read process 20712 from /proc: Input/output error.\n");
	options.procfs = "/nonexistent";
	no_memory_check(run, &options, 0,
			"vastop: cannot read the memory of process 20712: it is recorded, and a "
			"recording has no memory.\n");
}

#endif
