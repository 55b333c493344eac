/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

#include "files/file_stamp.h"

static void each_part_tells_files_apart(void **state)
{
	const struct statx stat = {.stx_ino = 1,
				   .stx_size = 2,
				   .stx_dev_major = 3,
				   .stx_dev_minor = 4,
				   .stx_mtime = {.tv_sec = 5, .tv_nsec = 6}};
	struct statx others[6] = {stat, stat, stat, stat, stat, stat};
	const struct file_stamp stamp = file_stamp_of(&stat);

	(void)state;
	others[0].stx_ino++;
	others[1].stx_size++;
	others[2].stx_dev_major++;
	others[3].stx_dev_minor++;
	others[4].stx_mtime.tv_sec++;
	others[5].stx_mtime.tv_nsec++;
	assert_int_equal(stamp.modified_ns, 5000000006);
	assert_true(file_stamp_equal(&stamp, &stamp));
	for (size_t i = 0; i < 6; i++) {
		const struct file_stamp other = file_stamp_of(&others[i]);

		assert_false(file_stamp_equal(&stamp, &other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_tells_files_apart),
	};

	return cmocka_run_group_tests_name("file_stamp", tests, NULL, NULL);
}
