/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"

static int64_t nanoseconds(struct timeval time)
{
	return time.tv_sec * INT64_C(1000000000) + time.tv_usec * INT64_C(1000);
}

int program_run(char *const argv[], struct program_run *ret_run)
{
	posix_spawn_file_actions_t actions;
	int64_t begin, end;
	struct rusage usage;
	int status, error;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	begin = clock_ns(CLOCK_MONOTONIC);
	error = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	if (!error && wait4(pid, &status, 0, &usage) < 0)
		error = errno;
	end = clock_ns(CLOCK_MONOTONIC);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		return -error;
	if (status)
		return -EIO;
	*ret_run = (struct program_run){
		.wall_ns = end - begin,
		.cpu_ns = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime),
	};
	return 0;
}
