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
#include <sys/sysmacros.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "dwarf_child.h"
#include "elf_maker.h"
#include "files/dwarf_file.h"
#include "files/dwarf_line.h"
#include "files/libdw.h"
#include "files/mapped_ways.h"
#include "model/vma.h"

#ifdef HAVE_LIBDW
#include "dwarf_maker.h"

/* A recorded process that maps the file /x of its root. */
struct tree {
	char path[64];
	int directory;
	struct mapped_root root;
	struct vma vma;
};

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	assert_non_null(tree);
	strcpy(tree->path, "dwarf-file-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	tree->directory = high_descriptor(open(tree->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	assert_int_equal(mkdirat(tree->directory, "root", 0700), 0);
	mapped_root_init(&tree->root, tree->directory, 0);
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	struct tree *tree = *state;

	mapped_root_finish(&tree->root);
	unlinkat(tree->directory, "root/x", 0);
	unlinkat(tree->directory, "root/x.debug", 0);
	unlinkat(tree->directory, "root", AT_REMOVEDIR);
	close(tree->directory);
	assert_int_equal(rmdir(tree->path), 0);
	free(tree);
	return 0;
}

static void put(const struct tree *tree, const char *name, const void *bytes, size_t size)
{
	int file = openat(tree->directory, name, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);

	assert_int_equal(write(file, bytes, size), size);
	close(file);
}

/* The object, which is what the VMA maps. */
static void put_object(struct tree *tree, const void *bytes, size_t size)
{
	struct stat stat;

	put(tree, "root/x", bytes, size);
	assert_int_equal(fstatat(tree->directory, "root/x", &stat, 0), 0);
	tree->vma = (struct vma){
		.start = 0x1000,
		.end = 0x2000,
		.name = "/x",
		.inode = stat.st_ino,
		.dev_major = major(stat.st_dev),
		.dev_minor = minor(stat.st_dev),
	};
}

/* Debug information with a function of that name at 0x1000. */
static size_t make(const char *name, unsigned char bytes[static DWARF_MAKER_BYTES])
{
	struct dwarf_maker maker = {.codes = 0};
	ssize_t size;
	int file;

	dwarf_unit(&maker, 0x1000, 0x1100);
	dwarf_entry(&maker, DW_TAG_subprogram, false);
	dwarf_string(&maker, DW_AT_name, name);
	dwarf_range(&maker, 0x1000, 0x1010);
	dwarf_entry_end(&maker);
	dwarf_unit_end(&maker);
	file = dwarf_maker_file(&maker);
	size = pread(file, bytes, DWARF_MAKER_BYTES, 0);
	assert_true(size > 0);
	close(file);
	return (size_t)size;
}

/* As gdb's manual has it ("Debugging Information in Separate Files"). */
static uint32_t crc_of(const unsigned char *bytes, size_t size)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static int count_open(void)
{
	int count = 0;

	for (int i = 0; i < 64; i++)
		count += fcntl(i, F_GETFD) >= 0;
	return count;
}

/* Opens it and looks whether it has the function; afterwards nothing is open that was not before.
 */
static void assert_opens(struct tree *tree, const char *function)
{
	int before = count_open();
	struct dwarf_file *file;
	struct dwarf_line line;

	assert_int_equal(dwarf_file_open(&tree->root, &tree->vma, &file), 0);
	assert_non_null(dwarf_file_library(file)->begin);
	assert_int_equal(dwarf_line_find(file, 0x1000, &line, 1), 1);
	assert_string_equal(line.function, function);
	dwarf_file_close(file);
	mapped_root_finish(&tree->root);
	assert_int_equal(count_open(), before);
}

static void assert_fails(struct tree *tree, int error)
{
	struct dwarf_file *const untouched = (struct dwarf_file *)tree, *file = untouched;
	int before;

	mapped_root_finish(&tree->root);
	before = count_open();
	assert_int_equal(dwarf_file_open(&tree->root, &tree->vma, &file), error);
	assert_ptr_equal(file, untouched);
	mapped_root_finish(&tree->root);
	assert_int_equal(count_open(), before);
}

static void an_object_may_have_it_itself(void **state)
{
	unsigned char bytes[DWARF_MAKER_BYTES];
	struct tree *tree = *state;
	size_t size = make("itself", bytes);

	put_object(tree, bytes, size);
	assert_opens(tree, "itself");
}

static void a_debug_file_may_have_it(void **state)
{
	unsigned char bytes[DWARF_MAKER_BYTES];
	size_t size = make("beside", bytes);
	struct tree *tree = *state;
	struct elf_maker object;

	elf_maker_init(&object, false, false);
	put_object(tree, object.bytes, sizeof(object.bytes));
	/* No link, then one to nothing, then to another file. */
	assert_fails(tree, -ENODATA);
	elf_maker_put_debug_link(&object, "x.debug", crc_of(bytes, size));
	put_object(tree, object.bytes, sizeof(object.bytes));
	assert_fails(tree, -ENODATA);
	put(tree, "root/x.debug", bytes, size - 1);
	assert_fails(tree, -ENODATA);
	put(tree, "root/x.debug", bytes, size);
	assert_opens(tree, "beside");
	/* It is the right file, and has none. */
	elf_maker_init(&object, false, false);
	elf_maker_put_debug_link(&object, "x.debug", crc_of((const unsigned char *)"no", 2));
	put_object(tree, object.bytes, sizeof(object.bytes));
	put(tree, "root/x.debug", "no", 2);
	assert_fails(tree, -ENODATA);
}

static void what_has_none_is_an_error(void **state)
{
	struct tree *tree = *state;

	put_object(tree, "bytes", 5);
	assert_fails(tree, -ENODATA);
	tree->vma.inode++;
	assert_fails(tree, -ENOENT);
}

static void a_descriptor_stays_the_callers(void **state)
{
	struct dwarf_file *const untouched = (struct dwarf_file *)state, *file = untouched;
	unsigned char bytes[DWARF_MAKER_BYTES];
	struct tree *tree = *state;
	size_t size = make("function", bytes);
	int descriptor;

	put_object(tree, "bytes", 5);
	descriptor = openat(tree->directory, "root/x", O_RDONLY | O_CLOEXEC);
	assert_int_equal(dwarf_file_open_descriptor(descriptor, &file), -ENODATA);
	assert_ptr_equal(file, untouched);
	put_object(tree, bytes, size);
	assert_int_equal(dwarf_file_open_descriptor(descriptor, &file), 0);
	assert_non_null(dwarf_file_handle(file));
	dwarf_file_close(file);
	assert_true(fcntl(descriptor, F_GETFD) >= 0);
	close(descriptor);
	dwarf_file_close(NULL);
}
#else
static void without_libdw_there_is_none(void **state)
{
	struct dwarf_file *file;

	(void)state;
	assert_int_equal(dwarf_file_open_descriptor(0, &file), -ELIBACC);
	dwarf_file_close(NULL);
}
#endif

static int run_group(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_LIBDW
		cmocka_unit_test_setup_teardown(an_object_may_have_it_itself, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_debug_file_may_have_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_has_none_is_an_error, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_descriptor_stays_the_callers, set_up, tear_down),
#else
		cmocka_unit_test(without_libdw_there_is_none),
#endif
	};

	return cmocka_run_group_tests_name("dwarf_file_made", tests, NULL, NULL);
}

int main(void)
{
	return dwarf_child_run_tests(run_group);
}
