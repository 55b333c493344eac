/* SPDX-License-Identifier: GPL-2.0-or-later */

/* All of it at once, on a thread of this process whose guard is no mapping. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "files/target_files.h"
#include "kernel/maps_file.h"
#include "model/classify.h"
#include "model/target.h"
#include "own_pages.h"
#include "procfs/maps_parser.h"
#include "sampler/stack_finder.h"

#define SIZE ((size_t)1 << 20)

static void *wait_for_end(void *end)
{
	pthread_mutex_lock(end);
	pthread_mutex_unlock(end);
	return NULL;
}

static void start(pthread_t *thread, char *stack, pthread_mutex_t *end)
{
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	assert_int_equal(pthread_attr_setstack(&attributes, stack, SIZE), 0);
	assert_int_equal(pthread_create(thread, &attributes, wait_for_end, end), 0);
	pthread_attr_destroy(&attributes);
}

/* The part that is a thread's stack; NULL when there is none. */
static const struct vma *find_stack(const struct stack_finder *look, uint64_t start)
{
	for (size_t i = 0; i < look->stacks.part_count; i++)
		if (look->stacks.parts[i].start == start && look->stacks.parts[i].tid)
			return &look->stacks.parts[i];
	return NULL;
}

static void sample(struct stack_finder *look, const struct target_place *place,
		   struct maps_parser *maps)
{
	const struct target target = {.pid = place->pid, .threads = 2, .page_size = page_size()};
	struct classify_facts facts = {.target = &target};

	assert_int_equal(maps_file_read(maps, place->directory, "maps"), 0);
	stack_finder_read(look, place, maps->vmas, maps->count, &facts);
	classify(maps->vmas, maps->count, &facts, &look->stacks);
	stack_finder_learn(look, maps->vmas, maps->count);
}

static void finds_a_stack_behind_a_guard_region(void **state)
{
	struct target_place place = {.root = open("/proc", O_PATH | O_CLOEXEC),
				     .directory = open("/proc/self", O_PATH | O_CLOEXEC),
				     .pid = getpid(),
				     .live = true};
	char *stack = mmap(NULL, SIZE + page_size(), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
	pthread_mutex_t end = PTHREAD_MUTEX_INITIALIZER;
	const struct vma *found;
	struct stack_finder look = {0};
	struct maps_parser maps;
	pthread_t thread;

	(void)state;
	assert_true(stack != MAP_FAILED);
	place.memory = place.directory;
	if (madvise(stack, page_size(), GUARD_ADVICE)) {
		print_message("this kernel has no guard regions\n");
		skip();
	}
	pthread_mutex_lock(&end);
	start(&thread, stack + page_size(), &end);
	maps_parser_init(&maps, (struct hash_key){{0}});
	do
		sample(&look, &place, &maps);
	while (!(found = find_stack(&look, (uintptr_t)stack + page_size())) &&
	       !look.guards.unsupported);
	if (found)
		assert_int_equal(found->end, (uintptr_t)stack + page_size() + SIZE);
	pthread_mutex_unlock(&end);
	pthread_join(thread, NULL);
	maps_parser_finish(&maps);
	stack_finder_finish(&look);
	munmap(stack, SIZE + page_size());
	close(place.directory);
	close(place.root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_a_stack_behind_a_guard_region),
	};

	return cmocka_run_group_tests_name("stack_finder", tests, NULL, NULL);
}
