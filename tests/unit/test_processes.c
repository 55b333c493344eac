/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/pattern.h"
#include "sampler/processes.h"

#define NAME "va(st)op test"

/* A child of that name that lives until the descriptor is closed. */
static pid_t start_child(int *ret_descriptor)
{
	int ready[2], end[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	if (child == 0) {
		close(end[1]);
		prctl(PR_SET_NAME, NAME);
		close(ready[1]);
		(void)!read(end[0], &byte, 1);
		_exit(0);
	}
	close(ready[1]);
	close(end[0]);
	(void)!read(ready[0], &byte, 1);
	close(ready[0]);
	*ret_descriptor = end[1];
	return child;
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
	int first, second;
	pid_t a = start_child(&first), b = start_child(&second);

	(void)state;
	assert_int_equal(find("^va\\(st\\)op te", found, 2), 2);
	assert_int_equal(found[0].pid, a < b ? a : b);
	assert_int_equal(found[1].pid, a < b ? b : a);
	assert_string_equal(found[0].name, NAME);
	found[0].pid = 0;
	assert_int_equal(find("^va\\(st\\)op te", found, 0), 2);
	assert_int_equal(found[0].pid, 0);
	assert_int_equal(find("no process is called so", found, 2), 0);
	close(first);
	close(second);
	waitpid(a, NULL, 0);
	waitpid(b, NULL, 0);
}

static void leaves_itself_out_and_sorts(void **state)
{
	static struct process found[65536];
	int descriptor;
	pid_t child = start_child(&descriptor);
	int count = find("", found, 65536), children = 0;

	(void)state;
	assert_true(count >= 1);
	for (int i = 0; i < count; i++) {
		assert_int_not_equal(found[i].pid, getpid());
		assert_true(i == 0 || found[i - 1].pid < found[i].pid);
		children += found[i].pid == child;
	}
	assert_int_equal(children, 1);
	close(descriptor);
	waitpid(child, NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_by_name),
		cmocka_unit_test(leaves_itself_out_and_sorts),
	};

	return cmocka_run_group_tests_name("processes", tests, NULL, NULL);
}
