/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Touches new pages for ever, of which three functions have 60, 30 and 10 of 100: one that is
 * inlined, one in a library, and one whose pages realloc() provides and memset() touches.
 * Arguments: "threads" for 50 threads that do so, "fork" for a child that does as much by another
 * function, "requests" for a process that waits for another one thousands of times a second, and
 * touches some pages now and then; "burst" touches BURST_PIECES of one function at once, and no
 * more.
 */

#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "../target.h"

#define PAGE     ((size_t)4096)
#define PAGES    ((size_t)64) /* in a tenth of a round */
#define THREADS  50
#define PAUSE_MS 200 /* of a thread */

#define BURST_PIECES 300
#define BURST_PAGES  ((size_t)100)

#define REQUEST_PAGES ((size_t)64) /* more than the heap has left at its end */
#define QUIET         32           /* requests of which one touches pages */

void *touch_in_library(size_t size);

static inline __attribute__((always_inline)) void *touch_inlined(size_t size)
{
	volatile char *memory = malloc(size);

	for (size_t at = 0; memory && at < size; at += PAGE)
		memory[at] = 1; /* touch_inlined */
	return (void *)memory;
}

static __attribute__((noinline)) void *touch_by_realloc(size_t size)
{
	char *memory = NULL;
	size_t have = 0;

	while (have < size) {
		size_t more = size / 4;

		memory = realloc(memory, have + more);
		target_need(memory != NULL, "realloc");
		memset(memory + have, 1, more);
		have += more;
	}
	return memory;
}

static __attribute__((noinline)) void *touch_in_child(size_t size)
{
	void *memory = touch_inlined(size);

	__asm__ volatile("" : : "r"(memory) : "memory");
	return memory;
}

static __attribute__((noinline)) void serve(long pause_ms)
{
	void *pieces[] = {
		touch_inlined(6 * PAGES * PAGE),
		touch_in_library(3 * PAGES * PAGE),
		touch_by_realloc(PAGES * PAGE),
	};
	const struct timespec pause = {.tv_sec = 0, .tv_nsec = pause_ms * 1000000};

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		free(pieces[i]);
	nanosleep(&pause, NULL);
}

/* Each begins at another moment: programs do not work in step. */
static void *serve_in_thread(void *delay_us)
{
	usleep((useconds_t)(uintptr_t)delay_us);
	for (;;)
		serve(PAUSE_MS);
	return NULL;
}

static void serve_in_child(void)
{
	target_start();
	for (;;) {
		free(touch_in_child(10 * PAGES * PAGE));
		usleep(20000);
	}
}

/* Asks and waits for the answer, again and again. */
static void ask(int ask, int answer)
{
	char byte = 0;

	target_start();
	while (write(ask, &byte, 1) == 1 && read(answer, &byte, 1) == 1)
		;
	_exit(0);
}

static void touch_for_request(unsigned request)
{
	const size_t size = REQUEST_PAGES * PAGE;

	free(request % 10 < 6   ? touch_inlined(size)
	     : request % 10 < 9 ? touch_in_library(size)
				: touch_by_realloc(size));
}

static void serve_requests(void)
{
	int asked[2], answered[2];
	char byte;

	target_need(!pipe(asked) && !pipe(answered), "pipe");
	if (fork() == 0)
		ask(asked[1], answered[0]);
	target_say("ready");
	for (unsigned i = 0; read(asked[0], &byte, 1) == 1; i++) {
		if (i % QUIET == 0)
			touch_for_request(i / QUIET);
		target_need(write(answered[1], &byte, 1) == 1, "write");
	}
}

static void touch_at_once(void)
{
	for (int i = 0; i < BURST_PIECES; i++)
		target_need(touch_inlined(BURST_PAGES * PAGE) != NULL, "malloc");
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	pthread_t thread;

	target_start();
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	/* Each piece is a mapping of its own, whose pages are new each time. */
	mallopt(M_MMAP_THRESHOLD, 16 * (int)PAGE);
	if (strcmp(what, "burst") == 0)
		touch_at_once();
	if (strcmp(what, "requests") == 0)
		serve_requests();
	if (strcmp(what, "fork") == 0 && fork() == 0)
		serve_in_child();
	for (int i = 0; strcmp(what, "threads") == 0 && i < THREADS; i++)
		target_need(!pthread_create(&thread, NULL, serve_in_thread,
					    (void *)(uintptr_t)(i * PAUSE_MS * 1000 / THREADS)),
			    "pthread_create");
	target_say("ready");
	for (;;)
		serve(strcmp(what, "threads") == 0 ? PAUSE_MS : 20);
}
