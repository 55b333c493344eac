/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which mapping is the executable's: what links lead to is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "files/scout.h"
#include "files/target_files.h"
#include "model/file_identity.h"
#include "model/vma.h"

/* What the link exe leads to, and what was asked. */
static struct {
	struct file_numbers exe;
	int numbers_asked;
	enum file_identity identities[8]; /* by the place of the VMA */
	char asked[16];                   /* places of those that were asked about */
} world;

static struct vma vmas[6];

struct file_numbers scout_exe_numbers(const struct scout *scout)
{
	(void)scout;
	world.numbers_asked++;
	return world.exe;
}

enum file_identity scout_is_exe(const struct scout *scout, const struct vma *vma)
{
	size_t length = strlen(world.asked);

	(void)scout;
	assert_true(length + 1 < sizeof(world.asked));
	world.asked[length] = (char)('0' + (vma - vmas));
	return world.identities[vma - vmas];
}

/* What else scouts do: nothing of it is asked for. */
bool scout_has_name(const struct scout *scout, const struct vma *vma)
{
	(void)scout, (void)vma;
	abort();
}

void scout_read_traits(const struct scout *scout, const struct vma *vma,
		       struct file_traits *ret_traits)
{
	(void)scout, (void)vma, (void)ret_traits;
	abort();
}

static struct target_files files;

static int set_up(void **state)
{
	static const struct {
		const char *name;
		uint64_t inode;
	} list[] = {{"", 0}, {"/other", 4}, {"/exe", 5}, {"/exe", 5}, {"/exe", 6}, {"/exe", 0}};

	(void)state;
	memset(&world, 0, sizeof(world));
	for (size_t i = 0; i < 6; i++)
		vmas[i] = (struct vma){.start = 0x1000 * (i + 1),
				       .end = 0x1000 * (i + 2),
				       .name = list[i].name,
				       .inode = list[i].inode};
	files = (struct target_files){.target = {.exe = "/exe"}};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	target_files_finish(&files);
	return 0;
}

/* The place of the mapping that is found; -1: none. */
static int match(struct target_exe *ret_exe)
{
	target_files_match_exe(&files, &(struct scout){.directory = -1}, vmas, 6, ret_exe);
	return ret_exe->vma ? (int)(ret_exe->vma - vmas) : -1;
}

static void numbers_decide(void **state)
{
	struct target_exe exe;

	(void)state;
	world.exe.inode = 6;
	assert_int_equal(match(&exe), 4);
	assert_true(exe.by_numbers);
	assert_string_equal(world.asked, "");
	/* They are known then. */
	match(&exe);
	assert_int_equal(world.numbers_asked, 1);
}

/* Where the link leads nowhere the first of that path is it. */
static void the_path_decides_without_numbers(void **state)
{
	struct target_exe exe;

	(void)state;
	assert_int_equal(match(&exe), 2);
	assert_false(exe.by_numbers);
	assert_string_equal(world.asked, "");
	vmas[2].name = vmas[3].name = vmas[4].name = "/exe2";
	assert_int_equal(match(&exe), -1);
}

/* Where it does, but to a file that maps has other numbers of, each file is asked about once. */
static void files_of_the_path_are_compared(void **state)
{
	struct target_exe exe;

	(void)state;
	world.exe.inode = 99;
	world.identities[2] = world.identities[3] = FILE_IDENTITY_UNKNOWN;
	world.identities[4] = FILE_IDENTITY_LIKELY;
	assert_int_equal(match(&exe), 4);
	assert_string_equal(world.asked, "24");
	/* Of that mapping it is known then, of others it is not. */
	assert_int_equal(match(&exe), 4);
	assert_string_equal(world.asked, "242");
	world.identities[4] = FILE_IDENTITY_UNKNOWN;
	vmas[4].start++;
	assert_int_equal(match(&exe), -1);
	assert_string_equal(world.asked, "24224");
	/* Where nothing can be compared the first one is it. */
	world.identities[2] = FILE_IDENTITY_NONE;
	assert_int_equal(match(&exe), 2);
	match(&exe);
	assert_string_equal(world.asked, "2422422");
}

/* The link of a deleted one has that in its name, and the mapping does not. */
static void a_deleted_one_has_the_name_of_its_mapping(void **state)
{
	struct target_exe exe;

	(void)state;
	vmas[2].deleted = vmas[3].deleted = true;
	files.target.exe = "/exe (deleted)";
	assert_int_equal(match(&exe), 2);
	assert_ptr_equal(files.target.exe, vmas[2].name);
	files.target.exe = "/another (deleted)";
	world.exe.inode = 5;
	files.image.exe_known = false;
	assert_int_equal(match(&exe), 2);
	assert_string_equal(files.target.exe, "/another (deleted)");
}

static void without_a_link_there_is_none(void **state)
{
	struct target_exe exe;

	(void)state;
	files.target.exe = NULL;
	assert_int_equal(match(&exe), -1);
	assert_int_equal(world.numbers_asked, 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(numbers_decide),
		TEST(the_path_decides_without_numbers),
		TEST(files_of_the_path_are_compared),
		TEST(a_deleted_one_has_the_name_of_its_mapping),
		TEST(without_a_link_there_is_none),
	};

	return cmocka_run_group_tests_name("target_files_exe", tests, NULL, NULL);
}
