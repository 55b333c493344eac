/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "whole_program.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"
#include "support/viewer.h"

size_t bench_rounds(int argc, char *argv[], size_t usual)
{
	const size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : usual;

	return rounds < 1 || rounds > BENCH_MOST_ROUNDS ? usual : rounds;
}

char *bench_vastop(void)
{
	char *given = getenv("VASTOP");

	return given ? given : "./vastop";
}

static int compare_times(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

int64_t bench_median(int64_t *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare_times);
	return times[count / 2];
}

bool bench_has_program(const char *name)
{
	char *path = getenv("PATH"), *folders, *rest, *folder, file[4096];
	bool found = false;

	if (strchr(name, '/'))
		return !access(name, X_OK);
	folders = strdup(path ? path : "/usr/bin:/bin");
	if (!folders)
		err(1, "strdup");
	for (rest = folders; !found && (folder = strsep(&rest, ":"));) {
		snprintf(file, sizeof(file), "%s/%s", folder, name);
		found = !access(file, X_OK);
	}
	free(folders);
	return found;
}

pid_t bench_start_ready(char *const argv[])
{
	int to[2], from[2];
	char said[16];
	FILE *output;
	pid_t pid;

	if (pipe2(to, O_CLOEXEC) < 0 || pipe2(from, O_CLOEXEC) < 0)
		err(1, "pipe");
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	close(to[0]);
	close(from[1]);
	/* It may come in pieces, as from a Python whose output is not buffered. */
	output = fdopen(from[0], "r");
	if (!output || !fgets(said, sizeof(said), output) || strcmp(said, "ready\n"))
		errx(1, "%s did not get ready", argv[0]);
	fclose(output);
	return pid;
}

pid_t bench_start_target(const char *mappings)
{
	char *argv[] = {"./tests/targets/many", (char *)mappings, NULL};

	return bench_start_ready(argv);
}

void bench_start_viewer(struct viewer *viewer, char *const argv[])
{
	int result = viewer_start(viewer, argv, 40, 120);

	if (result)
		errx(1, "no terminal for %s: %s", argv[0],
		     result == -ENOSYS ? "configure found no libvterm" : strerror(-result));
}

pid_t bench_start_in_terminal(char *const argv[], int *ret_terminal)
{
	const struct winsize size = {.ws_row = 40, .ws_col = 120};
	pid_t pid = forkpty(ret_terminal, NULL, NULL, &size);

	if (pid < 0)
		err(1, "forkpty");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	return pid;
}

int64_t bench_read_terminal(int terminal, int64_t quiet_ns, int64_t deadline)
{
	struct pollfd waiting = {.fd = terminal, .events = POLLIN};
	char bytes[65536];
	int64_t last = 0;

	for (;;) {
		int64_t left = deadline - clock_ns(CLOCK_MONOTONIC);
		/* Before the first byte there is no silence yet, only the start. */
		int64_t patience = last && quiet_ns < left ? quiet_ns : left;
		int ready = left > 0 ? poll(&waiting, 1, (int)(patience / 1000000) + 1) : 0;

		if (ready < 0 && errno == EINTR)
			continue;
		/* A terminal whose program has ended answers EIO. */
		if (ready <= 0 || read(terminal, bytes, sizeof(bytes)) <= 0)
			return last;
		last = clock_ns(CLOCK_MONOTONIC);
	}
}

void bench_stop_in_terminal(pid_t pid, int terminal)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(terminal);
}
