/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Built with each hardening on and off by tests/e2e/check.sh. It says "ready" and waits; an
 * argument says what it does besides.
 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef LIBRARY
int library(void);
#endif

static void *hold(void *context)
{
	pause();
	return context;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	size_t size = 1 << 20;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pthread_attr_t attributes;
	pthread_t thread;

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
		pthread_create(&thread, &attributes, hold, NULL);
	if (!strcmp(what, "wx") && mprotect(memory, size, PROT_READ | PROT_WRITE | PROT_EXEC))
		return 77;
	if (!strcmp(what, "heap") && mprotect((void *)((size_t)malloc(100) & -4096), 4096,
					      PROT_READ | PROT_WRITE | PROT_EXEC))
		return 77;
	puts("ready");
	fflush(stdout);
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
