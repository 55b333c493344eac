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

#include "high_descriptor.h"
#include "dwarf_child.h"
#include "files/dwarf_file.h"
#include "files/mapped_ways.h"
#include "model/vma.h"
#include "own_debug.h"
#include "own_mapping.h"

static void open_mapped(const void *context, struct dwarf_result *result)
{
	struct dwarf_file *file = NULL;
	struct mapped_root root;
	char name[4096], path[32];
	struct vma vma = own_mapping(name);
	int directory;

	if (context)
		vma.name = context, vma.inode = 1;
	snprintf(path, sizeof(path), "/proc/%d", (int)getpid());
	directory = high_descriptor(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	mapped_root_init(&root, directory, 0);
	result->error = dwarf_file_open(&root, &vma, &file);
	if (!result->error && (!dwarf_file_handle(file) || !dwarf_file_library(file)))
		result->error = -EBADMSG;
	dwarf_file_close(file);
	mapped_root_finish(&root);
	close(directory);
}

static void a_mapped_file_is_opened(void **state)
{
	struct dwarf_result result = dwarf_child_run(open_mapped, NULL);

	(void)state;
	if (!own_debug_has_lines())
		skip();
	assert_int_equal(result.error, 0);
}

static void open_descriptor(const void *context, struct dwarf_result *result)
{
	struct dwarf_file *file = NULL;
	int descriptor = open(context, O_RDONLY | O_CLOEXEC);

	result->error = dwarf_file_open_descriptor(descriptor, &file);
	dwarf_file_close(file);
	close(descriptor);
}

static void what_has_none_says_so(void **state)
{
	struct dwarf_result result = dwarf_child_run(open_mapped, "/no/such");

	(void)state;
	assert_int_equal(result.error, -ENOENT);
	result = dwarf_child_run(open_descriptor, "/proc/self/maps");
	assert_true(result.error == -ENODATA || result.error == -ELIBACC);
	dwarf_file_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapped_file_is_opened),
		cmocka_unit_test(what_has_none_says_so),
	};

	return cmocka_run_group_tests_name("dwarf_file", tests, NULL, NULL);
}
