/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/protection_files.h"
#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "model/protection.h"
#include "model/target.h"

/* A recorded tree with one process. */
struct tree {
	char path[64];
	int process;
};

static void put(const struct tree *tree, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	file = fopen(path, "we");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void make(struct tree *tree, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));
	char path[256];

	assert_non_null(tree);
	strcpy(tree->path, "protection-files-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	make(tree, "77");
	make(tree, "sys");
	make(tree, "sys/kernel");
	snprintf(path, sizeof(path), "%s/77", tree->path);
	tree->process = open(path, O_PATH | O_CLOEXEC);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	struct tree *tree = *state;
	char command[256];

	close(tree->process);
	snprintf(command, sizeof(command), "rm -rf '%s'", tree->path);
	assert_int_equal(system(command), 0);
	free(tree);
	return 0;
}

static struct protection read_tree(const struct tree *tree)
{
	const struct procfs_options options = {.root = tree->path};
	struct protection protection;

	protection_files_read(&options, tree->process, &protection);
	return protection;
}

static void what_is_not_there_is_unknown(void **state)
{
	const struct protection unknown = protection_unknown();
	const struct protection protection = read_tree(*state);

	assert_true(protection.personality == unknown.personality);
	assert_true(protection.randomize == unknown.randomize);
	assert_int_equal(protection.randomized, PROTECTION_UNKNOWN);
	assert_int_equal(protection.can_shadow, PROTECTION_UNKNOWN);
	assert_int_equal(protection.shadows, PROTECTION_UNKNOWN);
	assert_true(protection.guards_unseen);
}

static void each_file_is_read(void **state)
{
	const struct tree *tree = *state;
	static const char stat[] =
		"77 (x) S 1 77 77 0 -1 %s 0 0 0 0 0 0 0 0 20 0 1 0 100 4096 1 "
		"18446744073709551615 1 1 1 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 1 1 1 1 1 1 1 0\n";
	char text[512];
	struct protection protection;

	put(tree, "77/personality", "00040000\n");
	put(tree, "77/status", "Name:\tx\nx86_Thread_features:\tshstk wrss \n");
	put(tree, "sys/kernel/randomize_va_space", "1\n");
	put(tree, "cpuinfo", "processor\t: 0\nflags\t\t: fpu user_shstk\n");
	snprintf(text, sizeof(text), stat, "4194304");
	put(tree, "77/stat", text);
	protection = read_tree(tree);
	assert_true(protection.personality == 0x40000);
	assert_true(protection.randomize == 1);
	assert_int_equal(protection.randomized, PROTECTION_YES);
	assert_int_equal(protection.can_shadow, PROTECTION_YES);
	assert_int_equal(protection.shadows, PROTECTION_YES);
	assert_int_equal(protection.can_guard_jumps, PROTECTION_NO);
	snprintf(text, sizeof(text), stat, "1077936128");
	put(tree, "77/stat", text);
	put(tree, "77/status", "x86_Thread_features:\t\n");
	put(tree, "cpuinfo", "Features\t: fp bti\n");
	protection = read_tree(tree);
	assert_int_equal(protection.randomized, PROTECTION_YES);
	snprintf(text, sizeof(text), stat, "64");
	put(tree, "77/stat", text);
	protection = read_tree(tree);
	assert_int_equal(protection.randomized, PROTECTION_NO);
	assert_int_equal(protection.can_shadow, PROTECTION_NO);
	assert_int_equal(protection.shadows, PROTECTION_NO);
	assert_int_equal(protection.can_guard_jumps, PROTECTION_YES);
	put(tree, "sys/kernel/randomize_va_space", "12\n");
	put(tree, "77/personality", "1f\n");
	protection = read_tree(tree);
	assert_true(protection.randomize == 12);
	assert_true(protection.personality == 0x1f);
	put(tree, "sys/kernel/randomize_va_space", "x\n");
	put(tree, "77/personality", "x\n");
	put(tree, "77/stat", "77 (x\n");
	put(tree, "cpuinfo", "");
	protection = read_tree(tree);
	assert_true(protection.personality == TARGET_UNKNOWN);
	assert_true(protection.randomize == TARGET_UNKNOWN);
	assert_int_equal(protection.randomized, PROTECTION_UNKNOWN);
	assert_int_equal(protection.can_shadow, PROTECTION_UNKNOWN);
}

static void this_kernel_is_read(void **state)
{
	struct procfs_options options = {.root = "/proc"};
	int directory = open("/proc/self", O_PATH | O_CLOEXEC);
	struct protection protection;
	int wanted = personality(0xffffffff);

	(void)state;
	protection_files_read(&options, directory, &protection);
	assert_int_not_equal(protection.randomized, PROTECTION_UNKNOWN);
	assert_int_not_equal(protection.can_shadow, PROTECTION_UNKNOWN);
	assert_false(protection.guards_unseen);
	if (protection.personality != TARGET_UNKNOWN)
		assert_int_equal(protection.personality, wanted);
	options.avoid = AVOID_PAGEMAP;
	protection_files_read(&options, -1, &protection);
	assert_true(protection.guards_unseen);
	options.avoid = AVOID_PIDFD;
	protection_files_read(&options, -1, &protection);
	assert_false(protection.guards_unseen);
	options.avoid = AVOID_PAGEMAP_SCAN;
	protection_files_read(&options, -1, &protection);
	assert_true(protection.guards_unseen);
	assert_int_equal(protection.randomized, PROTECTION_UNKNOWN);
	close(directory);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_there_is_unknown),
		TEST(each_file_is_read),
		TEST(this_kernel_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
