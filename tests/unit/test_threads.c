/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sampler/maps_parser.h"
#include "sampler/threads.h"

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
	struct threads threads = {0};
	struct maps_parser maps;

	(void)state;
	assert_true(directory >= 0);
	maps_parser_init(&maps);
	assert_int_equal(maps_parser_read(&maps, directory, "maps"), 0);
	for (int i = 0; i < 3; i++) {
		threads_read(&threads, directory, 29562, maps.vmas, maps.count);
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
	tree->directory = open(tree->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
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

static void asks_again_only_who_told_nothing(void **state)
{
	struct threads threads = {0};
	struct tree tree;

	(void)state;
	make_tree(&tree);
	write_answer(&tree, 10, "0 0x1 0x9\n");
	write_answer(&tree, 11, "-1 0x1800 0x9\n");
	write_answer(&tree, 12, "running\n");
	threads_read(&threads, tree.directory, 10, stacks, 3);
	assert_int_equal(threads.stack_count, 1);
	assert_int_equal(threads.stacks[0].tid, 11);
	assert_int_equal(threads.stacks[0].address, 0x1800);

	write_answer(&tree, 11, "-1 0x1900 0x9\n"); /* not asked: it is still on its stack */
	write_answer(&tree, 12, "-1 0x3800 0x9\n");
	threads_read(&threads, tree.directory, 10, stacks, 3);
	assert_int_equal(threads.stack_count, 2);
	assert_int_equal(threads.stacks[0].address, 0x1800);
	assert_int_equal(threads.stacks[1].address, 0x3800);

	threads_read(&threads, tree.directory, 10, stacks + 2, 1); /* its stack is gone */
	assert_int_equal(threads.stacks[0].address, 0x1900);
	remove_thread(&tree, 11);
	threads_read(&threads, tree.directory, 10, stacks, 3);
	assert_int_equal(threads.stack_count, 1);
	assert_int_equal(threads.stacks[0].tid, 12);
	remove_thread(&tree, 10);
	remove_thread(&tree, 12);
	threads_finish(&threads);
	remove_tree(&tree);
}

static void no_task_folder_means_no_threads(void **state)
{
	struct threads threads = {0};

	(void)state;
	threads_read(&threads, -1, 10, stacks, 3);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_each_thread_s_stack),
		cmocka_unit_test(asks_again_only_who_told_nothing),
		cmocka_unit_test(no_task_folder_means_no_threads),
		cmocka_unit_test(opens_a_thread_that_outlives_the_main_one),
	};

	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
