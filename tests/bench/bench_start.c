/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * How long a user waits for the first answer, measured from outside, from fork to what counts: of
 * a program that prints, its end; of one with a screen, the moment at which its terminal has the
 * whole first picture, and with vastop the moment at which that tells what is in memory. All are
 * run by turns, so that what the machine does meanwhile hits each of them.
 *
 * bench_start [VASTOP...]: other programs to be measured in the place of ./vastop, as one from
 * before a change and one from after it.
 */

#include "kernel/clock.h"
#include "whole_program.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST INT64_C(10000000000)

/*
 * What the terminal has been sent when the picture is there: curses draws from top to bottom, and
 * these are words of the last line of htop and of vastop's footer. Once it is known what is in
 * memory, the legend explains what is absent from it.
 */
#define PICTURE_OF_HTOP   "Quit"
#define PICTURE_OF_VASTOP "quit"
#define WITH_RESIDENCY    "absent"

enum { RUNS = 41, VASTOP_MAX = 4, ROWS_MAX = 5 + 3 * VASTOP_MAX, SENT_MAX = 1 << 18 };

extern char **environ;

/* One line of the table. Without a first word it is a program that prints. */
struct row {
	char name[64];
	char *argv[4];
	const char *words[2]; /* to wait for, one after the other has been sent; NULL: the end */
	bool in_terminal, missing;
	int64_t times[RUNS];
};

struct table {
	struct row rows[ROWS_MAX];
	int count;
};

static int64_t measure_end(char *const argv[])
{
	posix_spawn_file_actions_t actions;
	int64_t begin = clock_ns(CLOCK_MONOTONIC);
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid)
		errx(1, "%s does not start", argv[0]);
	posix_spawn_file_actions_destroy(&actions);
	if (status)
		errx(1, "%s failed", argv[0]);
	return clock_ns(CLOCK_MONOTONIC) - begin;
}

static bool has_sent(const char *sent, size_t length, const char *const words[2])
{
	for (int i = 0; i < 2; i++)
		if (words[i] && !memmem(sent, length, words[i], strlen(words[i])))
			return false;
	return true;
}

/* Reads until all words have come; the end of the program does where there is none to wait for. */
static void read_until(const struct row *row, int terminal, int64_t deadline)
{
	static char sent[SENT_MAX];
	size_t length = 0;

	while (!row->words[0] || !has_sent(sent, length, row->words)) {
		struct pollfd waiting = {.fd = terminal, .events = POLLIN};
		int64_t left = deadline - clock_ns(CLOCK_MONOTONIC);
		ssize_t got;

		if (left <= 0 || length == sizeof(sent))
			errx(1, "%s did not show \"%s\"", row->name, row->words[0]);
		if (poll(&waiting, 1, (int)(left / 1000000) + 1) <= 0)
			continue;
		got = read(terminal, sent + length, sizeof(sent) - length);
		/* A terminal whose program has ended answers EIO. */
		if (got <= 0 && row->words[0])
			errx(1, "%s ended before it showed \"%s\"", row->name, row->words[0]);
		if (got <= 0)
			return;
		length += (size_t)got;
	}
}

static int64_t measure_screen(const struct row *row)
{
	int64_t begin = clock_ns(CLOCK_MONOTONIC), end;
	int terminal;
	pid_t pid = bench_start_in_terminal(row->argv, &terminal);

	read_until(row, terminal, begin + LONGEST);
	end = clock_ns(CLOCK_MONOTONIC);
	bench_stop_in_terminal(pid, terminal);
	return end - begin;
}

static struct row *add(struct table *table, const char *name, char *program, char *option,
		       char *pid)
{
	struct row *row = &table->rows[table->count++];
	int used = 0;

	*row = (struct row){.missing = !bench_has_program(program)};
	snprintf(row->name, sizeof(row->name), "%s", name);
	row->argv[used++] = program;
	if (option)
		row->argv[used++] = option;
	if (pid)
		row->argv[used] = pid;
	return row;
}

static void add_screen(struct table *table, const char *name, char *program, char *pid,
		       const char *picture, const char *then)
{
	struct row *row = add(table, name, program, NULL, pid);

	row->in_terminal = true;
	row->words[0] = picture;
	row->words[1] = then;
}

static void add_vastop(struct table *table, char *program, char *pid)
{
	char name[64];

	snprintf(name, sizeof(name), "%s --once", program);
	add(table, name, program, "--once", pid);
	snprintf(name, sizeof(name), "%s: first picture", program);
	add_screen(table, name, program, pid, PICTURE_OF_VASTOP, NULL);
	snprintf(name, sizeof(name), "%s: with residency", program);
	add_screen(table, name, program, pid, PICTURE_OF_VASTOP, WITH_RESIDENCY);
}

static void measure(struct table *table)
{
	for (int run = 0; run < RUNS; run++) {
		for (int i = 0; i < table->count; i++) {
			/* Each time another one is first: none always follows the same. */
			struct row *row = &table->rows[(run + i) % table->count];

			if (!row->missing)
				row->times[run] = row->in_terminal ? measure_screen(row)
								   : measure_end(row->argv);
		}
	}
}

static void print(struct table *table)
{
	int64_t pmap = 0, median;

	printf("%-36s %8s %8s %8s %8s %8s\n", "", "fastest", "quarter", "median", "3/4", "/pmap");
	for (int i = 0; i < table->count; i++) {
		struct row *row = &table->rows[i];

		if (row->missing) {
			printf("%-36s %8s\n", row->name, "not found");
			continue;
		}
		median = bench_median(row->times, RUNS);
		if (!strcmp(row->name, "pmap"))
			pmap = median;
		printf("%-36s %8.2f %8.2f %8.2f %8.2f", row->name, (double)row->times[0] / 1e6,
		       (double)row->times[RUNS / 4] / 1e6, (double)median / 1e6,
		       (double)row->times[RUNS * 3 / 4] / 1e6);
		if (pmap)
			printf(" %8.2f", (double)median / (double)pmap);
		printf("\n");
	}
	printf("\n");
}

/* A Python that has nothing to do; it ends with the benchmark. Returns 0 where there is none. */
static pid_t start_python(void)
{
	char *argv[] = {"python3", "-c", "import sys; print('ready', flush=True); sys.stdin.read()",
			NULL};

	return bench_has_program(argv[0]) ? bench_start_ready(argv) : 0;
}

static void compare(const char *title, pid_t target, char **programs, int count)
{
	static struct table table;
	char pid[16];

	table.count = 0;
	snprintf(pid, sizeof(pid), "%d", (int)target);
	add(&table, "true", "true", NULL, NULL);
	add(&table, "pmap", "pmap", NULL, pid);
	add_screen(&table, "true in a terminal", "true", NULL, NULL, NULL);
	add_screen(&table, "htop: first picture", "htop", NULL, PICTURE_OF_HTOP, NULL);
	for (int i = 0; i < count; i++)
		add_vastop(&table, programs[i], pid);
	measure(&table);
	printf("start: %s, %d runs by turns; ms\n", title, RUNS);
	print(&table);
}

int main(int argc, char **argv)
{
	char *own[] = {bench_vastop()}, **programs = argc > 1 ? argv + 1 : own;
	int count = argc > 1 ? argc - 1 : 1;
	pid_t python;

	if (count > VASTOP_MAX)
		errx(1, "at most %d programs", VASTOP_MAX);
	compare("25 mappings", bench_start_target("1"), programs, count);
	python = start_python();
	if (python)
		compare("python3", python, programs, count);
	return 0;
}
