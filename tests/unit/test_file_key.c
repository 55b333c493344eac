/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/file_key.h"
#include "model/vma.h"

static int compare(struct file_key a, struct file_key b)
{
	int order = file_key_compare(&a, &b);

	assert_int_equal(file_key_compare(&b, &a), -order);
	return order;
}

static void device_comes_before_inode_and_that_before_the_name(void **state)
{
	const struct file_key key = {3, 1, 2, "/m", true, 0};

	(void)state;
	assert_int_equal(compare(key, (struct file_key){3, 1, 2, "/m", true, 0}), 0);
	assert_true(compare(key, (struct file_key){0, 2, 0, "/a", false, 0}) < 0);
	assert_true(compare(key, (struct file_key){0, 1, 3, "/a", false, 0}) < 0);
	assert_true(compare(key, (struct file_key){UINT64_MAX, 1, 2, "/a", false, 0}) < 0);
	assert_true(compare(key, (struct file_key){3, 1, 2, "/n", false, 0}) < 0);
	assert_true(compare(key, (struct file_key){3, 1, 2, "/m", false, 0}) > 0);
	assert_true(compare(key, (struct file_key){3, 1, 2, "/m", true, 1}) < 0);
}

static void names_are_compared_by_their_bytes(void **state)
{
	const char copy[] = "/m";

	(void)state;
	assert_int_equal(compare((struct file_key){.name = "/m"}, (struct file_key){.name = copy}),
			 0);
}

static void a_vma_has_the_key_of_its_file(void **state)
{
	const struct vma vma = {
		.inode = 1, .dev_major = 2, .dev_minor = 3, .name = "/x", .deleted = true};

	(void)state;
	assert_int_equal(compare(file_key_of(&vma), (struct file_key){1, 2, 3, "/x", true, 0}), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device_comes_before_inode_and_that_before_the_name),
		cmocka_unit_test(names_are_compared_by_their_bytes),
		cmocka_unit_test(a_vma_has_the_key_of_its_file),
	};

	return cmocka_run_group_tests_name("file_key", tests, NULL, NULL);
}
