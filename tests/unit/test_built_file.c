/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_build),
		cmocka_unit_test(opens_no_others),
	};

	return cmocka_run_group_tests_name("built_file", tests, NULL, NULL);
}
