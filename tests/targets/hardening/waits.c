/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Built with each hardening on and off by tests/e2e/check.sh. It says "ready" and waits; an
 * argument says what it does besides.
 */

#include "../target.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#ifdef LIBRARY
int library(void);
#endif

static void *hold(void *context)
{
	atomic_long *tid = context;

	*tid = target_thread_id();
	pause();
	return NULL;
}

/* Its stack can be found when it waits. */
static void start_thread(const pthread_attr_t *attributes)
{
	static atomic_long tid;
	pthread_t thread;

	target_need(!pthread_create(&thread, attributes, hold, &tid), "pthread_create");
	while (!tid)
		usleep(100);
	target_wait_until_asleep(tid);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	size_t size = 1 << 20;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_attr_t attributes;

#ifdef LIBRARY
	library();
#endif
	pthread_attr_init(&attributes);
	if (!strcmp(what, "unguarded")) {
		/* Something that can be accessed lies below. */
		mprotect(memory, size / 2, PROT_READ);
		pthread_attr_setstack(&attributes, memory + size / 2, size / 2);
	}
	if (!strcmp(what, "thread") || !strcmp(what, "unguarded"))
		start_thread(&attributes);
	if (!strcmp(what, "wx") && mprotect(memory, size, PROT_READ | PROT_WRITE | PROT_EXEC))
		return 77;
	if (!strcmp(what, "heap") && mprotect((void *)((size_t)malloc(100) & -4096), 4096,
					      PROT_READ | PROT_WRITE | PROT_EXEC))
		return 77;
	target_say("ready");
	if (!strcmp(what, "grows"))
		for (int i = 0; i < 10000; i++) {
			memset(malloc(20000), 1, 20000);
			usleep(2000);
		}
	if (!strcmp(what, "turns")) {
		mprotect(memory, size, PROT_READ | PROT_WRITE | PROT_EXEC);
		getchar();
		mprotect(memory, size, PROT_READ);
	}
	pause();
	return 0;
}
