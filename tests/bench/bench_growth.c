/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What --growth costs the process that it listens to, and itself: a process that does nothing but
 * take page faults (tests/bench/victim.h), and a redis that is filled with keys, each with and
 * without vastop, by turns. Of redis it is the processor time of a request, which other programs
 * disturb less than its rate. Argument: how many rounds (default 5).
 */

#include <err.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
#include "victim.h"
#include "whole_program.h"

#define SECOND   INT64_C(1000000000)
#define SETTLE   (SECOND / 2) /* until vastop listens */
#define PATIENCE (20 * SECOND)
#define REQUESTS 1000000

enum { ROUNDS = 5, MOST_ROUNDS = 50 };

#define TEXT(number)      #number
#define TEXT_OF(requests) TEXT(requests)

/* A window of a redis: one that is new, since only new keys take new pages. */
struct window {
	double request_ns; /* of its processor time */
	double rate;       /* requests a second */
	double own;        /* of a core, in per cent; 0 without vastop */
};

static void pause_for(int64_t ns)
{
	const struct timespec time = {.tv_sec = ns / SECOND, .tv_nsec = ns % SECOND};

	nanosleep(&time, NULL);
}

/* Starts a program that nobody hears; it ends with the benchmark. */
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

static bool answers(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool connected;

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	connected = connect(socket_, (const struct sockaddr *)&address, sizeof(address)) == 0;
	close(socket_);
	return connected;
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

/* Alone on its processor: what is measured is what listening does to it, not how three share two.
 */
static pid_t start_redis(char *path)
{
	char *argv[] = {"redis-server", "--port", "0", "--unixsocket", path, "--save", "", NULL};
	int64_t deadline = clock_ns(CLOCK_MONOTONIC) + PATIENCE;
	pid_t pid;

	move_to(true);
	pid = start_silent(argv);
	move_to(false);
	while (!answers(path)) {
		if (clock_ns(CLOCK_MONOTONIC) > deadline)
			errx(1, "redis-server does not answer");
		pause_for(SECOND / 50);
	}
	return pid;
}

static int64_t cpu_of(pid_t pid)
{
	int64_t used;

	if (process_cost_cpu(pid, &used))
		errx(1, "process %d has ended", (int)pid);
	return used;
}

static struct window measure_redis(char *path, bool listened)
{
	char *load[] = {"redis-benchmark", "-s", path,  "-t", "set", "-n", TEXT_OF(REQUESTS), "-r",
			"100000000",       "-d", "200", "-q", NULL};
	char pid[VICTIM_PID_LENGTH];
	char *listen[] = {bench_vastop(), "--growth=600", pid, NULL};
	struct program_run run;
	struct window window;
	pid_t redis = start_redis(path), vastop = 0;
	int64_t before, own = 0;

	snprintf(pid, sizeof(pid), "%d", (int)redis);
	if (listened) {
		vastop = start_silent(listen);
		pause_for(SETTLE);
		own = cpu_of(vastop);
	}
	before = cpu_of(redis);
	if (program_run(load, &run))
		errx(1, "redis-benchmark failed");
	window.request_ns = (double)(cpu_of(redis) - before) / REQUESTS;
	window.rate = REQUESTS / ((double)run.wall_ns / 1e9);
	window.own = listened ? 100 * (double)(cpu_of(vastop) - own) / (double)run.wall_ns : 0;
	if (listened)
		end(vastop);
	end(redis);
	unlink(path);
	return window;
}

static void print_spread(const char *name, struct spread spread)
{
	printf("%-40s %8.3f %8.3f %8.3f\n", name, spread.median, spread.low, spread.high);
}

static void compare_redis(size_t rounds)
{
	double quiet[MOST_ROUNDS], listened[MOST_ROUNDS], own[MOST_ROUNDS];
	double quiet_rate[MOST_ROUNDS], rate[MOST_ROUNDS];
	char folder[] = "/tmp/vastop-bench-XXXXXX", path[64];

	if (!mkdtemp(folder))
		err(1, "mkdtemp");
	snprintf(path, sizeof(path), "%s/redis", folder);
	for (size_t i = 0; i < rounds; i++) {
		struct window window = measure_redis(path, false);

		quiet[i] = window.request_ns;
		quiet_rate[i] = window.rate;
		window = measure_redis(path, true);
		listened[i] = window.request_ns;
		rate[i] = window.rate;
		own[i] = window.own;
	}
	rmdir(folder);
	printf("\nredis, %d keys of 200 bytes\n%-40s %8s %8s %8s\n", REQUESTS, "", "median", "from",
	       "to");
	print_spread("CPU time of a request : quiet", spread_of_ratios(listened, quiet, rounds));
	print_spread("requests a second : quiet", spread_of_ratios(rate, quiet_rate, rounds));
	print_spread("vastop, % of a core", spread_of(own, rounds));
}

/* What vastop takes itself, from its start to its table, beside a storm of faults. */
static void measure_own(const char *storm, char *pid, size_t rounds)
{
	char *listen[] = {bench_vastop(), "--growth=10", pid, NULL};
	double own[MOST_ROUNDS];

	for (size_t i = 0; i < rounds; i++) {
		struct program_run run;

		if (program_run(listen, &run))
			errx(1, "%s failed", listen[0]);
		own[i] = 100 * (double)run.cpu_ns / (double)run.wall_ns;
	}
	printf("\n--growth=10 of %s, start and table counted\n%-40s %8s %8s %8s\n", storm, "",
	       "median", "from", "to");
	print_spread("vastop, % of a core", spread_of(own, rounds));
}

static void take_faults(void)
{
	const size_t size = (size_t)64 << 20;
	char *memory = malloc(size);

	for (;;) {
		for (size_t at = 0; memory && at < size; at += 4096)
			((volatile char *)memory)[at] = 1;
		free(memory);
		memory = malloc(size);
	}
}

int main(int argc, char *argv[])
{
	char pid[VICTIM_PID_LENGTH];
	const struct victim_way ways[] = {
		{.name = "quiet"},
		{.name = "--growth", .argv = {bench_vastop(), "--growth=600", pid}, .stays = true},
		{.name = "screen", .argv = {bench_vastop(), pid}, .stays = true},
	};
	struct victim_plan plan = {
		.storm = VICTIM_FAULTS,
		.threads = 1,
		.rounds = victim_rounds(argc, argv, ROUNDS),
		.ways = ways,
		.way_count = sizeof(ways) / sizeof(ways[0]),
		.pid = pid,
	};
	pid_t storm;

	/* What is not written yet would be written by each child, too. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("a storm of page faults, %zu rounds; from and to are the quartiles\n", plan.rounds);
	victim_measure(&plan);
	storm = fork();
	if (storm < 0)
		err(1, "fork");
	if (storm == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		take_faults();
	}
	snprintf(pid, sizeof(pid), "%d", (int)storm);
	measure_own("a storm of page faults", pid, plan.rounds);
	end(storm);
	if (!bench_has_program("redis-server") || !bench_has_program("redis-benchmark"))
		printf("\nredis is not installed\n");
	else
		compare_redis(plan.rounds);
	return 0;
}
