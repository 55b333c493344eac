/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * stacks FILE SITUATION...: threads whose stacks are made in all the ways that there are. Each
 * writes a line to FILE: its situation, its ID, and where its own stack begins and ends (decimal).
 * Later, "+" on stdin makes one more stack as glibc 2.42 does, with its guard in the same mapping,
 * "-" ends the newest such thread and unmaps its stack; both are answered with "done".
 */

#include "target.h"

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102 /* Linux 6.13 */
#endif

enum { PAGE = 4096, SIZE = 1024 * 1024, SMALL = 64 * 1024, MOST = 64 };

struct stack {
	const char *name;
	char *memory; /* its lowest byte; NULL: made by the C library */
	size_t size;
	size_t guard; /* below memory */
	char *other;  /* the stack that the thread goes to and waits on; NULL: none */
	pthread_t thread;
	long tid; /* once it is ready */
	sem_t ready, end;
};

static struct stack stacks[MOST];
static int count;
static FILE *list;
static char bss_stack[4 * SMALL] __attribute__((aligned(PAGE)));
static char bss_fiber[4 * SMALL] __attribute__((aligned(PAGE)));

static void wait_for_end(struct stack *stack)
{
	sem_post(&stack->ready);
	while (sem_wait(&stack->end))
		;
}

static struct stack *signalled;

static void handle(int number)
{
	(void)number;
	wait_for_end(signalled);
}

static void run_fiber(unsigned high, unsigned low)
{
	wait_for_end((struct stack *)((uintptr_t)high << 32 | low));
}

static void go_to_fiber(struct stack *stack)
{
	ucontext_t here, there;

	getcontext(&there);
	there.uc_stack.ss_sp = stack->other;
	there.uc_stack.ss_size = SMALL;
	there.uc_link = &here;
	makecontext(&there, (void (*)(void))run_fiber, 2, (unsigned)((uintptr_t)stack >> 32),
		    (unsigned)(uintptr_t)stack);
	swapcontext(&here, &there);
}

static void go_to_handler(struct stack *stack)
{
	const struct sigaction action = {.sa_handler = handle, .sa_flags = SA_ONSTACK};
	const stack_t other = {.ss_sp = stack->other, .ss_size = SMALL};

	signalled = stack;
	sigaltstack(&other, NULL);
	sigaction(SIGUSR1, &action, NULL);
	pthread_kill(pthread_self(), SIGUSR1);
}

static void *run(void *argument)
{
	struct stack *stack = argument;
	pthread_attr_t attributes;
	void *start;
	size_t size;

	target_need(!pthread_getattr_np(pthread_self(), &attributes), "pthread_getattr_np");
	pthread_attr_getstack(&attributes, &start, &size);
	pthread_attr_destroy(&attributes);
	stack->tid = target_thread_id();
	fprintf(list, "%s %ld %ju %ju\n", stack->name, stack->tid, (uintmax_t)(uintptr_t)start,
		(uintmax_t)((uintptr_t)start + size));
	fflush(list);
	if (stack->other && !strncmp(stack->name, "signal", 6))
		go_to_handler(stack);
	else if (stack->other)
		go_to_fiber(stack);
	else
		wait_for_end(stack);
	return NULL;
}

/* Makes the thread, and returns when it waits on the stack that it is to be seen on. */
static void start(const char *name, char *memory, size_t size, char *other, int guarded)
{
	struct stack *stack = &stacks[count++];
	pthread_attr_t attributes;

	*stack = (struct stack){.name = name, .memory = memory, .size = size, .other = other};
	sem_init(&stack->ready, 0, 0);
	sem_init(&stack->end, 0, 0);
	pthread_attr_init(&attributes);
	if (memory)
		target_need(!pthread_attr_setstack(&attributes, memory, size), "setstack");
	else
		pthread_attr_setstacksize(&attributes, size);
	if (!guarded)
		pthread_attr_setguardsize(&attributes, 0);
	target_need(!pthread_create(&stack->thread, &attributes, run, stack), "pthread_create");
	pthread_attr_destroy(&attributes);
	while (sem_wait(&stack->ready))
		;
	target_wait_until_asleep(stack->tid);
}

static char *map(size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);

	target_need(memory != MAP_FAILED, "mmap");
	return memory;
}

/* A stack as glibc makes them since 2.42: its guard is no mapping. */
static void start_merged(const char *name)
{
	char *memory = map(SIZE + PAGE);

	target_need(!madvise(memory, PAGE, MADV_GUARD_INSTALL), "no guard regions");
	start(name, memory + PAGE, SIZE, NULL, 1);
	stacks[count - 1].guard = PAGE;
}

static void end_newest(void)
{
	struct stack *stack = &stacks[--count];

	sem_post(&stack->end);
	pthread_join(stack->thread, NULL);
	munmap(stack->memory - stack->guard, stack->size + stack->guard);
}

static char *guarded_fiber(void)
{
	char *memory = map(SMALL + PAGE);

	mprotect(memory, PAGE, PROT_NONE);
	return memory + PAGE;
}

static void make(const char *name)
{
	if (!strcmp(name, "merged"))
		start_merged(name);
	else if (!strcmp(name, "usual"))
		start(name, NULL, SIZE, NULL, 1);
	else if (!strcmp(name, "unguarded"))
		start(name, NULL, SIZE, NULL, 0);
	else if (!strcmp(name, "mapped"))
		start(name, map(SIZE), SIZE, NULL, 0);
	else if (!strcmp(name, "heap"))
		start(name, malloc(SMALL), SMALL, NULL, 0);
	else if (!strcmp(name, "malloc"))
		start(name, malloc(SIZE), SIZE, NULL, 0);
	else if (!strcmp(name, "bss"))
		start(name, bss_stack, sizeof(bss_stack), NULL, 0);
	else if (!strcmp(name, "fiber"))
		start(name, NULL, SIZE, guarded_fiber(), 1);
	else if (!strcmp(name, "fiber-bss"))
		start(name, NULL, SIZE, bss_fiber, 1);
	else if (!strcmp(name, "signal"))
		start(name, NULL, SIZE, map(SMALL), 1);
	else if (!strcmp(name, "signal-heap"))
		start(name, NULL, SIZE, malloc(SMALL), 1);
	else if (!strcmp(name, "border")) /* the kernel merges nothing across it */
		target_map(PAGE, PROT_READ);
	else
		target_need(0, name);
}

int main(int argc, char **argv)
{
	int order;

	target_start();
	target_need(argc > 1 && (list = fopen(argv[1], "we")), "stacks FILE SITUATION...");
	mallopt(M_MMAP_THRESHOLD, 4 * SMALL);
	/* An arena of a thread may leave so little room above it that the next stack lies below. */
	mallopt(M_ARENA_MAX, 1);
	for (int i = 2; i < argc && i < MOST; i++)
		make(argv[i]);
	target_say("ready");
	while ((order = target_wait()) >= 0) {
		if (order == '+' && count < MOST)
			start_merged("merged");
		else if (order == '-' && count && stacks[count - 1].guard)
			end_newest();
		else
			continue;
		target_say("done");
	}
	return 0;
}
