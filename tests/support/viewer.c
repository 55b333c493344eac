/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "support/emulator.h"

enum { CHUNK = 65536 };

/* The child's side of a terminal. */
static void prepare(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
}

/* As fork(2): 0 in the child, which has the terminal; or the child's number, or -errno. */
static int start(struct viewer *viewer, int lines, int columns)
{
	const struct winsize size = {.ws_row = (unsigned short)lines,
				     .ws_col = (unsigned short)columns};
	struct viewer started = {.lines = lines, .columns = columns, .said = -1};
	static struct emulator *emulator;
	int error;

	/* Static: for sanitizers it is no leak of the child, which never sees it again. */
	emulator = started.emulator = emulator_create(lines, columns);
	if (!emulator)
		return -ENOSYS;
	started.pid = forkpty(&started.terminal, NULL, NULL, &size);
	if (started.pid < 0) {
		error = errno;
		emulator_destroy(started.emulator);
		return -error;
	}
	if (started.pid == 0) {
		prepare();
		return 0;
	}
	fcntl(started.terminal, F_SETFL, O_NONBLOCK);
	fcntl(started.terminal, F_SETFD, FD_CLOEXEC);
	*viewer = started;
	return started.pid;
}

int viewer_start(struct viewer *viewer, char *const argv[], int lines, int columns)
{
	int pid = start(viewer, lines, columns);

	if (pid == 0) {
		execvp(argv[0], argv);
		_exit(127);
	}
	return pid < 0 ? pid : 0;
}

int viewer_lift(int descriptor)
{
	int lifted = descriptor;

	if (descriptor >= 0 && descriptor <= STDERR_FILENO) {
		lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		close(descriptor);
	}
	return lifted;
}

int viewer_play(struct viewer *viewer, int (*play)(const void *context), const void *context,
		int lines, int columns)
{
	int said = viewer_lift(memfd_create("said", MFD_CLOEXEC)), pid;

	if (said < 0)
		return -errno;
	fflush(NULL);
	pid = start(viewer, lines, columns);
	if (pid == 0) {
		dup2(said, STDERR_FILENO);
		close(said);
		setlocale(LC_ALL, "C.UTF-8");
		/* Not _exit(2): sanitizers look for leaks then. */
		exit(play(context));
	}
	if (pid < 0)
		close(said);
	else
		viewer->said = said;
	return pid < 0 ? pid : 0;
}

char *viewer_said(const struct viewer *viewer)
{
	struct stat status = {0};
	char *text;

	fstat(viewer->said, &status);
	text = memory_alloc((size_t)status.st_size + 1);
	text[pread(viewer->said, text, (size_t)status.st_size, 0)] = '\0';
	return text;
}

void viewer_stop(struct viewer *viewer)
{
	if (viewer->pid > 0) {
		kill(viewer->pid, SIGKILL);
		waitpid(viewer->pid, NULL, 0);
	}
	close(viewer->terminal);
	if (viewer->said >= 0)
		close(viewer->said);
	emulator_destroy(viewer->emulator);
	*viewer = (struct viewer){0};
}

bool viewer_type(struct viewer *viewer, const char *keys)
{
	size_t length = strlen(keys);

	return write(viewer->terminal, keys, length) == (ssize_t)length;
}

void viewer_resize(struct viewer *viewer, int lines, int columns)
{
	const struct winsize size = {.ws_row = (unsigned short)lines,
				     .ws_col = (unsigned short)columns};

	viewer->lines = lines;
	viewer->columns = columns;
	emulator_resize(viewer->emulator, lines, columns);
	ioctl(viewer->terminal, TIOCSWINSZ, &size);
}

/* Waits for bytes until the time; false when none came, or never will (the terminal answers EIO).
 */
static bool wait_for_bytes(struct viewer *viewer, int64_t until, bool *ret_ended)
{
	struct pollfd waiting = {.fd = viewer->terminal, .events = POLLIN};
	int64_t left;

	*ret_ended = false;
	while ((left = until - clock_ns(CLOCK_MONOTONIC)) > 0) {
		const struct timespec patience = {.tv_sec = left / 1000000000,
						  .tv_nsec = left % 1000000000};
		int ready = ppoll(&waiting, 1, &patience, NULL);

		if (ready < 0 && errno == EINTR)
			continue;
		*ret_ended = ready > 0 && !(waiting.revents & POLLIN);
		return ready > 0 && !*ret_ended;
	}
	return false;
}

/* Takes all that is there; false when nothing is, since the program has ended. */
static bool take(struct viewer *viewer, bool interpret)
{
	char bytes[CHUNK];
	ssize_t length;
	bool any = false;

	while ((length = read(viewer->terminal, bytes, sizeof(bytes))) > 0) {
		viewer->last = clock_ns(CLOCK_MONOTONIC);
		viewer->bytes += (uint64_t)length;
		if (interpret)
			emulator_write(viewer->emulator, bytes, (size_t)length);
		any = true;
	}
	return any || errno == EAGAIN;
}

int64_t viewer_wait(struct viewer *viewer, viewer_condition condition, const void *context,
		    int64_t deadline)
{
	bool ended = false;

	while (!viewer->last || !condition(viewer, context))
		if (!wait_for_bytes(viewer, deadline, &ended) || !take(viewer, true))
			return 0;
	return viewer->last;
}

bool viewer_wait_quiet(struct viewer *viewer, int64_t quiet_ns, int64_t deadline)
{
	for (;;) {
		int64_t until = clock_ns(CLOCK_MONOTONIC) + quiet_ns;
		bool ended = false;

		if (!wait_for_bytes(viewer, until < deadline ? until : deadline, &ended))
			return ended || until <= deadline;
		if (!take(viewer, true))
			return true;
	}
}

int viewer_end(struct viewer *viewer, int64_t deadline)
{
	bool ended = false;
	int status;

	while (wait_for_bytes(viewer, deadline, &ended) && take(viewer, true))
		;
	/* The terminal is left before the end, which may still hang. */
	while (waitpid(viewer->pid, &status, WNOHANG) == 0) {
		if (clock_ns(CLOCK_MONOTONIC) >= deadline)
			return -1;
		usleep(1000);
	}
	viewer->pid = 0;
	return status;
}

void viewer_ignore(struct viewer *viewer, int64_t deadline)
{
	bool ended;

	while (wait_for_bytes(viewer, deadline, &ended) && take(viewer, false))
		;
}

bool viewer_sees(struct viewer *viewer, const void *text)
{
	return emulator_shows(viewer->emulator, text);
}
