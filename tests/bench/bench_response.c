/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * How soon the screen answers: from a brk call of the process to the terminal, at 100 frames a
 * second; and from a key until its answer is on the screen, for keys of every sort, while 60 000
 * mappings change all the time. That is measured as a user has it, and again with ten samples a
 * second and no bound to their cost; and htop's keys beside it, as it has fewer. All take turns,
 * key by key of one course after the other. For each sort and for all: median, 99th percentile,
 * worst, and which key that was. Argument: how many keys of vastop (default 1000).
 */

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "key_courses.h"
#include "support/child.h"
#include "support/key_press.h"
#include "support/spread.h"
#include "support/viewer.h"
#include "whole_program.h"

#define LONGEST INT64_C(3000000000) /* for an answer */
#define QUIET   INT64_C(30000000)
#define SETTLE  INT64_C(2000000000)
#define WANTED  50 /* milliseconds; what a key may take */

enum { RUNS = 31, MAPPINGS = 60000, KEYS = 1000, SORTS = 16 };

/* A child that runs the function with the read end of a pipe; *ret_orders is the write end. */
static pid_t start(void (*function)(int orders), int *ret_orders)
{
	int orders[2];
	pid_t pid;

	if (pipe(orders) || (pid = fork()) < 0)
		err(1, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(orders[1]);
		function(orders[0]);
		_exit(0);
	}
	close(orders[0]);
	*ret_orders = orders[1];
	return pid;
}

/* Grows its heap by a page for each byte it is sent. */
static void grow(int orders)
{
	char byte;

	sbrk(4096);
	while (read(orders, &byte, 1) == 1)
		sbrk(4096);
}

/* Has many mappings, and makes and removes some more as fast as it can. */
static void churn(int orders)
{
	size_t page = 4096;
	char *area = mmap(NULL, MAPPINGS * page, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)orders;
	if (area == MAP_FAILED)
		_exit(1);
	for (size_t i = 0; i < MAPPINGS; i += 2)
		mprotect(area + i * page, page, PROT_READ);
	for (size_t i = 0;; i++) {
		void *more = mmap(NULL, (i % 7 + 1) * page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS,
				  -1, 0);

		munmap(more, (i % 7 + 1) * page);
		mprotect(area + i * 2 % MAPPINGS * page, page, PROT_READ | PROT_EXEC);
		mprotect(area + i * 2 % MAPPINGS * page, page, PROT_READ);
	}
}

static void measure_growth(void)
{
	char pid[16];
	char *vastop[] = {bench_vastop(), (char *)"--delay=0.01", pid, NULL};
	struct viewer viewer;
	struct spread spread;
	double times[RUNS];
	int orders;
	pid_t target = start(grow, &orders);

	snprintf(pid, sizeof(pid), "%d", (int)target);
	bench_start_viewer(&viewer, vastop);
	viewer_wait_quiet(&viewer, SETTLE / 4, clock_ns(CLOCK_MONOTONIC) + SETTLE);
	for (int i = 0; i < RUNS; i++) {
		struct pollfd waiting = {.fd = viewer.terminal, .events = POLLIN};
		int64_t begin;

		/* From a silent screen on, so that what comes next is the growth. */
		viewer_wait_quiet(&viewer, QUIET, clock_ns(CLOCK_MONOTONIC) + SETTLE);
		begin = clock_ns(CLOCK_MONOTONIC);
		if (write(orders, "g", 1) != 1 || poll(&waiting, 1, 5000) != 1)
			errx(1, "the growth is not shown");
		times[i] = (double)(clock_ns(CLOCK_MONOTONIC) - begin) / 1e6;
	}
	viewer_stop(&viewer);
	child_end(target);
	close(orders);
	spread = spread_of(times, RUNS);
	printf("brk to terminal, --delay=0.01, %d times; ms: median %.1f, quartiles %.1f and %.1f, "
	       "worst %.1f\n",
	       RUNS, spread.median, spread.low, spread.high, spread.most);
}

/* A program whose keys are tried. */
struct course {
	const char *name;
	char *const *argv;
	const struct key_step *steps;
	double *times;                 /* milliseconds */
	const struct key_step **typed; /* of each time */
	size_t count, room, unanswered;
};

static bool never(struct viewer *viewer, const void *context)
{
	(void)viewer;
	(void)context;
	return false;
}

/* Follows the screen for some time. */
static void let_pass(struct viewer *viewer, int64_t time)
{
	viewer_wait(viewer, never, NULL, clock_ns(CLOCK_MONOTONIC) + time);
}

