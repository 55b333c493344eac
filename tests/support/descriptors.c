/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a unit test has opened it has closed when it ends, or it fails and says what is open:
 * sanitizers look for memory only. Each test has this by LDADD, without calling anything of it.
 * Where there is no /proc nothing is said.
 */

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 2000

static pid_t process;
static int before;

/* How many are open; -1: not known. With say, where each leads. */
static int count_open(bool say)
{
	DIR *folder = opendir("/proc/self/fd");
	struct dirent *entry;
	int count = 0;

	if (!folder)
		return -1;
	while ((entry = readdir(folder))) {
		char target[PATH_MAX];
		ssize_t length =
			readlinkat(dirfd(folder), entry->d_name, target, sizeof(target) - 1);

		if (length < 0)
			continue;
		target[length] = '\0';
		/* SQLite fills the first three numbers with it. */
		if (!strcmp(target, "/dev/null"))
			continue;
		if (say)
			fprintf(stderr, "# %s: %s\n", entry->d_name, target);
		count++;
	}
	closedir(folder);
	return count;
}

__attribute__((constructor)) static void note(void)
{
	process = getpid();
	before = count_open(false);
}

__attribute__((destructor)) static void check(void)
{
	/* Children of the test may end with anything open, and fuzz targets keep what each input
	 * needs. */
	if (process != getpid() || before < 0 ||
	    strncmp(program_invocation_short_name, "test_", 5) != 0)
		return;
	/* Threads that were left behind close theirs when they end. */
	for (int i = 0; i < PATIENCE_MS; i++) {
		if (count_open(false) == before)
			return;
		usleep(1000);
	}
	fprintf(stderr, "# %d descriptors were open at the start, and these are in the end:\n",
		before);
	count_open(true);
	fflush(NULL);
	_exit(EXIT_FAILURE);
}
