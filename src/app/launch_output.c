/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/launch_output.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

#define SUFFIX      ".out"
#define COMMAND_MAX 32 /* of the command in the file's name */

int launch_output_lift(int descriptor)
{
	int lifted;

	if (descriptor < 0)
		return -errno;
	if (descriptor > STDERR_FILENO)
		return descriptor;
	lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (lifted < 0)
		lifted = -errno;
	close(descriptor);
	return lifted;
}

/* The command's last component, as far as it can stand in a file's name that people type. */
static void append_safe_name(struct text *path, const char *command)
{
	const char *slash = strrchr(command, '/');
	const char *name = slash ? slash + 1 : command;

	for (size_t i = 0; i < COMMAND_MAX && name[i]; i++) {
		unsigned char c = (unsigned char)name[i];
		bool safe = c < 0x80 && (isalnum(c) || c == '.' || c == '_' || c == '+');

		text_append_char(path, safe ? (char)c : '-');
	}
}

/* As open(2) does, returns -1 with errno set on failure. */
static int make_fresh(const char *command, char **ret_path)
{
	const char *folder = getenv("TMPDIR");
	struct text path = {0};
	int descriptor;

	text_append(&path, folder && folder[0] == '/' ? folder : "/tmp");
	text_append(&path, "/vastop-");
	append_safe_name(&path, command);
	text_append(&path, "-XXXXXX" SUFFIX);
	descriptor = mkostemps(path.bytes, sizeof(SUFFIX) - 1, O_APPEND | O_CLOEXEC);
	*ret_path = memory_copy_string(path.bytes);
	text_finish(&path);
	return descriptor;
}

/*
 * What an open file is refused for as output, -errno: it is one that somebody else may have put in
 * its place, to have another file written or vastop wait. 0 for files and terminals and the like.
 */
static int refuse(int descriptor)
{
	struct stat status;

	if (fstat(descriptor, &status))
		return -errno;
	if (S_ISREG(status.st_mode))
		return status.st_nlink > 1 ? -EMLINK : 0;
	return S_ISCHR(status.st_mode) ? 0 : -ENXIO;
}

/* As open(2) does, returns -1 with errno set on failure. Nothing is emptied before it is known. */
static int open_given(const char *path)
{
	const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY;
	int descriptor = open(path, flags | O_NOFOLLOW | O_NONBLOCK, 0666), error;

	if (descriptor < 0)
		return -1;
	error = refuse(descriptor);
	/* Only files can be emptied; the command is to wait for what it writes to. */
	if (!error &&
	    (fcntl(descriptor, F_SETFL, O_APPEND) || (ftruncate(descriptor, 0) && errno != EINVAL)))
		error = -errno;
	if (!error)
		return descriptor;
	close(descriptor);
	errno = -error;
	return -1;
}

const char *launch_output_error(int error)
{
	switch (-error) {
	case ELOOP: return "it is a symbolic link; name the file itself";
	case EMLINK: return "the file has other names (hard links); name another file";
	case ENXIO: return "it is neither a file nor a terminal; name a file";
	default: return strerror(-error);
	}
}

int launch_output_open(const char *path, const char *command, char **ret_path)
{
	char *opened = NULL;
	int descriptor;

	if (path) {
		descriptor = open_given(path);
		opened = memory_copy_string(path);
	} else {
		descriptor = make_fresh(command, &opened);
	}
	descriptor = launch_output_lift(descriptor);
	if (descriptor < 0)
		free(opened);
	else
		*ret_path = opened;
	return descriptor;
}
