/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/task_list.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"

DIR *task_list_open(int directory)
{
	const int file = openat(directory, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *tasks = file < 0 ? NULL : fdopendir(file);
	const int error = errno;

	if (!tasks && file >= 0)
		close(file);
	errno = error;
	return tasks;
}

int32_t task_list_next(DIR *tasks)
{
	const struct dirent *entry;
	uint64_t tid;

	while ((entry = readdir(tasks)))
		if (number_parse(entry->d_name, strlen(entry->d_name), INT32_MAX, &tid) == 0)
			return (int32_t)tid;
	return 0;
}
