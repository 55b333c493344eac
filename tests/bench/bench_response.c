/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * How soon the screen answers: from a brk call of the process to the terminal, at 100 frames a
 * second; and from a key to the terminal while 60 000 mappings change all the time and a sample
 * takes longer than that.
 */

#include "kernel/clock.h"
#include "whole_program.h"

#include <err.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define LONGEST INT64_C(5000000000)
#define QUIET   INT64_C(30000000)
#define SETTLE  INT64_C(2000000000)

enum { RUNS = 31, MAPPINGS = 60000 };

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

/* Waits for the text, or with NULL for anything, on the terminal; returns when it was there. */
static int64_t wait_for(int terminal, const char *text)
{
	int64_t deadline = clock_ns(CLOCK_MONOTONIC) + LONGEST;
	struct pollfd wait = {.fd = terminal, .events = POLLIN};
	char buffer[65536];
	size_t length = 0;

	while (clock_ns(CLOCK_MONOTONIC) < deadline) {
		ssize_t count;

		if (poll(&wait, 1, 100) <= 0)
			continue;
		/* What was read stays in front, so that a text cut in two is found. */
		if (length > sizeof(buffer) / 2) {
			memmove(buffer, buffer + length - 64, 64);
			length = 64;
		}
		count = read(terminal, buffer + length, sizeof(buffer) - length - 1);
		if (count <= 0)
			break;
		length += (size_t)count;
		if (!text || memmem(buffer, length, text, strlen(text)))
			return clock_ns(CLOCK_MONOTONIC);
	}
	errx(1, "'%s' did not come", text ? text : "anything");
}

static void report(const char *what, int64_t *times, const char *limit)
{
	int64_t median = bench_median(times, RUNS);

	printf("%-46s %8.1f %8.1f %8.1f   %s\n", what, (double)times[0] / 1e6, (double)median / 1e6,
	       (double)times[RUNS - 1] / 1e6, limit);
}

static void measure_growth(void)
{
	char pid[16];
	char *vastop[] = {bench_vastop(), (char *)"--delay=0.01", pid, NULL};
	int64_t times[RUNS];
	int orders, terminal;
	pid_t target = start(grow, &orders), program;

	snprintf(pid, sizeof(pid), "%d", (int)target);
	program = bench_start_in_terminal(vastop, &terminal);
	bench_read_terminal(terminal, SETTLE / 4, clock_ns(CLOCK_MONOTONIC) + SETTLE);
	for (int i = 0; i < RUNS; i++) {
		int64_t begin;

		/* From a silent screen on, so that what comes next is the growth. */
		bench_read_terminal(terminal, QUIET, clock_ns(CLOCK_MONOTONIC) + SETTLE);
		begin = clock_ns(CLOCK_MONOTONIC);
		if (write(orders, "g", 1) != 1)
			err(1, "write");
		times[i] = wait_for(terminal, NULL) - begin;
	}
	bench_stop_in_terminal(program, terminal);
	kill(target, SIGKILL);
	report("brk to terminal, --delay=0.01", times, "at most 20 ms are asked for");
}

static void measure_keys(void)
{
	char pid[16];
	char *vastop[] = {bench_vastop(), (char *)"--delay=0.1", (char *)"--budget=100", pid, NULL};
	int64_t times[RUNS];
	int orders, terminal;
	pid_t target = start(churn, &orders), program;

	snprintf(pid, sizeof(pid), "%d", (int)target);
	usleep(500000); /* for its mappings to stand; how many there are does not matter much */
	program = bench_start_in_terminal(vastop, &terminal);
	bench_read_terminal(terminal, SETTLE, clock_ns(CLOCK_MONOTONIC) + SETTLE);
	for (int i = 0; i < RUNS; i++) {
		int64_t begin = clock_ns(CLOCK_MONOTONIC);

		if (write(terminal, "?", 1) != 1)
			err(1, "write");
		times[i] = wait_for(terminal, "leaves") - begin;
		if (write(terminal, "?", 1) != 1)
			err(1, "write");
		bench_read_terminal(terminal, QUIET, clock_ns(CLOCK_MONOTONIC) + SETTLE / 4);
	}
	bench_stop_in_terminal(program, terminal);
	kill(target, SIGKILL);
	report("key to terminal, 60 000 mappings in motion", times, "at most 50 ms are asked for");
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	printf("%d runs; ms\n%-46s %8s %8s %8s\n", RUNS, "", "fastest", "median", "slowest");
	measure_growth();
	measure_keys();
	return 0;
}
