/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth_loads.h"

#include <err.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/clock.h"

#define SECOND    INT64_C(1000000000)
#define BEGINNING (3 * SECOND / 2)
#define PATIENCE  (20 * SECOND)
#define STORM     ((size_t)2 << 20)   /* bytes that are touched and given back */
#define ANSWERS   ((size_t)256 << 20) /* the same of the server */

enum {
	PAGE = 4096,
	REPLY_MAX = 16384,
	WORK = 3000,  /* of the server at each request: some microseconds */
	PER_PAGE = 8, /* requests until it touches a new page */
	WORK_CACHE = 1 << 20,
};

void growth_pause(int64_t ns)
{
	const struct timespec time = {.tv_sec = ns / SECOND, .tv_nsec = ns % SECOND};

	nanosleep(&time, NULL);
}

pid_t growth_start(char *const argv[])
{
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!freopen("/dev/null", "w", stdout))
		_exit(127);
	execvp(argv[0], argv);
	_exit(127);
}

void growth_end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* On the first processor, or on all others: what this program starts is there, too. */
static void move_to(bool first)
{
	cpu_set_t processors;

	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		return;
	CPU_ZERO(&processors);
	for (int i = 0; i < sysconf(_SC_NPROCESSORS_CONF) && i < CPU_SETSIZE; i++)
		if ((i == 0) == first)
			CPU_SET(i, &processors);
	if (sched_setaffinity(0, sizeof(processors), &processors))
		err(1, "sched_setaffinity");
}

uint64_t growth_load_done(const struct growth_load *load)
{
	return load->done(load);
}

/* A process that does it all the time, and ends with the benchmark. Returns in the caller. */
static pid_t start_process(void (*work)(struct growth_load *load), struct growth_load *load)
{
	const pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	work(load);
	_exit(1);
}

/* A count that the process and the benchmark share. */
static _Atomic uint64_t *make_count(void)
{
	_Atomic uint64_t *count = mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (count == MAP_FAILED)
		err(1, "mmap");
	return count;
}

static uint64_t count_done(const struct growth_load *load)
{
	return *load->count;
}

/* New memory in small pages. */
static volatile char *map_small(size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	madvise(memory, size, MADV_NOHUGEPAGE);
	return memory;
}

static void take_faults(struct growth_load *load)
{
	volatile char *memory = map_small(STORM);

	for (;;) {
		for (size_t at = 0; at < STORM; at += PAGE)
			memory[at] = 1;
		madvise((void *)memory, STORM, MADV_DONTNEED);
		*load->count += STORM / PAGE;
	}
}

void growth_load_storm(struct growth_load *ret_load)
{
	*ret_load = (struct growth_load){.done = count_done, .count = make_count(), .socket = -1};
	ret_load->pid = start_process(take_faults, ret_load);
	growth_pause(BEGINNING);
}

/* Works some microseconds, and touches a new page now and then. */
static void answer(struct growth_load *load)
{
	volatile char *memory = map_small(ANSWERS), *cache = map_small(WORK_CACHE);
	size_t at = 0;
	char byte;

	while (read(load->socket, &byte, 1) == 1) {
		for (size_t i = 0; i < WORK; i++)
			cache[i * 64 % WORK_CACHE]++;
		if (*load->count % PER_PAGE == 0) {
			memory[at] = 1;
			at += PAGE;
		}
		if (at == ANSWERS) {
			madvise((void *)memory, ANSWERS, MADV_DONTNEED);
			at = 0;
		}
		++*load->count;
		if (write(load->socket, &byte, 1) != 1)
			break;
	}
}

static void ask(struct growth_load *load)
{
	char byte = 0;

	while (write(load->socket, &byte, 1) == 1 && read(load->socket, &byte, 1) == 1)
		continue;
}

/* Both run on one processor in turn: each request takes two switches. */
void growth_load_server(struct growth_load *ret_load)
{
	int sockets[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets))
		err(1, "socketpair");
	*ret_load = (struct growth_load){.done = count_done, .count = make_count()};
	move_to(true);
	ret_load->socket = sockets[0];
	ret_load->pid = start_process(answer, ret_load);
	ret_load->socket = sockets[1];
	ret_load->other = start_process(ask, ret_load);
	move_to(false);
	close(sockets[0]);
	growth_pause(BEGINNING);
}

/* A socket that is connected to the path; negative while nothing answers there. */
static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (connect(socket_, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return socket_;
	close(socket_);
	return -1;
}

/* Of a redis, the one that asks for it counted: the reply is "$LENGTH\r\nBYTES\r\n". */
static uint64_t requests_done(const struct growth_load *load)
{
	static const char ask[] = "INFO stats\r\n", key[] = "total_commands_processed:";
	char reply[REPLY_MAX] = "", *end = reply;
	size_t length = 0, wanted = 1;

	if (write(load->socket, ask, sizeof(ask) - 1) != (ssize_t)sizeof(ask) - 1)
		err(1, "redis");
	while (length < wanted && length < sizeof(reply) - 1) {
		const ssize_t got = read(load->socket, reply + length, sizeof(reply) - 1 - length);

		if (got <= 0)
			err(1, "redis");
		length += (size_t)got;
		reply[length] = '\0';
		if (wanted == 1 && strstr(reply, "\r\n"))
			wanted = strtoul(reply + 1, &end, 10) + (size_t)(end - reply) + 4;
	}
	end = strstr(reply, key);
	if (!end)
		errx(1, "redis-server does not count requests");
	return strtoull(end + sizeof(key) - 1, NULL, 10);
}

/* A socket to it, once it answers. */
static int wait_for(const char *path)
{
	const int64_t deadline = clock_ns(CLOCK_MONOTONIC) + PATIENCE;
	int connected;

	while ((connected = connect_to(path)) < 0) {
		if (clock_ns(CLOCK_MONOTONIC) > deadline)
			errx(1, "redis-server does not answer");
		growth_pause(SECOND / 50);
	}
	return connected;
}

void growth_load_redis(const char *clients, struct growth_load *ret_load)
{
	char *path = ret_load->path, count[16];
	char *serve[] = {"redis-server", "--port", "0", "--unixsocket", path, "--save", "", NULL};
	char *fill[] = {"redis-benchmark",
			"-s",
			path,
			"-t",
			"lpush",
			"-n",
			"1000000000",
			"-c",
			count,
			"-d",
			"200",
			"-q",
			NULL};

	*ret_load =
		(struct growth_load){.done = requests_done, .folder = "/tmp/vastop-bench-XXXXXX"};
	if (!mkdtemp(ret_load->folder))
		err(1, "mkdtemp");
	snprintf(path, sizeof(ret_load->path), "%s/redis", ret_load->folder);
	snprintf(count, sizeof(count), "%s", clients);
	/* What is measured is what listening does to it, not how three share two processors. */
	move_to(true);
	ret_load->pid = growth_start(serve);
	move_to(false);
	ret_load->socket = wait_for(path);
	ret_load->other = growth_start(fill);
	growth_pause(BEGINNING);
}

void growth_load_end(struct growth_load *load)
{
	if (load->other)
		growth_end(load->other);
	growth_end(load->pid);
	if (load->socket >= 0)
		close(load->socket);
	if (load->count)
		munmap((void *)load->count, sizeof(*load->count));
	if (load->folder[0]) {
		unlink(load->path);
		rmdir(load->folder);
	}
}
