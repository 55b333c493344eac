/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/vma.h"
#include "ui/pane/located.h"

static void a_file_is_known_by_its_number(void **state)
{
	struct located located = {.inode = 7, .dev_major = 1, .dev_minor = 2, .file = {.size = 5}};
	struct vma vma = {.inode = 7, .dev_major = 1, .dev_minor = 2};

	(void)state;
	assert_null(located_file(&located, &vma));
	located.has_file = true;
	assert_int_equal(located_file(&located, &vma)->size, 5);
	vma.dev_minor = 3;
	assert_null(located_file(&located, &vma));
	vma.dev_minor = 2;
	vma.inode = 8;
	assert_null(located_file(&located, &vma));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_known_by_its_number),
	};

	return cmocka_run_group_tests_name("located", tests, NULL, NULL);
}
