/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/capture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"

void capture_begin(struct capture *capture, int descriptor)
{
	fflush(NULL);
	capture->descriptor = descriptor;
	capture->saved = dup(descriptor);
	capture->file = memfd_create("capture", 0);
	assert_true(capture->saved >= 0 && capture->file >= 0);
	assert_true(dup2(capture->file, descriptor) == descriptor);
}

char *capture_end(struct capture *capture)
{
	struct stat status;
	char *bytes;

	fflush(NULL);
	dup2(capture->saved, capture->descriptor);
	close(capture->saved);
	assert_int_equal(fstat(capture->file, &status), 0);
	bytes = memory_alloc((size_t)status.st_size + 1);
	assert_int_equal(pread(capture->file, bytes, (size_t)status.st_size, 0), status.st_size);
	close(capture->file);
	return bytes;
}

struct captured capture_child(int (*function)(const void *context), const void *context)
{
	struct captured captured = {0};
	struct capture out, said;
	pid_t child;

	capture_begin(&out, STDOUT_FILENO);
	capture_begin(&said, STDERR_FILENO);
	child = fork();
	if (child == 0) {
		int nothing = open("/dev/null", O_RDONLY);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(nothing, STDIN_FILENO);
		/* Not _exit(2): sanitizers look for leaks then. */
		exit(function(context));
	}
	if (child > 0)
		waitpid(child, &captured.status, 0);
	captured.said = capture_end(&said);
	captured.out = capture_end(&out);
	assert_true(child > 0);
	return captured;
}

void captured_finish(struct captured *captured)
{
	free(captured->out);
	free(captured->said);
}
