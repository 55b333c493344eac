/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/errands.h"
#include "files/scout.h"
#include "model/vma.h"
#include "own_mapping.h"

/* The same looks, made by a helper and made here. */
static void assert_finds(const struct scout *scout)
{
	struct file_traits traits = {0};
	struct file_numbers numbers;
	char name[4096];
	struct vma vma = own_mapping(name);
	struct stat stat;

	assert_true(scout_has_name(scout, &vma));
	assert_int_not_equal(scout_is_exe(scout, &vma), FILE_IDENTITY_UNKNOWN);
	scout_read_traits(scout, &vma, &traits);
	if (traits.has_link)
		assert_int_equal(traits.link.inode, vma.inode);
	numbers = scout_exe_numbers(scout);
	assert_int_equal(fstatat(AT_FDCWD, "/proc/self/exe", &stat, 0), 0);
	assert_int_equal(numbers.inode, stat.st_ino);
	assert_int_equal(numbers.dev_major, major(stat.st_dev));
	assert_int_equal(numbers.dev_minor, minor(stat.st_dev));
	vma.name = "/gone (deleted)";
	assert_false(scout_has_name(scout, &vma));
}

static void a_helper_finds_what_this_process_does(void **state)
{
	struct scout scout = {.directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC)};
	struct errands errands;

	(void)state;
	assert_finds(&scout);
	errands_init(&errands);
	errands.plan.limit = errands.plan.patience = INT64_MAX / 4;
	scout.errands = &errands;
	assert_finds(&scout);
	errands_finish(&errands);
	close(scout.directory);
}

static void what_is_not_answered_is_not_known(void **state)
{
	struct errands errands;
	const struct scout scout = {&errands, -1, 0};
	struct file_traits traits = {.has_link = true};
	char name[4096];
	struct vma vma = own_mapping(name);

	(void)state;
	errands_init(&errands);
	/* Its file system is known to hang. */
	scout_has_name(&scout, &vma);
	errands.systems[0].stalled = true;
	errands.systems[0].again = INT64_MAX;
	assert_false(scout_has_name(&scout, &vma));
	assert_int_equal(scout_is_exe(&scout, &vma), FILE_IDENTITY_NONE);
	scout_read_traits(&scout, &vma, &traits);
	assert_false(traits.has_link || traits.has_build_id);
	errands_finish(&errands);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_helper_finds_what_this_process_does),
		cmocka_unit_test(what_is_not_answered_is_not_known),
	};

	return cmocka_run_group_tests_name("scout", tests, NULL, NULL);
}
