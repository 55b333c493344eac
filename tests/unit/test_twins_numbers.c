/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Which files of one key are numbered: what the kernel tells of them is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files/scout.h"
#include "files/twins.h"
#include "model/file_identity.h"
#include "model/vma.h"

static int asked;

/* The file is told by the offset of its mapping. */
void scout_read_traits(const struct scout *scout, const struct vma *vma,
		       struct file_traits *ret_traits)
{
	(void)scout;
	asked++;
	*ret_traits = (struct file_traits){.has_link = true, .link = {.inode = vma->offset}};
}

enum { MAX = 200 };

static struct vma vmas[MAX];
static struct twins twins;

/*
 * Mappings of one key, each of which is a run of its own where the digits of its neighbours differ
 * by a blank: a digit is a mapping of that file, 'x' is code of the file before, '-' one of
 * another key. Returns the numbers that they get, in the same form.
 */
static const char *find(const char *files)
{
	static char numbers[MAX + 1];
	size_t count = strlen(files);

	asked = 0;
	for (size_t i = 0; i < count; i++) {
		bool code = files[i] >= 'a';

		vmas[i] = (struct vma){.start = 0x10000 * (i + 1),
				       .end = 0x10000 * (i + 1) + 0x1000,
				       .name = files[i] == '-' ? "/other" : "/name",
				       .inode = files[i] == '-' ? 9 : 5,
				       .perms = code ? PERM_READ | PERM_EXEC : PERM_READ,
				       .offset = (uint64_t)(code ? files[i] - 'a' + '1' : files[i]),
				       .twin = 3};
	}
	twins_find(&twins, &(struct scout){.directory = -1}, vmas, count);
	for (size_t i = 0; i < count; i++)
		numbers[i] = files[i] == '-' ? '-' : (char)('0' + vmas[i].twin);
	numbers[count] = '\0';
	return numbers;
}

static int finish(void **state)
{
	(void)state;
	twins_finish(&twins);
	return 0;
}

static void files_are_told_by_their_traits(void **state)
{
	(void)state;
	assert_string_equal(find("a-b"), "0-1");
	assert_int_equal(asked, 2);
	assert_string_equal(find("a-1"), "0-0");
	assert_string_equal(find("a-b-1-2-c"), "0-1-0-1-4");
	assert_string_equal(find("1-2-c"), "0-1-2");
	assert_string_equal(find("1-2-3"), "0-0-0");
	assert_int_equal(asked, 0);
}

/* All mappings of a run have its number; more than sixteen runs are not asked about. */
static void runs_have_numbers(void **state)
{
	char files[2 * 17 + 1];

	(void)state;
	assert_string_equal(find("a1-b22-1a"), "00-111-00");
	for (int runs = 16; runs < 18; runs++) {
		memset(files, '-', sizeof(files));
		for (int i = 0; i < runs; i++)
			files[2 * i] = i ? 'b' : 'a';
		files[2 * runs - 1] = '\0';
		assert_int_equal(find(files)[2], runs == 16 ? '1' : '0');
		assert_int_equal(asked, runs == 16 ? 16 : 0);
	}
}

static void one_run_is_one_file(void **state)
{
	(void)state;
	assert_string_equal(find("a"), "0");
	assert_string_equal(find("-"), "-");
	assert_string_equal(find(""), "");
	assert_int_equal(asked, 0);
	assert_int_equal(twins.count, 0);
}

static void what_was_found_can_be_marked(void **state)
{
	struct vma again[5];

	(void)state;
	find("a-b-c");
	assert_int_equal(twins.count, 2);
	memcpy(again, vmas, sizeof(again));
	for (size_t i = 0; i < 5; i++)
		again[i].twin = 0;
	twins_mark(&twins, again, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(again[i].twin, vmas[i].twin);
	find("a-1");
	assert_int_equal(twins.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_told_by_their_traits),
		cmocka_unit_test(runs_have_numbers),
		cmocka_unit_test(one_run_is_one_file),
		cmocka_unit_test(what_was_found_can_be_marked),
	};

	return cmocka_run_group_tests_name("twins_numbers", tests, NULL, finish);
}
