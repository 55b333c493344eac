/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * changes LIBRARY: changes its address space on command. For each line on stdin, the name of a
 * step and perhaps a number of bytes, it does that step and answers "done START END" in
 * hexadecimal: the range that was mapped, unmapped, grown, moved or protected, as it is after the
 * step (what was unmapped: as it was); 0 0 where a step has none. What is mapped lies far from
 * everything else and from each other, so that nothing merges by chance, and nothing is allocated
 * on the way.
 */

#include "target.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#define KIB      ((size_t)1024)
#define MIB      (1024 * KIB)
#define FAR_AWAY ((size_t)64 << 30)
#define PLACE    (64 * MIB) /* from one thing to the next */

/* Sizes and offsets that the test knows. */
#define BLOCK_SIZE  MIB
#define CODE_SIZE   (64 * KIB)
#define PART_OFFSET (16 * KIB)
#define PART_SIZE   (8 * KIB)
#define STACK_SIZE  (256 * KIB)

struct range {
	char *start;
	size_t size;
};

struct world {
	char *const *argv;
	const char *object_path;
	void *library;
	char *base; /* of the places */
	struct range block, code, moving, stack;
	pthread_t thread;
	int hold[2]; /* a pipe whose end ends the thread */
};

/* The free address of a place. */
static char *place(const struct world *world, int number)
{
	return world->base + (size_t)number * PLACE;
}

static struct range map(char *start, size_t size)
{
	void *mapped = mmap(start, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	target_need(mapped == start, "mmap");
	return (struct range){start, size};
}

static struct range part(struct range range, size_t offset, size_t size)
{
	return (struct range){range.start + offset, size};
}

static struct range unmap(struct range range)
{
	target_need(!munmap(range.start, range.size), "munmap");
	return range;
}

static struct range protect(struct range range, int protection)
{
	target_need(!mprotect(range.start, range.size, protection), "mprotect");
	return range;
}

static struct range step_heap(struct world *world, intptr_t bytes)
{
	char *end = sbrk(bytes);

	(void)world;
	target_need(end != (void *)-1, "sbrk");
	return bytes < 0 ? (struct range){end + bytes, (size_t)-bytes}
			 : (struct range){end, (size_t)bytes};
}

static struct range step_map(struct world *world, intptr_t bytes)
{
	(void)bytes;
	return world->block = map(place(world, 0), BLOCK_SIZE);
}

static struct range step_unmap_end(struct world *world, intptr_t bytes)
{
	world->block.size -= (size_t)bytes;
	return unmap(part(world->block, world->block.size, (size_t)bytes));
}

/* So many bytes from the middle on. */
static struct range step_unmap_middle(struct world *world, intptr_t bytes)
{
	return unmap(part(world->block, world->block.size / 2, (size_t)bytes));
}

static struct range step_unmap(struct world *world, intptr_t bytes)
{
	(void)bytes;
	return unmap(world->block);
}

static struct range step_map_code(struct world *world, intptr_t bytes)
{
	(void)bytes;
	return world->code = map(place(world, 1), CODE_SIZE);
}

static struct range step_protect(struct world *world, intptr_t protection)
{
	return protect(world->code, (int)protection);
}

static struct range step_protect_part(struct world *world, intptr_t protection)
{
	return protect(part(world->code, PART_OFFSET, PART_SIZE), (int)protection);
}

static struct range step_unmap_code(struct world *world, intptr_t bytes)
{
	(void)bytes;
	return unmap(world->code);
}

static struct range step_map_moving(struct world *world, intptr_t bytes)
{
	(void)bytes;
	return world->moving = map(place(world, 2), MIB);
}

static struct range step_remap(struct world *world, intptr_t bytes)
{
	size_t size = world->moving.size + (size_t)bytes;

	target_need(mremap(world->moving.start, world->moving.size, size, 0) == world->moving.start,
		    "mremap");
	world->moving.size = size;
	return world->moving;
}

/* Elsewhere, and larger by so many bytes. */
static struct range step_move(struct world *world, intptr_t bytes)
{
	size_t size = world->moving.size + (size_t)bytes;
	char *start = place(world, 3);

	target_need(mremap(world->moving.start, world->moving.size, size,
			   MREMAP_MAYMOVE | MREMAP_FIXED, start) == start,
		    "mremap");
	return world->moving = (struct range){start, size};
}

static void *run_thread(void *argument)
{
	const struct world *world = argument;
	char byte;

	while (read(world->hold[0], &byte, 1) < 0)
		;
	return NULL;
}

/* On a stack of its own: one that pthreads map might be merged with a neighbour. */
static struct range step_thread(struct world *world, intptr_t bytes)
{
	pthread_attr_t attributes;

