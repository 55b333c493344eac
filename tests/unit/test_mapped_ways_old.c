/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Ways to files where the kernel has no openat2(2), or a sandbox refuses it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "call_log.h"
#include "files/mapped_ways.h"
#include "kernel/open_below.h"

static int refusal;

int open_below(int root, const char *path, enum open_below_way way)
{
	assert_true(root >= 0);
	call_log_say("%s%s", path, way == OPEN_BELOW_LINK ? ", a link itself" : "");
	return refusal;
}

static char folder[] = "/tmp/vastop-test-XXXXXX";

/* A recording of a process whose root has a file and a link to it. */
static int set_up(void **state)
{
	int *directory = malloc(sizeof(*directory));

	assert_non_null(directory);
	assert_non_null(mkdtemp(folder));
	*directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_int_equal(mkdirat(*directory, "root", 0700), 0);
	close(openat(*directory, "root/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	assert_int_equal(symlinkat("file", *directory, "root/link"), 0);
	*state = directory;
	return 0;
}

static int tear_down(void **state)
{
	int *directory = *state;

	unlinkat(*directory, "root/file", 0);
	unlinkat(*directory, "root/link", 0);
	unlinkat(*directory, "root", AT_REMOVEDIR);
	close(*directory);
	free(directory);
	return rmdir(folder);
}

/* The type of what the way to the path leads to, or -errno. */
static int type_of(struct mapped_root *root, const char *path)
{
	int opened = mapped_way_open(root, MAPPED_WAY_ROOT, NULL, path);
	struct stat found;

	if (opened < 0)
		return opened;
	assert_int_equal(fstat(opened, &found), 0);
	close(opened);
	return (int)(found.st_mode & S_IFMT);
}

static void a_path_is_looked_up_without_its_slashes(void **state)
{
	static const int refusals[] = {-ENOSYS, -EPERM};
	const int *directory = *state;
	struct mapped_root root;

	for (size_t i = 0; i < 2; i++) {
		refusal = refusals[i];
		mapped_root_init(&root, *directory, 0);
		assert_int_equal(type_of(&root, "/file"), S_IFREG);
		assert_int_equal(type_of(&root, "///file"), S_IFREG);
		assert_int_equal(type_of(&root, "file"), S_IFREG);
		assert_int_equal(type_of(&root, "/link"), S_IFLNK);
		assert_int_equal(type_of(&root, "/nothing"), -ENOENT);
		assert_int_equal(type_of(&root, "/file/x"), -ENOTDIR);
		mapped_root_finish(&root);
		call_log_expect("/file, a link itself\n///file, a link itself\n"
				"file, a link itself\n/link, a link itself\n"
				"/nothing, a link itself\n/file/x, a link itself\n");
	}
}

static void other_errors_are_told(void **state)
{
	static const int refusals[] = {-EACCES, -ENOENT, -EXDEV, -ELOOP};
	const int *directory = *state;
	struct mapped_root root;

	mapped_root_init(&root, *directory, 0);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		refusal = refusals[i];
		assert_int_equal(type_of(&root, "/file"), refusal);
		assert_int_equal(mapped_root_open(&root, true, "/file"), refusal);
		assert_int_equal(mapped_root_open_inside(&root, "/file"), refusal);
		call_log_expect("/file, a link itself\n/file\n/file, a link itself\n");
	}
	mapped_root_finish(&root);
}

static void the_lowest_descriptor_is_one(void **state)
{
	const int *directory = *state;
	struct mapped_root root;
	int opened;

	refusal = -ENOSYS;
	/* What the root opens is above it. */
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		assert_int_equal(open("/dev/null", O_RDONLY), STDIN_FILENO);
	mapped_root_init(&root, *directory, 0);
	assert_false(mapped_root_is_live(&root));
	close(STDIN_FILENO);
	opened = mapped_root_open_inside(&root, "/file");
	assert_int_equal(opened, STDIN_FILENO);
	close(opened);
	mapped_root_finish(&root);
	call_log_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_looked_up_without_its_slashes),
		cmocka_unit_test(other_errors_are_told),
		cmocka_unit_test(the_lowest_descriptor_is_one),
	};

	return cmocka_run_group_tests_name("mapped_ways_old", tests, set_up, tear_down);
}
