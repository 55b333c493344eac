/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "base/text.h"
#include "elf_maker.h"
#include "files/debug_files.h"
#include "files/mapped_ways.h"
#include "inside/debug_link.h"

#define OBJECT "/opt/x"

/* A recorded process, in whose root debug files lie. */
struct tree {
	char path[64];
	int directory;
	struct mapped_root root;
	struct debug_files files;
};

static const char *const folders[] = {
	"root",
	"root/usr",
	"root/usr/lib",
	"root/opt",
	"root/usr/lib/debug",
	"root/usr/lib/debug/.build-id",
	"root/opt/.debug",
	"root/usr/lib/debug/.build-id/01",
};
#define FOLDERS (sizeof(folders) / sizeof(folders[0]))

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	assert_non_null(tree);
	strcpy(tree->path, "debug-files-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	tree->directory = high_descriptor(open(tree->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	for (size_t i = 0; i < FOLDERS; i++)
		assert_int_equal(mkdirat(tree->directory, folders[i], 0700), 0);
	mapped_root_init(&tree->root, tree->directory, 0);
	debug_files_init(&tree->files, &tree->root, OBJECT);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	struct tree *tree = *state;

	debug_files_finish(&tree->files);
	mapped_root_finish(&tree->root);
	for (size_t i = FOLDERS; i > 0; i--)
		unlinkat(tree->directory, folders[i - 1], AT_REMOVEDIR);
	close(tree->directory);
	assert_int_equal(rmdir(tree->path), 0);
	free(tree);
	return 0;
}

static void put(const struct tree *tree, const char *name, const void *bytes, size_t size)
{
	int file = openat(tree->directory, name, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, size), size);
	close(file);
}

static int find(struct tree *tree, const struct debug_link *wanted, const char **ret_path)
{
	struct debug_finder finder = debug_files_finder(&tree->files);
	struct file_reader file;
	char byte;
	int error = finder.find(finder.context, wanted, &file, ret_path);

	if (!error)
		assert_int_equal(file_reader_read(&file, file.size - 1, &byte, 1), 0);
	return error;
}

static const struct debug_link by_build_id = {.build_id = {4, {1, 2, 3, 4}}};

static void finds_by_build_id(void **state)
{
	static const char name[] = "root/usr/lib/debug/.build-id/01/020304.debug";
	struct tree *tree = *state;
	struct elf_maker maker;
	const char *path;

	assert_int_equal(find(tree, &by_build_id, &path), -ENOENT);
	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 4);
	put(tree, name, maker.bytes, sizeof(maker.bytes));
	assert_int_equal(find(tree, &by_build_id, &path), 0);
	assert_string_equal(path, "/usr/lib/debug/.build-id/01/020304.debug");
	unlinkat(tree->directory, name, 0);
	/* One of another build. */
	elf_maker_put_build_id(&maker, 5);
	put(tree, name, maker.bytes, sizeof(maker.bytes));
	assert_int_equal(find(tree, &by_build_id, &path), -ENOENT);
	unlinkat(tree->directory, name, 0);
}

/* Packages have links there; they lead to what the target sees. */
static void follows_links_below_the_root(void **state)
{
	static const char name[] = "root/usr/lib/debug/.build-id/01/020304.debug";
	struct tree *tree = *state;
	struct elf_maker maker;
	const char *path;

	elf_maker_init(&maker, false, false);
	elf_maker_put_build_id(&maker, 4);
	put(tree, "root/opt/y", maker.bytes, sizeof(maker.bytes));
	assert_int_equal(symlinkat("/opt/y", tree->directory, name), 0);
	assert_int_equal(find(tree, &by_build_id, &path), 0);
	unlinkat(tree->directory, "root/opt/y", 0);
	unlinkat(tree->directory, name, 0);
}

static void finds_by_name_and_crc(void **state)
{
	const struct debug_link wanted = {.name = "x.debug", .crc = 0xcbf43926};
	struct tree *tree = *state;
	const char *path;

	assert_int_equal(find(tree, &wanted, &path), -ENOENT);
	/* What has the name but another CRC is passed over. */
	put(tree, "root/opt/x.debug", "12345678?", 9);
	assert_int_equal(find(tree, &wanted, &path), -ENOENT);
	put(tree, "root/opt/.debug/x.debug", "123456789", 9);
	assert_int_equal(find(tree, &wanted, &path), 0);
	assert_string_equal(path, "/opt/.debug/x.debug");
	unlinkat(tree->directory, "root/opt/x.debug", 0);
	unlinkat(tree->directory, "root/opt/.debug/x.debug", 0);
}

/* What lies below our root comes first, if it is what is wanted. */
static void either_root_may_have_it(void **state)
{
	const struct debug_link wanted = {.name = "x.debug", .crc = 0xcbf43926};
	struct tree *tree = *state;
	char folder[4096], object[4200], path_of[4200];
	struct mapped_root root;
	const char *path;

	assert_non_null(getcwd(folder, sizeof(folder)));
	snprintf(object, sizeof(object), "%s/%s/x", folder, tree->path);
	mapped_root_init(&root, tree->directory, 0);
	debug_files_finish(&tree->files);
	debug_files_init(&tree->files, &root, object);
	snprintf(path_of, sizeof(path_of), "%s/%s/x.debug", folder, tree->path);
	put(tree, "x.debug", "123456789", 9);
	assert_int_equal(find(tree, &wanted, &path), 0);
	assert_string_equal(path, path_of);
	assert_true(tree->files.descriptor >= 0);
	/* What was found before is closed. */
	unlinkat(tree->directory, "x.debug", 0);
	assert_int_equal(find(tree, &wanted, &path), -ENOENT);
	assert_true(tree->files.descriptor < 0);
	debug_files_finish(&tree->files);
	mapped_root_finish(&root);
	debug_files_init(&tree->files, &tree->root, OBJECT);
}

/* Names of the kernel's own are in no folder: nothing is sought beside them. */
static void a_name_that_is_no_path_has_no_folder(void **state)
{
	const struct debug_link wanted = {.name = "x.debug", .crc = 0xcbf43926};
	struct tree *tree = *state;
	const char *path;

	put(tree, "root/opt/x.debug", "123456789", 9);
	debug_files_finish(&tree->files);
	debug_files_init(&tree->files, &tree->root, "opt/x");
	assert_int_equal(find(tree, &wanted, &path), -ENOENT);
	debug_files_finish(&tree->files);
	debug_files_init(&tree->files, &tree->root, OBJECT);
	assert_int_equal(find(tree, &wanted, &path), 0);
	unlinkat(tree->directory, "root/opt/x.debug", 0);
}

static void opens_nothing_but_regular_files(void **state)
{
	const struct debug_link wanted = {.name = "x.debug", .crc = 0xcbf43926};
	struct tree *tree = *state;
	const char *path;

	assert_int_equal(mkfifoat(tree->directory, "root/opt/x.debug", 0600), 0);
	assert_int_equal(find(tree, &wanted, &path), -ENOENT);
	unlinkat(tree->directory, "root/opt/x.debug", 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_by_build_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(follows_links_below_the_root, set_up, tear_down),
		cmocka_unit_test_setup_teardown(finds_by_name_and_crc, set_up, tear_down),
		cmocka_unit_test_setup_teardown(either_root_may_have_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_name_that_is_no_path_has_no_folder, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(opens_nothing_but_regular_files, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("debug_files", tests, NULL, NULL);
}
