/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is said of a file, and what is left open of it: the ways to it are the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call_log.h"
#include "elf_maker.h"
#include "files/file_probe.h"
#include "files/mapped_open.h"
#include "kernel/procfs_options.h"
#include "model/file_facts.h"
#include "model/vma.h"

static struct elf_maker maker;
static int find_error, open_error;

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found)
{
	int file;

	call_log_say("find %s of %s but %u", vma->name, root->directory < 0 ? "none" : "one",
		     root->avoid);
	if (find_error)
		return find_error;
	file = memfd_create("object", MFD_CLOEXEC);
	assert_int_equal(write(file, maker.bytes, sizeof(maker.bytes)), sizeof(maker.bytes));
	*ret_found = (struct mapped_found){.stat = {.stx_size = 12345}};
	return file;
}

int mapped_open(int descriptor)
{
	call_log_say("open");
	return open_error ? open_error : dup(descriptor);
}

static const struct procfs_options options = {.root = "/proc", .avoid = 5};

static struct vma vma;

static int count_open(void)
{
	int count = 0;

	for (int i = 0; i < 64; i++)
		count += fcntl(i, F_GETFD) >= 0;
	return count;
}

static int set_up(void **state)
{
	(void)state;
	elf_maker_init(&maker, false, false);
	find_error = open_error = 0;
	vma = (struct vma){.start = 0x10000,
			   .end = 0x11000,
			   .inode = 7,
			   .name = "/lib/a",
			   .perms = PERM_READ | PERM_EXEC,
			   .kind_source = KIND_SOURCE_ELF};
	call_log_clear();
	return 0;
}

static void expect(int error, bool is_elf, const char *calls)
{
	struct file_facts facts = {.size = 7, .bias = 7};
	int before = count_open();

	assert_int_equal(file_probe(&options, getpid(), &vma, 4096, &facts), error);
	assert_int_equal(count_open(), before);
	call_log_expect(calls);
	assert_int_equal(facts.size, error ? 7 : 12345);
	assert_int_equal(facts.is_elf, is_elf);
	assert_int_equal(facts.bias, error ? 7 : is_elf ? 0x10000 : 0);
}

#define FOUND "find /lib/a of one but 5\n"

static void an_object_is_looked_into(void **state)
{
	(void)state;
	/* Also where the lowest descriptor is that of the file. */
	close(STDIN_FILENO);
	expect(0, true, FOUND "open\n");
	vma.kind_source = KIND_SOURCE_PERMISSIONS;
	expect(0, false, FOUND);
}

static void what_is_no_object_has_a_size(void **state)
{
	(void)state;
	maker.bytes[0] = 'x';
	expect(0, false, FOUND "open\n");
	open_error = -EACCES;
	expect(0, false, FOUND "open\n");
}

static void what_is_not_found_is_told(void **state)
{
	(void)state;
	find_error = -ENOENT;
	expect(-ENOENT, false, FOUND);
	find_error = -EIO;
	expect(-EIO, false, FOUND);
	vma.inode = 0;
	vma.name = "";
	expect(-ENOENT, false, "");
}

#define TEST(function) cmocka_unit_test_setup(function, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_object_is_looked_into),
		TEST(what_is_no_object_has_a_size),
		TEST(what_is_not_found_is_told),
	};

	return cmocka_run_group_tests_name("file_probe_ways", tests, NULL, NULL);
}
