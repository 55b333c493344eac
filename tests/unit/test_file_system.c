/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "model/file_system.h"

static enum file_system of(const char *type)
{
	return file_system_of_type(type, strlen(type));
}

static void types_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(of("tmpfs"), FILE_SYSTEM_TMPFS);
	assert_int_equal(of("hugetlbfs"), FILE_SYSTEM_HUGETLBFS);
	assert_int_equal(of("devtmpfs"), FILE_SYSTEM_DEVICES);
	assert_int_equal(of("proc"), FILE_SYSTEM_KERNEL);
	assert_int_equal(of("ext4"), FILE_SYSTEM_ORDINARY);
	assert_int_equal(of("fuse.sshfs"), FILE_SYSTEM_ORDINARY);
	assert_int_equal(of(""), FILE_SYSTEM_ORDINARY);
	assert_int_equal(of("tmpfsx"), FILE_SYSTEM_ORDINARY);
	assert_int_equal(file_system_of_type("tmpfsx", 5), FILE_SYSTEM_TMPFS);
	assert_int_equal(file_system_of_type("tmpf", 4), FILE_SYSTEM_ORDINARY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_told_apart),
	};

	return cmocka_run_group_tests_name("file_system", tests, NULL, NULL);
}
