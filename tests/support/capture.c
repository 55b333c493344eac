/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/capture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
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
