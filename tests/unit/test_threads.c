/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "kernel/maps_file.h"
#include "kernel/threads.h"
#include "procfs/maps_parser.h"

static int open_fixture(const char *path)
{
	const char *source = getenv("top_srcdir");
	char full[4096];

	snprintf(full, sizeof(full), "%s/tests/fixtures/%s", source ? source : ".", path);
	return open(full, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void finds_each_thread_s_stack(void **state)
{
	int directory = open_fixture("python-threads/29562");
	const struct threads_place place = {
		.directory = directory, .pid = 29562, .has_others = true};
	struct threads threads = {0};
	struct maps_parser maps;

	(void)state;
	assert_true(directory >= 0);
	maps_parser_init(&maps, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&maps, directory, "maps"), 0);
	for (int i = 0; i < 3; i++) {
		threads_read(&threads, &place, maps.vmas, maps.count);
		assert_int_equal(threads.stack_count, 3);
	}
	assert_int_equal(threads.stacks[0].tid, 29569);
	assert_int_equal(threads.stacks[1].tid, 29570);
	assert_int_equal(threads.stacks[2].tid, 29571);
	for (size_t i = 0; i < 3; i++) {
		size_t inside = 0;

		for (size_t j = 0; j < maps.count; j++)
			inside += maps.vmas[j].start <= threads.stacks[i].address &&
				  threads.stacks[i].address < maps.vmas[j].end &&
				  maps.vmas[j].perms == (PERM_READ | PERM_WRITE);
		assert_int_equal(inside, 1);
	}
	maps_parser_finish(&maps);
	threads_finish(&threads);
	close(directory);
}

/* A process directory whose threads answer what a test writes. */
struct tree {
	char folder[32];
	int directory;
};

static void write_answer(const struct tree *tree, int tid, const char *answer)
{
	char path[64];
	int file;

	snprintf(path, sizeof(path), "task/%d", tid);
	mkdirat(tree->directory, path, 0700);
	snprintf(path, sizeof(path), "task/%d/syscall", tid);
	file = openat(tree->directory, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_int_equal(write(file, answer, strlen(answer)), strlen(answer));
	close(file);
}

static void remove_thread(const struct tree *tree, int tid)
{
	char path[64];

	snprintf(path, sizeof(path), "task/%d/syscall", tid);
	unlinkat(tree->directory, path, 0);
	snprintf(path, sizeof(path), "task/%d", tid);
	unlinkat(tree->directory, path, AT_REMOVEDIR);
}

static void make_tree(struct tree *tree)
{
	strcpy(tree->folder, "/tmp/vastop-test-XXXXXX");
	assert_non_null(mkdtemp(tree->folder));
	tree->directory = high_descriptor(open(tree->folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	mkdirat(tree->directory, "task", 0700);
}

static void remove_tree(const struct tree *tree)
{
	unlinkat(tree->directory, "task", AT_REMOVEDIR);
	close(tree->directory);
	rmdir(tree->folder);
}

static const struct vma stacks[] = {
	{.start = 0x1000, .end = 0x2000, .name = "", .perms = PERM_READ | PERM_WRITE},
	{.start = 0x2000, .end = 0x3000, .name = ""},
	{.start = 0x3000, .end = 0x4000, .name = "", .perms = PERM_READ | PERM_WRITE},
};

static void read_tree(struct threads *threads, int directory, const struct vma *vmas, size_t count)
{
	const struct threads_place place = {.directory = directory, .pid = 10, .has_others = true};

	threads_read(threads, &place, vmas, count);
}

static void asks_who_told_nothing_and_the_others_in_turn(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_tree(&tree);
	write_answer(&tree, 10, "0 0x1 0x9\n");
	write_answer(&tree, 11, "-1 0x1800 0x9\n");
	write_answer(&tree, 12, "running\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 1);
	assert_int_equal(threads.stacks[0].tid, 11);
	assert_int_equal(threads.stacks[0].address, 0x1800);

	write_answer(&tree, 11, "running\n"); /* it is still on its stack, as far as is known */
	write_answer(&tree, 12, "-1 0x3800 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 2);
	assert_int_equal(threads.stacks[0].address, 0x1800);
	assert_int_equal(threads.stacks[1].address, 0x3800);

	write_answer(&tree, 11, "-1 0x1900 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stacks[0].address, 0x1900);
	read_tree(&threads, tree.directory, stacks + 2, 1); /* its stack is gone */
	assert_int_equal(threads.stacks[0].address, 0x1900);
	remove_thread(&tree, 11);
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 1);
	assert_int_equal(threads.stacks[0].tid, 12);
	remove_thread(&tree, 10);
	remove_thread(&tree, 12);
	threads_finish(&threads);
	remove_tree(&tree);
}

/* More threads than are asked again with each sample: all have their turn. */
static void nobody_is_left_out(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_tree(&tree);
	for (int tid = 11; tid < 31; tid++)
		write_answer(&tree, tid, "-1 0x1800 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	for (int tid = 11; tid < 31; tid++)
		write_answer(&tree, tid, "-1 0x3800 0x9\n");
	for (int i = 0; i < 20; i++)
		read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 20);
	for (size_t i = 0; i < 20; i++)
		assert_int_equal(threads.stacks[i].address, 0x3800);
	for (int tid = 11; tid < 31; tid++)
		remove_thread(&tree, tid);
	threads_finish(&threads);
	remove_tree(&tree);
}

/* The stack of thread 11. */
static const struct vma found[] = {{.start = 0x1000,
				    .end = 0x2000,
				    .name = "",
				    .perms = PERM_READ | PERM_WRITE,
				    .kind = KIND_THREAD_STACK,
				    .tid = 11}};

/* Thread 11 was on its stack when it was told whose that is. */
static void make_learnt(struct tree *tree, struct threads *threads)
{
	make_tree(tree);
	write_answer(tree, 11, "-1 0x1800 0x9\n");
	read_tree(threads, tree->directory, stacks, 3);
	assert_int_equal(threads->stacks[0].own, 0);
	threads_learn(threads, found, 1);
}

/* On another stack later, it has one of its own all the same. */
static void remembers_whose_stack_it_was(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_learnt(&tree, &threads);
	write_answer(&tree, 11, "-1 0x3800 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stacks[0].address, 0x3800);
	assert_int_equal(threads.stacks[0].own, 0x1800);
	assert_false(threads.stacks[0].own_on_top);
	/* Running, it may be on either; which one is its own does not change. */
	write_answer(&tree, 11, "running\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stacks[0].address, 0);
	assert_int_equal(threads.stacks[0].own, 0x1800);
	remove_thread(&tree, 11);
	threads_finish(&threads);
	remove_tree(&tree);
}

/* A main thread that is not on its stack is news; on it, it is not. */
static void the_main_thread_counts_elsewhere(void **state)
{
	const struct vma with_stack[] = {stacks[0],
					 {.start = 0x3000,
					  .end = 0x4000,
					  .name = "[stack]",
					  .perms = PERM_READ | PERM_WRITE}};
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_tree(&tree);
	write_answer(&tree, 10, "-1 0x3800 0x9\n");
	read_tree(&threads, tree.directory, with_stack, 2);
	assert_int_equal(threads.stack_count, 0);
	write_answer(&tree, 10, "-1 0x1800 0x9\n");
	read_tree(&threads, tree.directory, with_stack, 2);
	assert_int_equal(threads.stack_count, 1);
	assert_int_equal(threads.stacks[0].tid, 10);
	remove_thread(&tree, 10);
	threads_finish(&threads);
	remove_tree(&tree);
}

static void *wait_for_end(void *end)
{
	pthread_mutex_lock(end);
	pthread_mutex_unlock(end);
	return NULL;
}

/* The C library's own list tells where a thread's stack is, also of one that runs. */
static void the_kernel_tells_whose_stack_it_is(void **state)
{
	const struct threads_place place = {.directory = open("/proc/self", O_PATH | O_CLOEXEC),
					    .pid = getpid(),
					    .has_others = true,
					    .own_namespace = true};
	pthread_mutex_t end = PTHREAD_MUTEX_INITIALIZER;
	struct threads threads = {0};
	struct maps_parser maps;
	pthread_attr_t attributes;
	pthread_t thread;
	size_t size = 0;
	void *start;
	uint64_t top;

	(void)state;
	pthread_mutex_lock(&end);
	assert_int_equal(pthread_create(&thread, NULL, wait_for_end, &end), 0);
	assert_int_equal(pthread_getattr_np(thread, &attributes), 0);
	pthread_attr_getstack(&attributes, &start, &size);
	pthread_attr_destroy(&attributes);
	top = (uint64_t)(uintptr_t)start + size;
	maps_parser_init(&maps, (struct hash_key){{0}});
	do {
		assert_int_equal(maps_file_read(&maps, place.directory, "maps"), 0);
		threads_read(&threads, &place, maps.vmas, maps.count);
	} while (!threads.stack_count || !threads.stacks[0].own);
	assert_in_range(threads.stacks[0].own, (uintptr_t)start, top - 1);
#if defined(__x86_64__)
	assert_true(threads.stacks[0].own_on_top);
	assert_in_range(threads.stacks[0].own, top - 4096, top - 1);
#endif
	pthread_mutex_unlock(&end);
	pthread_join(thread, NULL);
	maps_parser_finish(&maps);
	threads_finish(&threads);
	close(place.directory);
}

static void no_task_folder_means_no_threads(void **state)
{
	struct threads threads = {0};

	(void)state;
	read_tree(&threads, -1, stacks, 3);
	assert_int_equal(threads.stack_count, 0);
	assert_int_equal(threads_open_live(-1, 10), -ESRCH);
	threads_finish(&threads);
}

static void opens_a_thread_that_outlives_the_main_one(void **state)
{
	int directory = open_fixture("leader-exited/29470");
	int sleeper = open_fixture("zombie/30176");
	int task = threads_open_live(directory, 29470);

	(void)state;
	assert_true(task >= 0);
	assert_int_equal(faccessat(task, "maps", R_OK, 0), 0);
	assert_int_equal(threads_open_live(sleeper, 30176), -ESRCH);
	close(task);
	close(directory);
	close(sleeper);
}

/* What it was on is known until it is unmapped, or another thread is on it. */
static void remembers_stacks_of_threads_that_ended(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_learnt(&tree, &threads);
	remove_thread(&tree, 11);
	for (int i = 0; i < 2; i++) {
		read_tree(&threads, tree.directory, stacks, 3);
		assert_int_equal(threads.stack_count, 1);
		assert_int_equal(threads.stacks[0].tid, 0);
		assert_int_equal(threads.stacks[0].own, 0x1800);
	}
	read_tree(&threads, tree.directory, stacks + 1, 2);
	assert_int_equal(threads.stack_count, 0);
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 0);
	threads_finish(&threads);
	remove_tree(&tree);
}

/* Numbers begin anew when there are no more: a new thread may have a lower one. */
static void new_threads_may_have_lower_numbers(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_tree(&tree);
	write_answer(&tree, 20, "-1 0x1800 0x9\n");
	write_answer(&tree, 30, "-1 0x3800 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 2);
	/* Those that stay are not asked again at once: what they told is kept. */
	write_answer(&tree, 20, "running\n");
	write_answer(&tree, 30, "running\n");
	write_answer(&tree, 11, "-1 0x1900 0x9\n");
	write_answer(&tree, 25, "-1 0x3900 0x9\n");
	read_tree(&threads, tree.directory, stacks, 3);
	assert_int_equal(threads.stack_count, 4);
	for (size_t i = 0; i < 4; i++) {
		static const struct thread_stack_pointer expected[] = {
			{.tid = 11, .address = 0x1900},
			{.tid = 20, .address = 0x1800},
			{.tid = 25, .address = 0x3900},
			{.tid = 30, .address = 0x3800}};

		assert_int_equal(threads.stacks[i].tid, expected[i].tid);
		assert_int_equal(threads.stacks[i].address, expected[i].address);
	}
	remove_thread(&tree, 11);
	remove_thread(&tree, 20);
	remove_thread(&tree, 25);
	remove_thread(&tree, 30);
	threads_finish(&threads);
	remove_tree(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_each_thread_s_stack),
		cmocka_unit_test(asks_who_told_nothing_and_the_others_in_turn),
		cmocka_unit_test(nobody_is_left_out),
		cmocka_unit_test(remembers_whose_stack_it_was),
		cmocka_unit_test(the_main_thread_counts_elsewhere),
		cmocka_unit_test(the_kernel_tells_whose_stack_it_is),
		cmocka_unit_test(no_task_folder_means_no_threads),
		cmocka_unit_test(opens_a_thread_that_outlives_the_main_one),
		cmocka_unit_test(remembers_stacks_of_threads_that_ended),
		cmocka_unit_test(new_threads_may_have_lower_numbers),
	};

	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
