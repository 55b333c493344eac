/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/open_below.h"

/* A root with a file, and a link whose absolute path is below it. */
struct root {
	char path[40];
	int descriptor;
};

static void make(struct root *root)
{
	strcpy(root->path, "/tmp/vastop-below-XXXXXX");
	assert_non_null(mkdtemp(root->path));
	root->descriptor = open(root->path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	assert_true(root->descriptor >= 0);
	close(openat(root->descriptor, "file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	assert_int_equal(symlinkat("/file", root->descriptor, "link"), 0);
}

static void finish(struct root *root)
{
	unlinkat(root->descriptor, "file", 0);
	unlinkat(root->descriptor, "link", 0);
	close(root->descriptor);
	assert_int_equal(rmdir(root->path), 0);
}

/* The sort of what is opened, S_IFREG; 0: the kernel cannot, or not at once. */
static mode_t sort_of(const struct root *root, const char *path, enum open_below_way way)
{
	int opened = open_below(root->descriptor, path, way);
	struct stat stat;

	if (opened == -ENOSYS || opened == -EAGAIN || opened == -EPERM)
		return 0;
	assert_true(opened >= 0);
	assert_int_equal(fstat(opened, &stat), 0);
	assert_int_equal(fcntl(opened, F_GETFL) & O_PATH, O_PATH);
	close(opened);
	return stat.st_mode & S_IFMT;
}

static void links_lead_below_the_root(void **state)
{
	struct root root;

	(void)state;
	make(&root);
	if (!sort_of(&root, "file", OPEN_BELOW)) {
		finish(&root);
		puts("# skipped: the kernel has no openat2");
		skip();
	}
	assert_int_equal(sort_of(&root, "//file", OPEN_BELOW), S_IFREG);
	assert_int_equal(sort_of(&root, "/link", OPEN_BELOW), S_IFREG);
	assert_int_equal(sort_of(&root, "/../../link", OPEN_BELOW), S_IFREG);
	assert_int_equal(sort_of(&root, "/link", OPEN_BELOW_LINK), S_IFLNK);
	assert_true(sort_of(&root, "/file", OPEN_BELOW_CACHED) != S_IFLNK);
	assert_int_equal(open_below(root.descriptor, "/missing", OPEN_BELOW), -ENOENT);
	assert_int_equal(open_below(-1, "/file", OPEN_BELOW), -ENOENT);
	finish(&root);
}

/* Where the kernel can seal, what is sealed can neither be made writable nor replaced. */
static void what_is_asked_for_stays(void **state)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		void *start = (void *)((uintptr_t)open_below_argument(OPEN_BELOW) & ~(page - 1));
		bool seals = syscall(462, 0UL, 0UL, 0UL) == 0;

		open_below_seal();
		if (!seals)
			_exit(77);
		_exit(mprotect(start, page, PROT_READ | PROT_WRITE) && errno == EPERM &&
				      mmap(start, page, PROT_READ,
					   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
					   0) == MAP_FAILED
			      ? 0
			      : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77) {
		puts("# skipped: the kernel has no mseal");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void each_way_has_an_argument_of_its_own(void **state)
{
	(void)state;
	assert_ptr_not_equal(open_below_argument(OPEN_BELOW), open_below_argument(OPEN_BELOW_LINK));
	assert_ptr_not_equal(open_below_argument(OPEN_BELOW_LINK),
			     open_below_argument(OPEN_BELOW_CACHED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_lead_below_the_root),
		cmocka_unit_test(what_is_asked_for_stays),
		cmocka_unit_test(each_way_has_an_argument_of_its_own),
	};

	return cmocka_run_group_tests_name("open_below", tests, NULL, NULL);
}
