/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/settings_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "screen/setting.h"

void settings_file_path(struct text *path, const char *name)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && config[0] == '/')
		text_append(path, config);
	else
		text_append_format(path, "%s/.config", home ? home : "");
	text_append_format(path, "/vastop/%s", name);
}

/* Appends what the descriptor gives; -EFBIG as soon as that is too much. */
static int read_all(int fd, struct text *text)
{
	char buffer[4096];
	size_t total = 0;
	ssize_t length;

	while ((length = read(fd, buffer, sizeof(buffer))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return -errno;
		total += (size_t)length;
		if (total > SETTINGS_FILE_MAX)
			return -EFBIG;
		text_append_bytes(text, buffer, (size_t)length);
	}
	return 0;
}

/* A user ID in the environment; -1 where there is none. */
static int64_t user_from(const char *variable)
{
	const char *value = getenv(variable);
	uint64_t user;

	return value && !number_parse(value, strlen(value), UINT32_MAX, &user) ? (int64_t)user : -1;
}

/*
 * Under sudo(8), pkexec(1) or set-user-ID, files of others than root and the one who asked for it
 * are not read, nor files that everybody can write: a message about one would tell what is in it,
 * and whoever wrote it would say what root's program does.
 */
static bool is_trusted(const struct stat *status)
{
	int64_t user = user_from("SUDO_UID");

	if (user < 0)
		user = user_from("PKEXEC_UID");
	if (geteuid() != 0 || user < 0)
		user = getuid();
	if (user == (int64_t)geteuid())
		return true;
	return (status->st_uid == 0 || status->st_uid == (uint64_t)user) &&
	       !(status->st_mode & S_IWOTH);
}

int settings_file_read(const char *path, struct text *ret_text)
{
	/* A FIFO would wait for somebody to write: not even to be opened. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC), error = 0;
	struct text text = {0};
	struct stat status;

	if (fd < 0) {
		error = -errno;
		/* A folder that may not be searched is somebody else's, as $HOME after su(1). */
		return error == -EACCES && stat(path, &status) ? -ENOENT : error;
	}
	if (fstat(fd, &status))
		error = -errno;
	else if (!S_ISREG(status.st_mode))
		error = S_ISDIR(status.st_mode) ? -EISDIR : -EINVAL;
	else if (!is_trusted(&status))
		error = -EPERM;
	else
		error = read_all(fd, &text);
	close(fd);
	if (!error)
		text_append_bytes(ret_text, text_string(&text), text.length);
	text_finish(&text);
	return error;
}

void settings_file_say(const char *path, const struct setting_mistake *mistakes, size_t count)
{
	struct text shown = {0};
	size_t told = 0;

	utf8_append_escaped(&shown, path, strlen(path));
	while (told < count && told < SETTINGS_FILE_TOLD && mistakes[told].message[0]) {
		message_say("%s:%zu: %s", text_string(&shown), mistakes[told].line,
			    mistakes[told].message);
		told++;
	}
	if (count > told)
		message_say("%s: %zu more line%s wrong; the rest applies.", text_string(&shown),
			    count - told, count - told == 1 ? " is" : "s are");
	text_finish(&shown);
}

const char *settings_file_error(int error)
{
	if (error == -EINVAL)
		return "it is not a regular file";
	if (error == -EPERM)
		return "it is neither yours nor root's, or everyone can write it";
	if (error == -EFBIG)
		return "it is longer than 1 MiB";
	return strerror(-error);
}
