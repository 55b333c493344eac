/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What --growth costs the process that it listens to, and itself: a process that does nothing but
 * take page faults, and a redis whose list grows by one element a request, which waits the
 * more often the fewer clients it has. It listens to the same process now and then; the processor
 * time of a page or of a request is compared with that before and after, since a machine changes
 * its speed within seconds. Argument: how many rounds (default 8).
 */

#include <err.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
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
#include "support/process_cost.h"
#include "support/program_run.h"
#include "support/spread.h"
#include "whole_program.h"

#define SECOND    INT64_C(1000000000)
#define BEGINNING (5 * SECOND)  /* of listening */
#define LISTENED  (12 * SECOND) /* several times as long as it listens and rests */
#define QUIET     (6 * SECOND)
#define PART      (SECOND / 4)     /* of a window */
#define SETTLE    (3 * SECOND / 2) /* closed events still cost something for a second */
#define PATIENCE  (20 * SECOND)
#define STORM     ((size_t)2 << 20) /* bytes that are touched and given back */

enum { ROUNDS = 8, PARTS_MOST = LISTENED / PART, REPLY_MAX = 16384 };

/* A process that works all the time. */
struct load {
	pid_t pid;
	uint64_t (*done)(const struct load *load); /* how much work it has done so far */
	const _Atomic uint64_t *pages;             /* of the storm */
	int socket;                                /* to redis */
};

/* What is measured of it in one round, each as a ratio to the quiet windows, but for own. */
struct outcome {
	double cost[BENCH_MOST_ROUNDS]; /* processor time of a page, or of a request */
	double rate[BENCH_MOST_ROUNDS]; /* work a second */
	double own[BENCH_MOST_ROUNDS];  /* of a core, in per cent */
};

struct window {
	double cost, rate;
};

static void pause_for(int64_t ns)
{
	const struct timespec time = {.tv_sec = ns / SECOND, .tv_nsec = ns % SECOND};

	nanosleep(&time, NULL);
}

/* Starts a program whose output is dropped; it ends with the benchmark. */
static pid_t start_silent(char *const argv[])
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

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
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

/* Of a redis, the one that asks for it counted: the reply is "$LENGTH\r\nBYTES\r\n". */
static uint64_t requests_done(const struct load *load)
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

/*
 * Alone on its processor: what is measured is what listening does to it, not how three share two.
 */
static struct load start_redis(char *path)
{
	char *argv[] = {"redis-server", "--port", "0", "--unixsocket", path, "--save", "", NULL};
	int64_t deadline = clock_ns(CLOCK_MONOTONIC) + PATIENCE;
	struct load load = {.done = requests_done};

	move_to(true);
	load.pid = start_silent(argv);
	move_to(false);
	while ((load.socket = connect_to(path)) < 0) {
		if (clock_ns(CLOCK_MONOTONIC) > deadline)
			errx(1, "redis-server does not answer");
		pause_for(SECOND / 50);
	}
	return load;
}

static int64_t cpu_of(pid_t pid)
{
	int64_t used;

	if (process_cost_cpu(pid, &used))
		errx(1, "process %d has ended", (int)pid);
	return used;
}

/*
 * The mean of what is at most a tenth away from the middle one: listening costs less than that,
 * what else the machine does much more, for a moment.
 */
static double calm_mean(const double *parts, size_t count)
{
	double sorted[PARTS_MOST], middle, sum = 0;
	size_t calm = 0;

	memcpy(sorted, parts, count * sizeof(*parts));
	middle = spread_of(sorted, count).median;
	for (size_t i = 0; i < count; i++) {
		if (parts[i] < 0.9 * middle || parts[i] > 1.1 * middle)
			continue;
		sum += parts[i];
		calm++;
	}
	return sum / (double)calm;
}

static struct window measure_window(const struct load *load, int64_t length)
{
	const size_t count = (size_t)(length / PART);
	double costs[PARTS_MOST], rates[PARTS_MOST];

	for (size_t i = 0; i < count; i++) {
		const int64_t cpu = cpu_of(load->pid), start = clock_ns(CLOCK_MONOTONIC);
		const uint64_t before = load->done(load);
		double work;

		pause_for(PART);
		work = (double)(load->done(load) - before);
		if (!(work > 0))
			errx(1, "process %d does not work", (int)load->pid);
		costs[i] = (double)(cpu_of(load->pid) - cpu) / work;
		rates[i] = work / (double)(clock_ns(CLOCK_MONOTONIC) - start);
	}
	return (struct window){.cost = calm_mean(costs, count), .rate = calm_mean(rates, count)};
}

/*
 * Of a window while vastop listens, without its first seconds, in which it takes more; *ret_own:
 * what it takes of a core, in per cent.
 */
static struct window measure_listened(const struct load *load, double *ret_own)
{
	char pid[16];
	char *listen[] = {bench_vastop(), "--growth=600", pid, NULL};
	struct window window;
	int64_t own, start;
	pid_t vastop;

