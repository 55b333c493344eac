/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/errands.h"
#include "files/scout.h"
#include "model/vma.h"

/* The first mapping of a file in /proc/self/maps: of this very program, or of what it needs. */
static struct vma own_mapping(char name[static 4096])
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long start = 0, end = 0, offset = 0, inode = 0;
	unsigned dev_major = 0, dev_minor = 0;
	char line[8192];

	assert_non_null(maps);
	while (!inode && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %*s %lx %x:%x %lu %4095s", &start, &end, &offset,
			   &dev_major, &dev_minor, &inode, name) < 7)
			inode = 0;
	fclose(maps);
	assert_true(inode);
	return (struct vma){.start = start,
			    .end = end,
			    .offset = offset,
			    .inode = inode,
			    .name = name,
			    .dev_major = dev_major,
			    .dev_minor = dev_minor,
			    .perms = PERM_READ};
}

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
	assert_true(scout_exe_numbers(scout, &vma, &numbers));
	assert_int_equal(fstatat(AT_FDCWD, "/proc/self/exe", &stat, 0), 0);
	assert_int_equal(numbers.inode, stat.st_ino);
	assert_int_equal(numbers.dev_major, major(stat.st_dev));
	assert_int_equal(numbers.dev_minor, minor(stat.st_dev));
	assert_true(scout_exe_numbers(scout, NULL, &numbers));
	assert_int_equal(numbers.inode, stat.st_ino);
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
	struct file_numbers numbers = {.inode = 7};
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
	assert_false(scout_exe_numbers(&scout, &vma, &numbers));
	assert_int_equal(numbers.inode, 7);
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