	(void)bytes;
	world->stack = map(place(world, 4), STACK_SIZE);
	target_need(!pipe(world->hold), "pipe");
	pthread_attr_init(&attributes);
	target_need(!pthread_attr_setstack(&attributes, world->stack.start, STACK_SIZE),
		    "pthread_attr_setstack");
	target_need(!pthread_create(&world->thread, &attributes, run_thread, world),
		    "pthread_create");
	pthread_attr_destroy(&attributes);
	return world->stack;
}

static struct range step_thread_end(struct world *world, intptr_t bytes)
{
	(void)bytes;
	close(world->hold[1]);
	target_need(!pthread_join(world->thread, NULL), "pthread_join");
	close(world->hold[0]);
	return unmap(world->stack);
}

static struct range step_dlopen(struct world *world, intptr_t bytes)
{
	(void)bytes;
	world->library = dlopen(world->object_path, RTLD_NOW | RTLD_LOCAL);
	target_need(world->library != NULL, "dlopen");
	return (struct range){0};
}

static struct range step_dlclose(struct world *world, intptr_t bytes)
{
	(void)bytes;
	target_need(!dlclose(world->library), "dlclose");
	return (struct range){0};
}

/* The child changes its own address space, which is none of its parent's business. */
static struct range step_fork(struct world *world, intptr_t bytes)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		map(place(world, 5), MIB);
		_exit(EXIT_SUCCESS);
	}
	(void)bytes;
	target_need(child > 0 && waitpid(child, &status, 0) == child && status == 0, "fork");
	return (struct range){0};
}

/* The new image answers. */
static struct range step_exec(struct world *world, intptr_t bytes)
{
	char *const argv[] = {world->argv[0], world->argv[1], "again", NULL};

	(void)bytes;
	execv("/proc/self/exe", argv);
	target_need(false, "execv");
	return (struct range){0};
}

static struct range step_exit(struct world *world, intptr_t status)
{
	(void)world;
	exit((int)status);
}

static const struct {
	const char *name;
	struct range (*run)(struct world *world, intptr_t number);
} steps[] = {
	{"heap", step_heap},
	{"map", step_map},
	{"unmap-end", step_unmap_end},
	{"unmap-middle", step_unmap_middle},
	{"unmap", step_unmap},
	{"map-code", step_map_code},
	{"protect", step_protect},
	{"protect-part", step_protect_part},
	{"unmap-code", step_unmap_code},
	{"map-moving", step_map_moving},
	{"remap", step_remap},
	{"move", step_move},
	{"thread", step_thread},
	{"thread-end", step_thread_end},
	{"dlopen", step_dlopen},
	{"dlclose", step_dlclose},
	{"fork", step_fork},
	{"exec", step_exec},
	{"exit", step_exit},
};

/* Reads a line without its end; false when stdin has ended. */
static bool read_line(char *line, size_t size)
{
	size_t length = 0;
	int byte;

	while ((byte = target_wait()) >= 0 && byte != '\n')
		if (length + 1 < size)
			line[length++] = (char)byte;
	line[length] = '\0';
	return byte >= 0;
}

static void answer(struct range range)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "done %lx %lx\n", (unsigned long)range.start,
			      (unsigned long)(range.start + range.size));

	target_need(write(STDOUT_FILENO, line, (size_t)length) == length, "write");
}

static void run_step(struct world *world, char *line)
{
	char *number = strchr(line, ' ');
	size_t i = 0;

	if (number)
		*number++ = '\0';
	while (i < sizeof(steps) / sizeof(steps[0]) && strcmp(line, steps[i].name) != 0)
		i++;
	target_need(i < sizeof(steps) / sizeof(steps[0]), line);
	answer(steps[i].run(world, number ? (intptr_t)strtol(number, NULL, 0) : 0));
}

int main(int argc, char **argv)
{
	struct world world = {.argv = argv};
	char line[64];

	target_start();
	target_need(argc > 1, "changes LIBRARY");
	world.object_path = argv[1];
	world.base = target_map(PLACE, PROT_NONE) - FAR_AWAY;
	target_need(!munmap(world.base + FAR_AWAY, PLACE), "munmap");
	/* A heap that malloc() has room in for all that is to come. */
	target_need(sbrk((intptr_t)MIB) != (void *)-1, "sbrk");
	free(malloc(64 * KIB));
	if (argc > 2)
		answer((struct range){0});
	else
		target_say("ready");
	while (read_line(line, sizeof(line)))
		run_step(&world, line);
	return EXIT_SUCCESS;
}