/* One time through, from a start, which is not measured. */
static void type_course(struct course *course, unsigned int *seed)
{
	struct viewer viewer;

	bench_start_viewer(&viewer, course->argv);
	let_pass(&viewer, SETTLE);
	for (const struct key_step *step = course->steps; step->sort; step++) {
		int64_t time;

		if (course->count == course->room)
			break;
		/* Keys come at all moments between two samples. */
		let_pass(&viewer, rand_r(seed) % 60 * INT64_C(1000000));
		time = key_press(&viewer, step, clock_ns(CLOCK_MONOTONIC) + LONGEST);
		course->typed[course->count] = step;
		course->times[course->count++] = (double)(time < 0 ? LONGEST : time) / 1e6;
		if (time >= 0)
			continue;
		course->unanswered++;
		fprintf(stderr, "%s: %s, %s: %s\n", course->name, step->sort, step->name,
			time == -EALREADY ? "its answer was there before" : "no answer");
		/* Nothing is as the next step expects it. */
		break;
	}
	viewer_stop(&viewer);
}

/* Of one sort, or of all where that is NULL. */
static void print_sort(const struct course *course, const char *sort)
{
	double *times = memory_alloc(course->count * sizeof(*times));
	size_t count = 0, late = 0;
	const struct key_step *worst = NULL;
	struct spread spread;

	for (size_t i = 0; i < course->count; i++) {
		if (sort && strcmp(course->typed[i]->sort, sort))
			continue;
		if (!worst || course->times[i] > spread.most) {
			worst = course->typed[i];
			spread.most = course->times[i];
		}
		late += course->times[i] > WANTED;
		times[count++] = course->times[i];
	}
	if (count) {
		spread = spread_of(times, count);
		printf("  %-9s %6zu %8.1f %8.1f %8.1f %6zu   %s%s%s\n", sort ? sort : "all", count,
		       spread.median, spread_share(times, count, 0.99), spread.most, late,
		       sort ? "" : worst->sort, sort ? "" : ", ", worst->name);
	}
	free(times);
}

static void print(const struct course *course)
{
	const char *sorts[SORTS];
	size_t count = 0, i;

	printf("\n%s\n  %-9s %6s %8s %8s %8s %6s   %s\n", course->name, "ms", "keys", "median",
	       "99 %", "worst", ">50", "the worst key");
	print_sort(course, NULL);
	for (const struct key_step *step = course->steps; step->sort; step++) {
		for (i = 0; i < count && strcmp(sorts[i], step->sort); i++)
			;
		if (i < count || count == SORTS)
			continue;
		sorts[count++] = step->sort;
		print_sort(course, step->sort);
	}
	if (course->unanswered)
		printf("  %zu keys had no answer within %.0f s\n", course->unanswered,
		       (double)LONGEST / 1e9);
}

static void measure_keys(size_t keys)
{
	char pid[16];
	char *usual[] = {bench_vastop(), pid, NULL};
	char *often[] = {bench_vastop(), (char *)"--delay=0.1", (char *)"--budget=100", pid, NULL};
	char *htop[] = {(char *)"htop", (char *)"-d", (char *)"10", NULL};
	struct course courses[] = {
		{.name = "vastop PID", .argv = usual, .steps = key_courses_vastop()},
		{.name = "vastop --delay=0.1 --budget=100 PID",
		 .argv = often,
		 .steps = key_courses_vastop()},
		{.name = "htop", .argv = htop, .steps = key_courses_htop()},
	};
	size_t count = sizeof(courses) / sizeof(courses[0]) - !bench_has_program("htop");
	unsigned int seed = 1;
	int orders;
	pid_t target = start(churn, &orders);

	snprintf(pid, sizeof(pid), "%d", (int)target);
	usleep(500000); /* for its mappings to stand; how many there are does not matter much */
	for (size_t i = 0; i < count; i++) {
		courses[i].room = keys;
		courses[i].times = memory_alloc(keys * sizeof(*courses[i].times));
		courses[i].typed = memory_alloc(keys * sizeof(const struct key_step *));
	}
	while (courses[0].count < keys || courses[1].count < keys)
		for (size_t i = 0; i < count; i++)
			type_course(&courses[i], &seed);
	child_end(target);
	close(orders);
	for (size_t i = 0; i < count; i++) {
		print(&courses[i]);
		free(courses[i].times);
		free((void *)courses[i].typed);
	}
	if (count < sizeof(courses) / sizeof(courses[0]))
		printf("\nhtop is not installed\n");
}

int main(int argc, char *argv[])
{
	size_t keys = argc > 1 ? strtoul(argv[1], NULL, 10) : KEYS;

	signal(SIGPIPE, SIG_IGN);
	measure_growth();
	measure_keys(keys ? keys : KEYS);
	return 0;
}
