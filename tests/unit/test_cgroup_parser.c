/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "procfs/cgroup_parser.h"

static void the_group_that_says_most_is_found(void **state)
{
	static const struct {
		const char *text, *path;
	} cases[] = {
		{"0::/system.slice/redis.service\n", "/system.slice/redis.service"},
		{"0::/", "/"},
		{"0::/a:b\n", "/a:b"},
		{"12:memory:/docker/4711\n1:name=systemd:/docker/4711/x\n", "/docker/4711/x"},
		{"3:cpu,memory:/lxc/web\n2:cpuset:/\n", "/lxc/web"},
		{"5:memory:/m\n0::/v2\n1:name=systemd:/s\n", "/v2"},
		{"3:cpu:/x\n", NULL},
		{"3:memory2:/x\n", NULL},
		{"0::relative\n", NULL},
		{"0:\n0\n::\n", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t length = 7;
		const char *path = cgroup_parse(cases[i].text, strlen(cases[i].text), &length);

		if (!cases[i].path) {
			assert_null(path);
			assert_int_equal(length, 7);
			continue;
		}
		assert_non_null(path);
		assert_int_equal(length, strlen(cases[i].path));
		assert_memory_equal(path, cases[i].path, length);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_group_that_says_most_is_found),
	};

	return cmocka_run_group_tests_name("cgroup_parser", tests, NULL, NULL);
}
