/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Memory of all sorts of residency: in parts, the zero page, huge pages, guard pages, locked,
 * shared. usage closed: also one that others of its user may not look into.
 */

#include "target.h"

#include <string.h>
#include <sys/prctl.h>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102 /* Linux 6.13 */
#endif

enum { PAGE = 4096, MIB = 1024 * 1024 };

/* Memory that nothing was done with yet; by default the kernel may use huge pages for it. */
static char *map(size_t size, int flags)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);

	target_need(memory != MAP_FAILED, "mmap");
	return memory;
}

static void touch(char *memory, size_t size, size_t step)
{
	for (size_t i = 0; i < size; i += step)
		memory[i] = 1;
}

static void map_in_parts(void)
{
	char *memory = map(8 * MIB, MAP_PRIVATE);

	madvise(memory, 8 * MIB, MADV_NOHUGEPAGE);
	touch(memory, 2 * MIB, (size_t)2 * PAGE);
	touch(memory + 6 * MIB, MIB, PAGE);
	/* Guard pages look like swapped ones where one does not ask; older kernels have none. */
	madvise(memory + 6 * MIB, (size_t)8 * PAGE, MADV_GUARD_INSTALL);
}

/* What is only read has the one page of zeroes, which is nobody's. */
static void map_zeroes(void)
{
	volatile char *memory = map(MIB, MAP_PRIVATE);
	int sum = 0;

	madvise((void *)memory, MIB, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < MIB; i += PAGE)
		sum += memory[i];
	target_need(sum == 0, "zeroes");
}

static void map_flags(void)
{
	char *huge = map(6 * MIB, MAP_PRIVATE);
	char *locked = map(4 * PAGE, MAP_PRIVATE);
	char *shared = map(MIB, MAP_SHARED);

	madvise(huge, 6 * MIB, MADV_HUGEPAGE);
	touch(huge, 6 * MIB, PAGE);
	/* RLIMIT_MEMLOCK may forbid the one, an old kernel the other: then it is so in smaps. */
	(void)!mlock(locked, 4 * PAGE);
	madvise(locked, 4 * PAGE, MADV_DONTDUMP);
	touch(shared, MIB / 2, PAGE);
}

int main(int argc, char **argv)
{
	target_start();
	map_in_parts();
	map_zeroes();
	map_flags();
	if (argc > 1 && !strcmp(argv[1], "closed"))
		target_need(!prctl(PR_SET_DUMPABLE, 0), "prctl");
	target_ready();
	return 0;
}
