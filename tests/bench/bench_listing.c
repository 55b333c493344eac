/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What listing a process's mappings costs next to the bare reading of the same maps file. Both
 * are measured in turn in one run, so that a noisy machine disturbs both alike. Prints, for
 * children with a given number of mappings and for a library-heavy program, the medians in
 * microseconds and their ratio; argument: how many rounds (default 400).
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/maps_file.h"
#include "procfs/maps_parser.h"
#include "support/child.h"
#include "support/stopwatch.h"

#define ROUNDS     400
#define READ_BYTES (64 * 1024)

/* Runs the command; ready when it says so. */
static pid_t start_command(char *const command[])
{
	int ready[2];
	char byte;
	pid_t child;

	if (pipe2(ready, O_CLOEXEC))
		return -1;
	child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ready[1], STDOUT_FILENO);
		execvp(command[0], command);
		_exit(127);
	}
	close(ready[1]);
	(void)!read(ready[0], &byte, 1);
	close(ready[0]);
	return child;
}

static double time_read(int directory)
{
	static char bytes[READ_BYTES];
	double start = stopwatch_us();
	int file = openat(directory, "maps", O_RDONLY | O_CLOEXEC);

	while (read(file, bytes, sizeof(bytes)) > 0)
		;
	close(file);
	return stopwatch_us() - start;
}

static double time_list(struct maps_parser *parser, int directory)
{
	double start = stopwatch_us();

	if (maps_file_read(parser, directory, "maps"))
		return -1;
	return stopwatch_us() - start;
}

static void measure(const char *name, pid_t child, size_t rounds)
{
	double *bare = memory_alloc(rounds * sizeof(*bare));
	double *list = memory_alloc(rounds * sizeof(*list));
	struct maps_parser parser;
	char path[32];
	double bare_median, list_median;
	int directory;

	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	maps_parser_init(&parser, (struct hash_key){{0}});
	time_read(directory);
	time_list(&parser, directory);
	for (size_t i = 0; i < rounds; i++) {
		bare[i] = time_read(directory);
		list[i] = time_list(&parser, directory);
	}
	bare_median = stopwatch_median(bare, rounds);
	list_median = stopwatch_median(list, rounds);
	printf("%-16s %8zu %12.1f %12.1f %8.2f %10.1f\n", name, parser.count, bare_median,
	       list_median, list_median / bare_median,
	       parser.count ? (list_median - bare_median) * 1e3 / (double)parser.count : 0);
	fflush(stdout);
	maps_parser_finish(&parser);
	close(directory);
	free(bare);
	free(list);
}

static void measure_child(const char *name, size_t count, char *const command[], size_t rounds)
{
	pid_t child = command ? start_command(command) : child_start(child_map_pages, &count);

	if (child < 0)
		return;
	measure(name, child, rounds);
	child_end(child);
}

int main(int argc, char *argv[])
{
	char *python[] = {"python3", "-c",
			  "import ssl, sqlite3, ctypes, decimal, lzma, bz2, asyncio, sys, signal\n"
			  "sys.stdout.write('.'); sys.stdout.flush(); signal.pause()",
			  NULL};
	size_t rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : ROUNDS;

	memory_keep_compact();
	if (rounds == 0)
		rounds = ROUNDS;
	printf("%-16s %8s %12s %12s %8s %10s\n", "target", "maps", "read us", "list us", "ratio",
	       "ns/line");
	measure_child("small", 0, NULL, rounds);
	measure_child("1 024", 1000, NULL, rounds);
	measure_child("10 000", 10000, NULL, rounds / 4 + 1);
	measure_child("65 000", 65000, NULL, rounds / 16 + 1);
	measure_child("python3", 0, python, rounds);
	return 0;
}
