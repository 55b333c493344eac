/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#define READ_BYTES ((size_t)8 * 1024)
/* One read() of maps gives whole lines and at most a page, unless a line is longer. */
#define FEED_BYTES ((size_t)16 * 1024)

int proc_file_open(int directory, const char *path)
{
	int file =
		openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
	struct stat status = {0};

	if (file < 0)
		return errno == ELOOP ? -EBADMSG : -errno;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode))
		return file;
	close(file);
	return S_ISDIR(status.st_mode) ? -EISDIR : -EBADMSG;
}

int proc_file_open_directory(int directory, const char *path)
{
	int opened = openat(directory, path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	return opened < 0 ? -errno : opened;
}

/* Reads from the beginning on up to the first short read. */
static int read_file(int file, size_t limit, struct text *text)
{
	char bytes[READ_BYTES];
	size_t wanted;
	ssize_t length;

	do {
		wanted = limit - text->length < READ_BYTES ? limit - text->length : READ_BYTES;
		length = pread(file, bytes, wanted, (off_t)text->length);
		if (length > 0)
			text_append_bytes(text, bytes, (size_t)length);
		else if (length < 0 && errno != EINTR)
			return -errno;
	} while (length < 0 || ((size_t)length == wanted && text->length < limit));
	return 0;
}

int proc_file_read(int directory, const char *path, size_t limit, struct text *text)
{
	struct proc_file file = {0};
	int error = proc_file_read_again(&file, directory, path, limit, text);

	proc_file_close(&file);
	return error;
}

static int feed(int file, proc_file_take *take, void *context)
{
	char bytes[FEED_BYTES];
	ssize_t length;
	int error = 0;

	do {
		length = read(file, bytes, sizeof(bytes));
		if (length > 0)
			error = take(context, bytes, (size_t)length);
		else if (length < 0 && errno != EINTR)
			error = -errno;
	} while (length != 0 && !error);
	return error;
}

int proc_file_feed(int directory, const char *path, proc_file_take *take, void *context)
{
	struct proc_file file = {0};
	int error = proc_file_feed_open(&file, directory, path, take, context);

	proc_file_close(&file);
	return error;
}

int proc_file_feed_open(struct proc_file *file, int directory, const char *path,
			proc_file_take *take, void *context)
{
	int descriptor;

	proc_file_close(file);
	descriptor = proc_file_open(directory, path);
	if (descriptor < 0)
		return descriptor;
	file->opened = descriptor + 1;
	return feed(descriptor, take, context);
}

bool proc_file_has_bytes(const struct proc_file *file)
{
	char byte;

	return file->opened && pread(file->opened - 1, &byte, 1, 0) == 1;
}

int proc_file_read_again(struct proc_file *file, int directory, const char *path, size_t limit,
			 struct text *text)
{
	int error;

	text_clear(text);
	if (!file->opened) {
		int descriptor = proc_file_open(directory, path);

		if (descriptor < 0)
			return descriptor;
		file->opened = descriptor + 1;
	}
	error = read_file(file->opened - 1, limit, text);
	if (error)
		text_clear(text);
	return error;
}

void proc_file_close(struct proc_file *file)
{
	if (file->opened)
		close(file->opened - 1);
	file->opened = 0;
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
