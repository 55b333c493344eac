/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_WRITTEN_FILE_H
#define TESTS_UNIT_WRITTEN_FILE_H

/* A temporary file with text in it. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct written_file {
	char path[40];
};

static inline struct written_file written_file_make(const char *text)
{
	struct written_file file = {"/tmp/vastop-test-XXXXXX"};
	int descriptor = mkstemp(file.path);

	assert_true(descriptor >= 0);
	assert_int_equal(write(descriptor, text, strlen(text)), (ssize_t)strlen(text));
	close(descriptor);
	return file;
}

static inline void written_file_remove(const struct written_file *file)
{
	assert_int_equal(unlink(file->path), 0);
}

#endif
