/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void stand_still(int ready, void (*arrange)(const void *context), const void *context)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (arrange)
		arrange(context);
	(void)!write(ready, "", 1);
	for (;;)
		poll(NULL, 0, -1);
}

/* Until it waits: the way there may still bring code into its memory. */
static void wait_until_still(pid_t child)
{
	char path[32], state = 'R';

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	while (state == 'R' || state == 'D') {
		FILE *file = fopen(path, "re");

		if (!file || fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
			state = 'X';
		if (file)
			fclose(file);
		if (state == 'R' || state == 'D')
			usleep(100);
	}
}

pid_t child_start(void (*arrange)(const void *context), const void *context)
{
	int ready[2];
	pid_t child;
	char byte;

	if (pipe2(ready, O_CLOEXEC) < 0)
		return -1;
	child = fork();
	if (child == 0)
		stand_still(ready[1], arrange, context);
	close(ready[1]);
	if (child > 0 && read(ready[0], &byte, 1) != 1) {
		child_end(child);
		errno = ECHILD;
		child = -1;
	}
	close(ready[0]);
	if (child > 0)
		wait_until_still(child);
	return child;
}

void child_end(pid_t child)
{
	siginfo_t info;

	/* Its ID may belong to another process once it has been waited for. */
	if (child <= 0 || waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) < 0)
		return;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

void child_map_pages(const void *count)
{
	size_t pages = *(const size_t *)count, page = (size_t)sysconf(_SC_PAGESIZE);
	char *area = mmap(NULL, (pages + 1) * page, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		_exit(1);
	for (size_t i = 0; i < pages; i += 2)
		if (mprotect(area + i * page, page, PROT_READ) < 0)
			_exit(1);
}
