/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/deleted_names.h"
#include "files/scout.h"

/* A process directory: only its root/ is looked at. */
static int make_root(void **state)
{
	char *folder = strdup("/tmp/vastop-test-XXXXXX");
	int directory;

	if (!mkdtemp(folder))
		return -1;
	directory = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	mkdirat(directory, "root", 0700);
	close(openat(directory, "root/really (deleted)", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	close(directory);
	*state = folder;
	return 0;
}

static int remove_root(void **state)
{
	int directory = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);

	unlinkat(directory, "root/really (deleted)", 0);
	unlinkat(directory, "root", AT_REMOVEDIR);
	close(directory);
	rmdir(*state);
	free(*state);
	return 0;
}

static void resolve(struct vma *vmas, size_t count, int directory, struct name_pool *names)
{
	struct deleted_names deleted = {.known = NULL};
	struct scout scout = {.errands = NULL};

	scout.directory = directory;
	deleted_names_resolve(&deleted, vmas, count, &scout, names);
	deleted_names_finish(&deleted);
}

static void the_file_decides_not_the_text(void **state)
{
	int directory = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	static const char name[] = "/really (deleted)";
	struct name_pool names = {0};
	struct vma vmas[3] = {{.name = name}, {.name = name}, {.name = name}};
	struct stat file;

	assert_int_equal(fstatat(directory, "root/really (deleted)", &file, 0), 0);
	for (int i = 0; i < 3; i++) {
		vmas[i].inode = file.st_ino;
		vmas[i].dev_major = major(file.st_dev);
		vmas[i].dev_minor = minor(file.st_dev);
	}
	vmas[1].inode++; /* another file, "/really", that was deleted */
	resolve(vmas, 3, directory, &names);
	assert_false(vmas[0].deleted);
	assert_string_equal(vmas[0].name, name);
	assert_true(vmas[1].deleted);
	assert_string_equal(vmas[1].name, "/really");
	assert_false(vmas[2].deleted);
	assert_string_equal(vmas[2].name, name);
	name_pool_finish(&names);
	close(directory);
}

static void strips_the_suffix_and_nothing_else(void **state)
{
	static const struct {
		const char *name, *stripped; /* NULL: not deleted */
	} cases[] = {
		{"/gone (deleted)", "/gone"},
		{"/gone (deleted) (deleted)", "/gone (deleted)"},
		{"/memfd:x (deleted)", "/memfd:x"},
		{"/SYSV00000000 (deleted)", "/SYSV00000000"},
		{"/ (deleted)", "/"},
		{"//x (deleted)", "//x"},
		{"/gone(deleted)", NULL},
		{"/gone (deleted) ", NULL},
		{" (deleted)", NULL},
		{"[anon:x (deleted)]", NULL},
		{"[anon (deleted)", NULL},
		{"", NULL},
	};
	int directory = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct name_pool names = {0};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vma vma = {.name = cases[i].name, .inode = 1};

		resolve(&vma, 1, directory, &names);
		assert_int_equal(vma.deleted, cases[i].stripped != NULL);
		assert_string_equal(vma.name, vma.deleted ? cases[i].stripped : cases[i].name);
	}
	name_pool_finish(&names);
	close(directory);
}

static void no_root_means_the_text_decides(void **state)
{
	struct vma vmas[2] = {{.name = "/a (deleted)", .inode = 1}, {.name = "/a", .inode = 1}};
	struct name_pool names = {0};

	(void)state;
	resolve(vmas, 2, -1, &names);
	assert_true(vmas[0].deleted);
	assert_false(vmas[1].deleted);
	name_pool_finish(&names);
}

/* Resolves the names of three files, of which the second one has the whole name. */
static void resolve_three(struct deleted_names *deleted, int directory, size_t count, bool real)
{
	static const char name[] = "/really (deleted)";
	struct vma vmas[3] = {
		{.name = name, .inode = 1}, {.name = name}, {.name = name, .inode = 2}};
	struct name_pool names = {0};
	struct scout scout = {.errands = NULL};
	struct stat file;

	assert_int_equal(fstatat(directory, "root/really (deleted)", &file, 0), 0);
	vmas[1].inode = file.st_ino;
	vmas[1].dev_major = major(file.st_dev);
	vmas[1].dev_minor = minor(file.st_dev);
	scout.directory = real ? directory : -1;
	deleted_names_resolve(deleted, vmas + 3 - count, count, &scout, &names);
	for (size_t i = 3 - count; i < 3; i++)
		assert_int_equal(vmas[i].deleted, i != 1);
	name_pool_finish(&names);
}

static void a_decision_holds(void **state)
{
	int directory = open(*state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	struct deleted_names deleted = {.known = NULL};

	resolve_three(&deleted, directory, 3, true);
	/* Nothing is looked at any more: neither for the same list nor for a shorter one. */
	resolve_three(&deleted, directory, 3, false);
	resolve_three(&deleted, directory, 2, false);
	resolve_three(&deleted, directory, 2, false);
	/* What has come is looked at. */
	for (int i = 0; i < 200; i++)
		resolve_three(&deleted, directory, 2 + i % 2, true);
	deleted_names_finish(&deleted);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_decides_not_the_text),
		cmocka_unit_test(strips_the_suffix_and_nothing_else),
		cmocka_unit_test(no_root_means_the_text_decides),
		cmocka_unit_test(a_decision_holds),
	};

	return cmocka_run_group_tests_name("deleted_names", tests, make_root, remove_root);
}
