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

#include "elf_maker.h"
#include "files/built_file.h"
#include "files/elf_file.h"
#include "files/mapped_open.h"
#include "inside/debug_link.h"
#include "inside/elf_headers.h"
#include "model/vma.h"

#define OWN "/proc/self/exe"

/* The path of this program, and its build-id; false: it was linked without one. */
static bool read_own(char *path, size_t size, struct build_id *build_id)
{
	int descriptor = open(OWN, O_RDONLY | O_CLOEXEC);
	struct file_reader file;
	struct elf_header header;
	struct debug_link link = {0};
	struct stat status;
	ssize_t length = readlink(OWN, path, size - 1);

	assert_true(descriptor >= 0 && length > 0);
	path[length] = '\0';
	assert_int_equal(fstat(descriptor, &status), 0);
	file = elf_file_reader(&descriptor, (uint64_t)status.st_size);
	assert_int_equal(elf_header_read(&file, &header), 0);
	(void)debug_link_read(&file, &header, &link);
	close(descriptor);
	*build_id = link.build_id;
	return build_id->size != 0;
}

static void finds_the_build(void **state)
{
	struct vma vma = {.inode = 1, .dev_major = VMA_UNNUMBERED};
	struct build_id build_id;
	struct mapped_found found;
	char path[4096];
	int descriptor;

	(void)state;
	if (!read_own(path, sizeof(path), &build_id))
		skip();
	vma.name = path;
	descriptor = built_file_find(&vma, &build_id, &found);
	assert_true(descriptor >= 0);
	assert_int_equal(found.identity, FILE_IDENTITY_PROVEN);
	assert_true(S_ISREG(found.stat.stx_mode) && found.stat.stx_size > 0);
	close(descriptor);
	build_id.bytes[0] ^= 1;
	assert_int_equal(built_file_find(&vma, &build_id, &found), -ENOENT);
	build_id.size = 0;
	assert_int_equal(built_file_find(&vma, &build_id, &found), -ENOENT);
}

static void opens_no_others(void **state)
{
	static const char *const names[] = {"",
					    "[heap]",
					    "relative",
					    "/dev/null",
					    "/proc/self/exe",
					    "/tmp",
					    "/there/is/no/such/file",
					    "/etc/passwd"};
	const struct build_id build_id = {.size = 20};
	struct mapped_found found;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct vma vma = {.name = names[i], .inode = 1, .dev_major = VMA_UNNUMBERED};

		assert_int_equal(built_file_find(&vma, &build_id, &found), -ENOENT);
	}
}

/* A file with a build-id of so many bytes; 0: without one. */
static void put_file(const char *path, size_t size)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct elf_maker maker;

	elf_maker_init(&maker, false, false);
	if (size)
		elf_maker_put_build_id(&maker, size);
	assert_int_equal(write(file, maker.bytes, sizeof(maker.bytes)), sizeof(maker.bytes));
	close(file);
}

static void the_whole_build_id_counts(void **state)
{
	static const struct {
		size_t size;
		struct build_id wanted;
		bool found;
	} cases[] = {
		{4, {4, {1, 2, 3, 4}}, true},  {4, {4, {1, 2, 3, 5}}, false},
		{4, {4, {0, 2, 3, 4}}, false}, {4, {3, {1, 2, 3}}, false},
		{4, {5, {1, 2, 3, 4}}, false}, {0, {0, {0}}, false},
		{1, {1, {1}}, true},           {4, {0, {1, 2, 3, 4}}, false},
	};
	char folder[] = "/tmp/vastop-test-XXXXXX", path[64];
	struct vma vma = {.inode = 1, .dev_major = VMA_UNNUMBERED, .name = path};

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/file", folder);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mapped_found found = {.identity = FILE_IDENTITY_NONE};
		struct stat stat_path;
		int file;

		put_file(path, cases[i].size);
		assert_int_equal(stat(path, &stat_path), 0);
		file = built_file_find(&vma, &cases[i].wanted, &found);
		if (!cases[i].found) {
			assert_int_equal(file, -ENOENT);
			assert_int_equal(found.identity, FILE_IDENTITY_NONE);
			continue;
		}
		assert_true(file >= 0);
		assert_true(fcntl(file, F_GETFL) & O_PATH);
		close(file);
		assert_int_equal(found.identity, FILE_IDENTITY_PROVEN);
		assert_int_equal(found.stat.stx_ino, stat_path.st_ino);
		assert_int_equal(found.stat.stx_size, stat_path.st_size);
		assert_int_equal(found.stat.stx_mtime.tv_sec, stat_path.st_mtim.tv_sec);
		assert_int_equal(found.stat.stx_mtime.tv_nsec, stat_path.st_mtim.tv_nsec);
	}
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_build),
		cmocka_unit_test(opens_no_others),
		cmocka_unit_test(the_whole_build_id_counts),
	};

	return cmocka_run_group_tests_name("built_file", tests, NULL, NULL);
}
