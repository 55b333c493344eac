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
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "model/vma.h"
#include "sampler/mapped_open.h"

/* A recorded process: a folder with a root, in which lie a file, a FIFO and links. */
struct tree {
	char path[64];
	int directory;
	struct stat file, fifo;
	struct mapped_root root;
};

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));
	int file;

	assert_non_null(tree);
	snprintf(tree->path, sizeof(tree->path), "mapped-open-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	tree->directory = open(tree->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(mkdirat(tree->directory, "root", 0700), 0);
	file = openat(tree->directory, "root/file", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	assert_int_equal(write(file, "bytes", 5), 5);
	close(file);
	assert_int_equal(mkfifoat(tree->directory, "root/fifo", 0600), 0);
	assert_int_equal(symlinkat("/../../file", tree->directory, "root/link"), 0);
	assert_int_equal(fstatat(tree->directory, "root/file", &tree->file, 0), 0);
	assert_int_equal(fstatat(tree->directory, "root/fifo", &tree->fifo, 0), 0);
	mapped_root_init(&tree->root, tree->directory);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	struct tree *tree = *state;

	mapped_root_finish(&tree->root);
	unlinkat(tree->directory, "root/file", 0);
	unlinkat(tree->directory, "root/fifo", 0);
	unlinkat(tree->directory, "root/link", 0);
	unlinkat(tree->directory, "root", AT_REMOVEDIR);
	close(tree->directory);
	rmdir(tree->path);
	free(tree);
	return 0;
}

static struct vma vma_of(const char *name, const struct stat *stat)
{
	return (struct vma){
		.start = 0x1000,
		.end = 0x2000,
		.name = name,
		.inode = stat->st_ino,
		.dev_major = major(stat->st_dev),
		.dev_minor = minor(stat->st_dev),
	};
}

static void the_mapped_file_is_found_and_read(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/file", &tree->file);
	struct stat stat;
	char bytes[5];
	int found = mapped_find(&tree->root, &vma, &stat), file;

	assert_true(found >= 0);
	assert_int_equal(stat.st_ino, tree->file.st_ino);
	file = mapped_open(found);
	assert_true(file >= 0);
	assert_int_equal(read(file, bytes, sizeof(bytes)), 5);
	assert_memory_equal(bytes, "bytes", 5);
	close(file);
	close(found);
}

static void links_stay_below_the_target_s_root(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/link", &tree->file);
	struct stat stat;
	int found = mapped_find(&tree->root, &vma, &stat);

	/* Only openat2(2) can resolve in a root; without it the link leads nowhere. */
	assert_true(found >= 0 || found == -ENOENT);
	if (found >= 0)
		close(found);
}

static void another_file_of_that_name_is_not_taken(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/file", &tree->file);
	struct stat stat;

	vma.inode++;
	assert_int_equal(mapped_find(&tree->root, &vma, &stat), -ENOENT);
}

static void what_is_no_regular_file_is_never_opened(void **state)
{
	struct tree *tree = *state;
	struct vma vma = vma_of("/fifo", &tree->fifo);
	struct stat stat;

	/* To open the FIFO for reading would wait here for a writer. */
	assert_int_equal(mapped_find(&tree->root, &vma, &stat), -ENOENT);
	vma.name = "/nothing";
	assert_int_equal(mapped_find(&tree->root, &vma, &stat), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_mapped_file_is_found_and_read, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(links_stay_below_the_target_s_root, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(another_file_of_that_name_is_not_taken, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_regular_file_is_never_opened, set_up,
						tear_down),
	};

	return cmocka_run_group_tests_name("mapped_open", tests, NULL, NULL);
}