	snprintf(pid, sizeof(pid), "%d", (int)load->pid);
	vastop = start_silent(listen);
	pause_for(BEGINNING);
	own = cpu_of(vastop);
	start = clock_ns(CLOCK_MONOTONIC);
	window = measure_window(load, LISTENED);
	*ret_own =
		100 * (double)(cpu_of(vastop) - own) / (double)(clock_ns(CLOCK_MONOTONIC) - start);
	end(vastop);
	pause_for(SETTLE);
	return window;
}

static void measure(const struct load *load, size_t rounds, struct outcome *ret_outcome)
{
	struct window before = measure_window(load, QUIET);

	for (size_t i = 0; i < rounds; i++) {
		const struct window listened = measure_listened(load, &ret_outcome->own[i]);
		const struct window after = measure_window(load, QUIET);

		ret_outcome->cost[i] = 2 * listened.cost / (before.cost + after.cost);
		ret_outcome->rate[i] = 2 * listened.rate / (before.rate + after.rate);
		before = after;
	}
}

static void print_spread(const char *name, struct spread spread)
{
	printf("%-40s %8.3f %8.3f %8.3f\n", name, spread.median, spread.low, spread.high);
}

static void print_outcome(const char *title, const char *work, struct outcome *outcome,
			  size_t rounds)
{
	char name[64];

	printf("\n%-40s %8s %8s %8s\n", title, "median", "from", "to");
	snprintf(name, sizeof(name), "CPU time of a %s : quiet", work);
	print_spread(name, spread_of(outcome->cost, rounds));
	snprintf(name, sizeof(name), "%ss a second : quiet", work);
	print_spread(name, spread_of(outcome->rate, rounds));
	print_spread("vastop, % of a core", spread_of(outcome->own, rounds));
}

/* Of so many clients each waits for its answer: the fewer, the more often redis waits, too. */
static void measure_redis(char *clients, size_t rounds)
{
	char folder[] = "/tmp/vastop-bench-XXXXXX", path[64];
	char *fill[] = {"redis-benchmark", "-s", path,  "-t", "lpush", "-n", "1000000000", "-c",
			clients,           "-d", "200", "-q", NULL};
	char title[64];
	struct outcome outcome;
	struct load load;
	pid_t filling;

	if (!mkdtemp(folder))
		err(1, "mkdtemp");
	snprintf(path, sizeof(path), "%s/redis", folder);
	load = start_redis(path);
	filling = start_silent(fill);
	pause_for(SETTLE);
	measure(&load, rounds, &outcome);
	end(filling);
	end(load.pid);
	close(load.socket);
	unlink(path);
	rmdir(folder);
	snprintf(title, sizeof(title), "redis, a list that %s clients fill", clients);
	print_outcome(title, "request", &outcome, rounds);
}

/* What vastop takes itself, from its start to its table, beside a storm of faults. */
static void measure_own(pid_t storm, size_t rounds)
{
	char pid[16];
	char *listen[] = {bench_vastop(), "--growth=10", pid, NULL};
	double own[BENCH_MOST_ROUNDS];

	snprintf(pid, sizeof(pid), "%d", (int)storm);
	for (size_t i = 0; i < rounds; i++) {
		struct program_run run;

		if (program_run(listen, &run))
			errx(1, "%s failed", listen[0]);
		own[i] = 100 * (double)run.cpu_ns / (double)run.wall_ns;
	}
	printf("\n%-40s %8s %8s %8s\n", "--growth=10 of it, start and table", "median", "from",
	       "to");
	print_spread("vastop, % of a core", spread_of(own, rounds));
}

static uint64_t pages_done(const struct load *load)
{
	return *load->pages;
}

static void take_faults(_Atomic uint64_t *pages)
{
	char *memory =
		mmap(NULL, STORM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	madvise(memory, STORM, MADV_NOHUGEPAGE);
	for (;;) {
		for (size_t at = 0; at < STORM; at += 4096)
			((volatile char *)memory)[at] = 1;
		madvise(memory, STORM, MADV_DONTNEED);
		*pages += STORM / 4096;
	}
}

static struct load start_storm(void)
{
	_Atomic uint64_t *pages = mmap(NULL, sizeof(*pages), PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct load load = {.done = pages_done, .pages = pages};

	if (pages == MAP_FAILED)
		err(1, "mmap");
	load.pid = fork();
	if (load.pid < 0)
		err(1, "fork");
	if (load.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		take_faults(pages);
	}
	pause_for(SETTLE);
	return load;
}

int main(int argc, char *argv[])
{
	const size_t rounds = bench_rounds(argc, argv, ROUNDS);
	struct outcome outcome;
	struct load storm;

	/* What is not written yet would be written by each child, too. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%zu rounds; from and to are the quartiles\n", rounds);
	storm = start_storm();
	measure(&storm, rounds, &outcome);
	print_outcome("a storm of page faults", "page", &outcome, rounds);
	measure_own(storm.pid, rounds);
	end(storm.pid);
	if (!bench_has_program("redis-server") || !bench_has_program("redis-benchmark"))
		errx(0, "redis is not installed");
	measure_redis((char[]){"50"}, rounds);
	measure_redis((char[]){"4"}, rounds);
	return 0;
}
