/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/cgroup_file.h"

static void the_group_of_a_process_is_found_below_the_root(void **state)
{
	char root[] = "/tmp/vastop-cgroup-XXXXXX", folder[64], path[80];
	struct text text = {0};
	const char *group;
	size_t length;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(root));
	snprintf(folder, sizeof(folder), "%s/4711", root);
	snprintf(path, sizeof(path), "%s/cgroup", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("0::/system.slice/redis.service\n", file);
	assert_int_equal(fclose(file), 0);
	group = cgroup_file_read(root, 4711, &text, &length);
	assert_non_null(group);
	assert_int_equal(length, strlen("/system.slice/redis.service"));
	assert_memory_equal(group, "/system.slice/redis.service", length);
	text_finish(&text);
	unlink(path);
	rmdir(folder);
	rmdir(root);
}

static void without_a_file_there_is_none(void **state)
{
	struct text text = {0};
	size_t length;

	(void)state;
	assert_null(cgroup_file_read("/proc", INT32_MAX, &text, &length));
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_group_of_a_process_is_found_below_the_root),
		cmocka_unit_test(without_a_file_there_is_none),
	};

	return cmocka_run_group_tests_name("cgroup_file", tests, NULL, NULL);
}
