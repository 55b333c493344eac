/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/pattern.h"
#include "sampler/processes.h"
#include "support/child.h"

#define NAME "va(st)op test"

static void take_name(const void *name)
{
	prctl(PR_SET_NAME, name);
}

static int find(const char *expression, struct process *out, size_t capacity)
{
	struct pattern_mistake mistake;
	struct pattern *pattern;
	int count;

	assert_int_equal(pattern_create(expression, &pattern, &mistake), 0);
	count = processes_find(pattern, out, capacity);
	pattern_destroy(pattern);
	return count;
}

static void finds_by_name(void **state)
{
	struct process found[2] = {0};
	pid_t a = child_start(take_name, NAME), b = child_start(take_name, NAME);

	(void)state;
	assert_int_equal(find("^va\\(st\\)op te", found, 2), 2);
	assert_int_equal(found[0].pid, a < b ? a : b);
	assert_int_equal(found[1].pid, a < b ? b : a);
	assert_string_equal(found[0].name, NAME);
	found[0].pid = 0;
	assert_int_equal(find("^va\\(st\\)op te", found, 0), 2);
	assert_int_equal(found[0].pid, 0);
	assert_int_equal(find("no process is called so", found, 2), 0);
	child_end(a);
	child_end(b);
}

static void leaves_itself_out_and_sorts(void **state)
{
	static struct process found[65536];
	pid_t child = child_start(take_name, NAME);
	int count = find("", found, 65536), children = 0;

	(void)state;
	assert_true(count >= 1);
	for (int i = 0; i < count; i++) {
		assert_int_not_equal(found[i].pid, getpid());
		assert_true(i == 0 || found[i - 1].pid < found[i].pid);
		children += found[i].pid == child;
	}
	assert_int_equal(children, 1);
	child_end(child);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_name),
		cmocka_unit_test(leaves_itself_out_and_sorts),
	};

	return cmocka_run_group_tests_name("processes", tests, NULL, NULL);
}
