/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "app/sandbox_calls.h"

static bool is_one_of(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name))
		list++;
	return *list;
}

/* A call that is there for any arguments is there once for each need: the filter takes the widest.
 */
static void no_row_hides_another(void **state)
{
	size_t count;
	const struct sandbox_call *calls = sandbox_calls(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(calls[i].needs);
		assert_int_equal(calls[i].value & ~calls[i].mask, 0);
		assert_int_equal(!calls[i].argument, !calls[i].mask);
		assert_true(calls[i].argument <= 6);
		for (size_t j = 0; j < i; j++)
			if (!strcmp(calls[i].name, calls[j].name) &&
			    calls[i].needs & calls[j].needs) {
				assert_true(calls[i].argument && calls[j].argument);
				assert_true(calls[i].argument == calls[j].argument);
				assert_true(calls[i].value != calls[j].value);
			}
	}
}

static void what_is_always_there_does_no_harm(void **state)
{
	static const char *const harmful[] = {"execve",
					      "execveat",
					      "socket",
					      "connect",
					      "bind",
					      "ptrace",
					      "process_vm_writev",
					      "open",
					      "openat",
					      "openat2",
					      "creat",
					      "unlink",
					      "rename",
					      "perf_event_open",
					      "bpf",
					      "mount",
					      "umount2",
					      "unshare",
					      "setns",
					      "chroot",
					      "setuid",
					      "setresuid",
					      "clone3",
					      "io_uring_setup",
					      "pidfd_getfd",
					      "keyctl",
					      "init_module",
					      "capset",
					      "seccomp",
					      NULL};
	size_t count;
	const struct sandbox_call *calls = sandbox_calls(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		if (calls[i].needs & SANDBOX_ALWAYS)
			assert_false(is_one_of(calls[i].name, harmful));
	assert_false(is_one_of("openat2", sandbox_calls_unknown()));
	assert_true(is_one_of("clone3", sandbox_calls_unknown()));
}

/* Where files are read only, those that are opened are. */
static void files_are_opened_with_conditions(void **state)
{
	size_t count, found = 0;
	const struct sandbox_call *calls = sandbox_calls(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		if (calls[i].needs & SANDBOX_NO_FILES) {
			assert_true(calls[i].argument);
			assert_int_equal(calls[i].value, 0);
			found++;
		}
	assert_int_equal(found, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_row_hides_another),
		cmocka_unit_test(what_is_always_there_does_no_harm),
		cmocka_unit_test(files_are_opened_with_conditions),
	};

	return cmocka_run_group_tests_name("sandbox_calls", tests, NULL, NULL);
}
