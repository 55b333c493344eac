/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/text.h"

#define READ_BYTES ((size_t)8 * 1024)

int proc_file_read(int directory, const char *path, size_t limit, struct text *text)
{
	char bytes[READ_BYTES];
	int error = 0, file;
	ssize_t length;
	size_t wanted;

	text_clear(text);
	file = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (file < 0)
		return -errno;
	do {
		wanted = limit - text->length < READ_BYTES ? limit - text->length : READ_BYTES;
		length = read(file, bytes, wanted);
		if (length > 0)
			text_append_bytes(text, bytes, (size_t)length);
		else if (length < 0 && errno != EINTR)
			error = -errno;
	} while (!error && (length < 0 || ((size_t)length == wanted && text->length < limit)));
	close(file);
	if (error)
		text_clear(text);
	return error;
}

int proc_file_read_link(int directory, const char *path, struct text *text)
{
	char bytes[PATH_MAX]; /* readlink(2) never gives more than a path */
	ssize_t length = readlinkat(directory, path, bytes, sizeof(bytes));

	text_clear(text);
	if (length < 0)
		return -errno;
	text_append_bytes(text, bytes, (size_t)length);
	return 0;
}
