/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What --growth costs the process that it listens to, and itself: of each of growth_loads.h. It
 * listens to the same process now and then; the processor time of a page or of a request is
 * compared with that before and after, since a machine changes its speed within seconds. Argument:
 * how many rounds (default 8).
 */

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "growth_loads.h"
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

enum { ROUNDS = 8, PARTS_MOST = LISTENED / PART };

/* What is measured of it in one round, each as a ratio to the quiet windows, but for own. */
struct outcome {
	double cost[BENCH_MOST_ROUNDS]; /* processor time of a page, or of a request */
	double rate[BENCH_MOST_ROUNDS]; /* work a second */
	double own[BENCH_MOST_ROUNDS];  /* of a core, in per cent */
};

struct window {
	double cost, rate;
};

static int64_t cpu_of(pid_t pid)
{
	int64_t used;

	if (process_cost_cpu(pid, &used))
		errx(1, "process %d has ended", (int)pid);
	return used;
}

/*
 * The mean of what is at most a third away from the middle one: listening costs less than that
 * where it does not rest, too; what else the machine does costs more, for a moment.
 */
static double calm_mean(const double *parts, size_t count)
{
	double sorted[PARTS_MOST], middle, sum = 0;
	size_t calm = 0;

	memcpy(sorted, parts, count * sizeof(*parts));
	middle = spread_of(sorted, count).median;
	for (size_t i = 0; i < count; i++) {
		if (parts[i] < middle * 2 / 3 || parts[i] > middle * 4 / 3)
			continue;
		sum += parts[i];
		calm++;
	}
	return sum / (double)calm;
}

static struct window measure_window(const struct growth_load *load, int64_t length)
{
	const size_t count = (size_t)(length / PART);
	double costs[PARTS_MOST], rates[PARTS_MOST];

	for (size_t i = 0; i < count; i++) {
		const int64_t cpu = cpu_of(load->pid), start = clock_ns(CLOCK_MONOTONIC);
		const uint64_t before = growth_load_done(load);
		double work;

		growth_pause(PART);
		work = (double)(growth_load_done(load) - before);
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
static struct window measure_listened(const struct growth_load *load, double *ret_own)
{
	char pid[16];
	char *listen[] = {bench_vastop(), "--growth=600", pid, NULL};
	struct window window;
	int64_t own, start;
	pid_t vastop;

	snprintf(pid, sizeof(pid), "%d", (int)load->pid);
	vastop = growth_start(listen);
	growth_pause(BEGINNING);
	own = cpu_of(vastop);
	start = clock_ns(CLOCK_MONOTONIC);
	window = measure_window(load, LISTENED);
	*ret_own =
		100 * (double)(cpu_of(vastop) - own) / (double)(clock_ns(CLOCK_MONOTONIC) - start);
	growth_end(vastop);
	growth_pause(SETTLE);
	return window;
}

static void measure(const struct growth_load *load, size_t rounds, struct outcome *ret_outcome)
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

/* Of so many clients each waits for its answer: the fewer, the more often redis waits, too. */
static void measure_redis(const char *clients, size_t rounds)
{
	char title[64];
	struct outcome outcome;
	struct growth_load redis;

	growth_load_redis(clients, &redis);
	measure(&redis, rounds, &outcome);
	growth_load_end(&redis);
	snprintf(title, sizeof(title), "redis, a list that %s clients fill", clients);
	print_outcome(title, "request", &outcome, rounds);
}

int main(int argc, char *argv[])
{
	const size_t rounds = bench_rounds(argc, argv, ROUNDS);
	struct outcome outcome;
	struct growth_load load;

	/* What is not written yet would be written by each child, too. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%zu rounds; from and to are the quartiles\n", rounds);
	growth_load_storm(&load);
	measure(&load, rounds, &outcome);
	print_outcome("a storm of page faults", "page", &outcome, rounds);
	measure_own(load.pid, rounds);
	growth_load_end(&load);
	growth_load_server(&load);
	measure(&load, rounds, &outcome);
	print_outcome("a server that waits for each request", "request", &outcome, rounds);
	growth_load_end(&load);
	if (!bench_has_program("redis-server") || !bench_has_program("redis-benchmark"))
		errx(0, "redis is not installed");
	measure_redis("50", rounds);
	measure_redis("4", rounds);
	return 0;
}
