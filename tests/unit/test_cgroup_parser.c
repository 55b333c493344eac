/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
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
		{"1:name=systemd:/s\n0::/v2\n", "/v2"},
		{"0::/v2\n5:memory:/m\n", "/v2"},
		{"5:memory:/m\n1:name=systemd:/s\n", "/s"},
		{"1:name=systemd:/s\n5:memory:/m\n", "/s"},
		{"5:memory:/m\n6:memory:/n\n", "/m"},
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

/* What lies behind the text is no part of it. */
static void a_path_ends_with_the_text(void **state)
{
	static const char text[] = "0::/system.slice";

	(void)state;
	for (size_t size = 0; size < sizeof(text); size++) {
		size_t length = 7;
		const char *path = cgroup_parse(text, size, &length);

		assert_true(size > 3 ? path == text + 3 : !path);
		assert_int_equal(length, size > 3 ? size - 3 : 7);
	}
}

static void a_group_is_called_by_its_last_name(void **state)
{
#define NUMBER "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	static const struct {
		const char *path, *unit;
	} cases[] = {
		{"/system.slice/redis.service", "redis.service"},
		{"/user.slice/user-1000.slice/session-3.scope", "session-3"},
		{"/init.scope", "init"},
		{"/system.slice/docker-" NUMBER ".scope", "docker-0123456789ab"},
		{"/docker/" NUMBER, "docker/0123456789ab"},
		{"/kubepods.slice/pod1/cri-containerd-" NUMBER ".scope",
		 "cri-containerd-0123456789ab"},
		{"/" NUMBER, "0123456789ab"},
		{"/a/../..", ".."},
		{"/.scope", ".scope"},
		{"/deadbeef", "deadbeef"},
		{"/x\n\033[2J", "x\n\033[2J"},
		{"/", ""},
		{"//", ""},
		{"", ""},
	};
#undef NUMBER

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text text = {0};

		cgroup_append_unit(&text, cases[i].path, strlen(cases[i].path));
		assert_string_equal(text_string(&text), cases[i].unit);
		text_finish(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_ends_with_the_text),
		cmocka_unit_test(a_group_is_called_by_its_last_name),
		cmocka_unit_test(the_group_that_says_most_is_found),
	};

	return cmocka_run_group_tests_name("cgroup_parser", tests, NULL, NULL);
}
