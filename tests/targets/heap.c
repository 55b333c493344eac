/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A heap, and what malloc says of it: heap FILE [SORT...] fragments it, writes there what
 * mallinfo2(3) knows as "NAME NUMBER" lines, and "known" with the address of a chunk that begins
 * with KNOWN, and then "ready" to stdout. The sorts:
 *
 *   threads   eight threads have arenas of their own
 *   trim      what can be given back is
 *   foreign   others move the break meanwhile
 *   blocked   the break cannot be moved: memory comes from mmap
 *   large     more than 32 megabytes of it are in memory
 *   mapped    large chunks have mappings of their own
 *   run       two threads allocate and free without a pause
 *   grow      two threads have more and more, up to some hundred megabytes
 */

#include "target.h"

#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#define BLOCKS  20000
#define THREADS 8
#define RUNNERS 2
#define SMALL   1000
#define GROWTH  200 /* megabytes, of each thread */
#define KNOWN   "known bytes of a chunk"

static void *blocks[BLOCKS];
static pthread_barrier_t barrier;

static int has(char **sorts, const char *sort)
{
	for (; *sorts; sorts++)
		if (strcmp(*sorts, sort) == 0)
			return 1;
	return 0;
}

/* Half of them are holes afterwards. */
static void fragment(void **list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		list[i] = malloc(16 + i * 37 % 1900);
	for (size_t i = 0; i < count; i += 2)
		free(list[i]);
}

static void *have_an_arena(void *unused)
{
	static _Thread_local void *own[SMALL];

	target_start();
	fragment(own, SMALL);
	pthread_barrier_wait(&barrier);
	for (;;)
		pause();
	return unused;
}

static void *run(void *unused)
{
	static _Thread_local void *own[SMALL];

	target_start();
	pthread_barrier_wait(&barrier);
	for (size_t round = 0;; round++) {
		for (size_t i = 0; i < SMALL; i++)
			own[i] = malloc(16 + (i * 37 + round) % 1900);
		for (size_t i = 0; i < SMALL; i++)
			free(own[i]);
	}
	return unused;
}

/* A megabyte at a time, a hundred times a second. */
static void *grow(void *unused)
{
	const struct timespec pause_time = {.tv_nsec = 10000000};

	target_start();
	pthread_barrier_wait(&barrier);
	for (size_t round = 0; round < GROWTH; round++) {
		for (size_t i = 0; i < SMALL; i++)
			memset(malloc(1000), '!', 1000);
		nanosleep(&pause_time, NULL);
	}
	for (;;)
		pause();
	return unused;
}

static void start(void *(*work)(void *), unsigned count)
{
	pthread_t thread;

	pthread_barrier_init(&barrier, NULL, count + 1);
	for (unsigned i = 0; i < count; i++)
		target_need(pthread_create(&thread, NULL, work, NULL) == 0, "pthread_create");
	pthread_barrier_wait(&barrier);
}

/* Others, too, take memory from the break. */
static void move_the_break(void)
{
	void *other = sbrk(12345);

	target_need(other != (void *)-1, "sbrk");
	memset(other, '!', 12345);
}

/* A page behind the break. */
static void block_the_break(void)
{
	uintptr_t end = ((uintptr_t)sbrk(0) + 4095) / 4096 * 4096;

	target_need(mmap((void *)end, 4096, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != MAP_FAILED,
		    "mmap");
}

static void arrange(char **sorts)
{
	fragment(blocks, BLOCKS / 2);
	strcpy(blocks[BLOCKS / 4 - 1], KNOWN);
	if (has(sorts, "foreign"))
		move_the_break();
	if (has(sorts, "blocked"))
		block_the_break();
	fragment(blocks + BLOCKS / 2, BLOCKS / 2);
	if (has(sorts, "large"))
		for (size_t i = 0; i < 40 * 1000; i++) {
			/* Else a compiler may leave out what it sees that nothing reads. */
			char *volatile block = malloc(1000);

			memset(block, '!', 1000);
		}
	if (has(sorts, "mapped"))
		for (size_t i = 1; i < 10; i += 2)
			blocks[i] = malloc(i << 20);
	if (has(sorts, "trim")) {
		for (size_t i = BLOCKS / 4 + 1; i < BLOCKS / 2; i += 2)
			free(blocks[i]);
	}
	if (has(sorts, "threads"))
		start(have_an_arena, THREADS);
	if (has(sorts, "trim"))
		malloc_trim(0);
}

int main(int argc, char **argv)
{
	struct mallinfo2 info;
	FILE *file;
	/* Neither stream takes memory between the question and the answer. */
	static char buffer[BUFSIZ], said[BUFSIZ];

	target_need(argc > 1, "heap FILE [SORT...]");
	target_start();
	setvbuf(stdout, said, _IOLBF, sizeof(said));
	file = fopen(argv[1], "we");
	target_need(file != NULL, argv[1]);
	setvbuf(file, buffer, _IOFBF, sizeof(buffer));
	arrange(argv + 2);
	if (has(argv + 2, "run"))
		start(run, RUNNERS);
	if (has(argv + 2, "grow"))
		start(grow, RUNNERS);
	info = mallinfo2();
	fprintf(file, "system %zu\nused %zu\nfree %zu\ntop %zu\nmapped %zu\nmapped_chunks %zu\n",
		info.arena, info.uordblks, info.fordblks, info.keepcost, info.hblkhd, info.hblks);
	fprintf(file, "known %p\n", blocks[BLOCKS / 4 - 1]);
	fflush(file);
	target_ready();
	return EXIT_SUCCESS;
}
