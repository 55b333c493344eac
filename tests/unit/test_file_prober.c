/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/text.h"
#include "files/file_prober.h"
#include "kernel/procfs_options.h"
#include "model/target.h"
#include "model/vma.h"

#define PID      77
#define PATIENCE 20000 /* milliseconds */

/* A recorded tree with one process, in whose root a file lies. */
struct tree {
	char path[64];
	struct stat file;
	struct file_prober *prober;
};

static void make(struct tree *tree, const char *name, bool folder)
{
	struct text path = {0};

	text_append_format(&path, "%s/%s", tree->path, name);
	if (folder) {
		assert_int_equal(mkdir(text_string(&path), 0700), 0);
	} else {
		int file = open(text_string(&path), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

		assert_int_equal(write(file, "bytes", 5), 5);
		fstat(file, &tree->file);
		close(file);
	}
	text_finish(&path);
}

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));
	struct procfs_options options;

	assert_non_null(tree);
	strcpy(tree->path, "file-prober-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	make(tree, "77", true);
	make(tree, "77/root", true);
	make(tree, "77/root/file", false);
	options = (struct procfs_options){.root = tree->path};
	assert_int_equal(file_prober_create(&options, &tree->prober), 0);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"77/root/file", "77/root", "77"};
	struct tree *tree = *state;

	file_prober_destroy(tree->prober);
	for (size_t i = 0; i < 3; i++) {
		struct text path = {0};

		text_append_format(&path, "%s/%s", tree->path, names[i]);
		remove(text_string(&path));
		text_finish(&path);
	}
	rmdir(tree->path);
	free(tree);
	return 0;
}

static struct vma vma_of(const struct tree *tree, const char *name)
{
	return (struct vma){
		.start = 0x1000,
		.end = 0x2000,
		.name = name,
		.inode = tree->file.st_ino,
		.dev_major = major(tree->file.st_dev),
		.dev_minor = minor(tree->file.st_dev),
	};
}

static struct file_answer wait_for(struct tree *tree)
{
	struct pollfd wait = {.fd = file_prober_descriptor(tree->prober), .events = POLLIN};
	struct file_answer answer;

	do
		assert_int_equal(poll(&wait, 1, PATIENCE), 1);
	while (!file_prober_take(tree->prober, &answer));
	return answer;
}

static void a_question_is_answered(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of(tree, "/file");
	struct file_answer answer;

	file_prober_ask(tree->prober, PID, &vma, 4096);
	answer = wait_for(tree);
	assert_int_equal(answer.start, 0x1000);
	assert_int_equal(answer.inode, tree->file.st_ino);
	assert_int_equal(answer.facts.size, 5);
	assert_false(file_prober_take(tree->prober, &answer));
}

static void what_cannot_be_had_is_unknown(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of(tree, "/other");

	file_prober_ask(tree->prober, PID, &vma, 4096);
	assert_true(wait_for(tree).facts.size == TARGET_UNKNOWN);
	vma.name = "/file";
	file_prober_ask(tree->prober, PID + 1, &vma, 4096);
	assert_true(wait_for(tree).facts.size == TARGET_UNKNOWN);
}

static void the_newest_question_is_answered_in_the_end(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of(tree, "/other");
	struct file_answer answer;

	for (int i = 0; i < 100; i++) {
		vma.start = (uint64_t)i << 12;
		if (i == 99)
			vma.name = "/file";
		file_prober_ask(tree->prober, PID, &vma, 4096);
	}
	do
		answer = wait_for(tree);
	while (answer.start != UINT64_C(99) << 12);
	assert_int_equal(answer.facts.size, 5);
}

static void a_question_that_waits_ends_with_the_thread(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of(tree, "/file");

	for (int i = 0; i < 100; i++)
		file_prober_ask(tree->prober, PID, &vma, 4096);
	file_prober_destroy(tree->prober);
	file_prober_destroy(NULL);
	tree->prober = NULL;
}

static void one_look_needs_no_thread(void **state)
{
	struct tree *tree = *state;
	struct procfs_options options = {.root = tree->path};
	struct vma vma = vma_of(tree, "/file");
	struct file_facts facts = {0};

	assert_int_equal(file_prober_probe(&options, PID, &vma, 4096, &facts), 0);
	assert_int_equal(facts.size, 5);
	vma.name = "/none";
	assert_int_equal(file_prober_probe(&options, PID, &vma, 4096, &facts), -ENOENT);
	assert_int_equal(facts.size, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_question_is_answered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_look_needs_no_thread, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_cannot_be_had_is_unknown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_newest_question_is_answered_in_the_end, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_question_that_waits_ends_with_the_thread, set_up,
						tear_down),
	};

	return cmocka_run_group_tests_name("file_prober", tests, NULL, NULL);
}
