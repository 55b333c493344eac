/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * storm SORT [FILE]: a process that does one thing without pause: forks children that end at once
 * (fork), executes itself (exec), lives on in children while each parent ends (exit: each says its
 * PID), maps, protects, moves and unmaps (map), starts and ends threads (thread), has nearly as
 * many mappings as it may and changes them (many). Or that waits: in vfork(2) for a child (vfork),
 * but not for one that has ended (zombie), with the file mapped (file), or with a lease on it that
 * it does not give up (lease).
 */

#include "target.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

enum { PAGE = 4096, SLOTS = 512, SLOT_PAGES = 16, THREADS = 8, MANY = 65530, OWN = 200 };

/* Whether whoever started it is gone. */
static int is_over(void)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&input, 1, 0) > 0 && target_wait() < 0;
}

static void fork_without_pause(void)
{
	target_say("ready");
	while (!is_over()) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		if (pid > 0)
			waitpid(pid, NULL, 0);
	}
}

/* The one that goes on is another image of the same process. */
static void execute(char **argv)
{
	char *again[] = {argv[0], argv[1], argv[0], NULL};

	if (!argv[2])
		target_say("ready");
	if (is_over())
		return;
	execv("/proc/self/exe", again);
	target_need(0, "execv");
}

static void end_without_pause(void)
{
	while (!is_over()) {
		pid_t pid = fork();

		if (pid > 0)
			_exit(0);
		/* Those that follow have another parent by now. */
		prctl(PR_SET_PDEATHSIG, 0);
		printf("%d\n", (int)getpid());
		fflush(stdout);
	}
}

static unsigned draw(void)
{
	static unsigned random = 1;

	random = random * 1103515245 + 12345;
	return random >> 8;
}

static void map_without_pause(void)
{
	char *slots = target_map((size_t)SLOTS * SLOT_PAGES * PAGE, PROT_NONE);

	target_say("ready");
	for (unsigned turn = 0; turn % 64 || !is_over(); turn++) {
		char *slot = slots + (size_t)(draw() % SLOTS) * SLOT_PAGES * PAGE;
		size_t size = (size_t)(1 + draw() % SLOT_PAGES) * PAGE;

		switch (draw() % 4) {
		case 0: munmap(slot, size); break;
		case 1: mprotect(slot, size, draw() % 2 ? PROT_READ : PROT_NONE); break;
		case 2: mremap(slot, PAGE, size, 0); break;
		default:
			mmap(slot, size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
	}
}

static void *end_thread(void *unused)
{
	return unused;
}

static void start_threads(void)
{
	pthread_t threads[THREADS];

	target_say("ready");
	while (!is_over()) {
		int count = 0;

		while (count < THREADS && !pthread_create(&threads[count], NULL, end_thread, NULL))
			count++;
		while (count > 0)
			pthread_join(threads[--count], NULL);
	}
}

/* vm.max_map_count, but not more than it usually is. */
static size_t most_mappings(void)
{
	FILE *file = fopen("/proc/sys/vm/max_map_count", "re");
	size_t most = MANY;

	if (file && (fscanf(file, "%zu", &most) != 1 || most > MANY))
		most = MANY;
	if (file)
		fclose(file);
	return most - OWN;
}

static void have_many(void)
{
	size_t count = most_mappings();
	char *pages = target_map(count * PAGE, PROT_NONE);

	for (size_t i = 0; i < count; i += 2)
		target_need(!mprotect(pages + i * PAGE, PAGE, PROT_READ), "mprotect");
	target_say("ready");
	for (unsigned turn = 0; turn % 64 || !is_over(); turn++)
		mprotect(pages + (size_t)draw() % (count / 2) * 2 * PAGE, PAGE,
			 draw() % 2 ? PROT_READ | PROT_WRITE : PROT_READ);
}

/* The parent cannot go on before its child ends, not even for a signal but SIGKILL. */
static void wait_in_vfork(void)
{
	if (vfork() == 0) {
		static const char ready[] = "ready\n";

		(void)!write(STDOUT_FILENO, ready, sizeof(ready) - 1);
		while (target_wait() >= 0)
			;
		_exit(0);
	}
}

/* Never waits for a child that has ended. */
static void leave_zombie(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	target_need(pid > 0, "fork");
}

/* As code: what is mapped only to be read is data, whose file is of no interest. */
static int map_file(const char *path)
{
	int file = open(path, O_RDWR | O_CLOEXEC);

	target_need(file >= 0, path);
	target_need(mmap(NULL, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0) != MAP_FAILED,
		    path);
	return file;
}

/* Who opens the file has to wait (fcntl(2), F_SETLEASE); this one knows it, and does nothing. */
static void hold_lease(const char *path)
{
	int file = map_file(path);

	signal(SIGIO, SIG_IGN);
	target_need(!fcntl(file, F_SETLEASE, F_WRLCK), "F_SETLEASE");
}

int main(int argc, char **argv)
{
	const char *sort = argc > 1 ? argv[1] : "";

	target_start();
	if (!strcmp(sort, "fork"))
		fork_without_pause();
	else if (!strcmp(sort, "exec"))
		execute(argv);
	else if (!strcmp(sort, "exit"))
		end_without_pause();
	else if (!strcmp(sort, "map"))
		map_without_pause();
	else if (!strcmp(sort, "thread"))
		start_threads();
	else if (!strcmp(sort, "many"))
		have_many();
	else if (!strcmp(sort, "vfork"))
		wait_in_vfork();
	else if (!strcmp(sort, "zombie"))
		leave_zombie();
	else if (!strcmp(sort, "lease") && argc > 2)
		hold_lease(argv[2]);
	else if (!strcmp(sort, "file") && argc > 2)
		map_file(argv[2]);
	else
		target_need(0, "a sort of storm");
	if (!strcmp(sort, "lease") || !strcmp(sort, "file") || !strcmp(sort, "zombie"))
		target_ready();
	return 0;
}
