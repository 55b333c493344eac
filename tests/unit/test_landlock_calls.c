/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What the kernel is asked, of any version: syscall(2) is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/landlock.h"

/* What it says, and what it was asked; numbers of calls are 444, 445 and 446. */
static struct {
	int version, errors[3];
	uint64_t handled, allowed;
	size_t size;
	int ruleset; /* the descriptor that it gave */
	int restricted;
	bool beneath_root; /* the rule was of the root directory */
	int rules;
} kernel;

static int fail_with(int error)
{
	errno = error;
	return -1;
}

static int create(const void *attributes, size_t size, unsigned flags)
{
	if (!attributes)
		return size == 0 && flags == 1 ? kernel.version : fail_with(EINVAL);
	if (flags || kernel.errors[0])
		return fail_with(kernel.errors[0] ? kernel.errors[0] : EINVAL);
	kernel.size = size;
	memcpy(&kernel.handled, attributes, sizeof(kernel.handled));
	kernel.ruleset = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return kernel.ruleset;
}

static int add_rule(int ruleset, int type, const unsigned char *rule, unsigned flags)
{
	struct stat folder, root;
	int32_t descriptor;

	assert_int_equal(ruleset, kernel.ruleset);
	assert_int_equal(type, 1);
	assert_int_equal(flags, 0);
	memcpy(&kernel.allowed, rule, 8);
	memcpy(&descriptor, rule + 8, 4);
	assert_int_equal(fstat(descriptor, &folder), 0);
	assert_int_equal(stat("/", &root), 0);
	kernel.beneath_root = folder.st_ino == root.st_ino && folder.st_dev == root.st_dev;
	kernel.rules++;
	return kernel.errors[1] ? fail_with(kernel.errors[1]) : 0;
}

static int restrict_self(int ruleset, unsigned flags)
{
	assert_int_equal(ruleset, kernel.ruleset);
	assert_int_equal(flags, 0);
	kernel.restricted++;
	return kernel.errors[2] ? fail_with(kernel.errors[2]) : 0;
}

long syscall(long number, ...)
{
	va_list arguments;
	long result;

	va_start(arguments, number);
	if (number == 444) {
		const void *attributes = va_arg(arguments, const void *);
		size_t size = va_arg(arguments, size_t);

		result = create(attributes, size, va_arg(arguments, unsigned));
	} else if (number == 445) {
		int ruleset = va_arg(arguments, int), type = (int)va_arg(arguments, unsigned);
		const void *rule = va_arg(arguments, const void *);

		result = add_rule(ruleset, type, rule, va_arg(arguments, unsigned));
	} else if (number == 446) {
		int ruleset = va_arg(arguments, int);

		result = restrict_self(ruleset, va_arg(arguments, unsigned));
	} else {
		result = fail_with(ENOSYS);
	}
	va_end(arguments);
	return result;
}

static void assert_closed(int descriptor)
{
	assert_int_equal(fcntl(descriptor, F_GETFD), -1);
}

/* Each version has the rights that it knows, and no others: more would be refused. */
static void all_ways_of_writing_are_handled(void **state)
{
	static const uint64_t handled[] = {0, 0x1ff2, 0x3ff2, 0x7ff2, 0x7ff2, 0x7ff2};

	(void)state;
	for (int version = 1; version < 6; version++) {
		memset(&kernel, 0, sizeof(kernel));
		kernel.version = version;
		assert_int_equal(landlock_version(), version);
		assert_int_equal(landlock_forbid_writing(NULL), 0);
		assert_int_equal(kernel.size, 8);
		assert_int_equal(kernel.handled, handled[version]);
		assert_int_equal(kernel.rules, 0);
		assert_int_equal(kernel.restricted, 1);
		assert_closed(kernel.ruleset);
		/* But below a folder. */
		assert_int_equal(landlock_forbid_writing("/"), 0);
		assert_int_equal(kernel.rules, 1);
		assert_int_equal(kernel.allowed, handled[version]);
		assert_true(kernel.beneath_root);
		assert_int_equal(kernel.restricted, 2);
		assert_closed(kernel.ruleset);
	}
}

static void a_kernel_without_it_is_not_asked(void **state)
{
	(void)state;
	for (int version = -1; version < 1; version++) {
		memset(&kernel, 0, sizeof(kernel));
		kernel.version = version;
		assert_int_equal(landlock_version(), 0);
		assert_int_equal(landlock_forbid_writing("/"), -EOPNOTSUPP);
		assert_int_equal(kernel.restricted, 0);
	}
}

static void errors_are_told(void **state)
{
	(void)state;
	memset(&kernel, 0, sizeof(kernel));
	kernel.version = 3;
	kernel.errors[0] = EMFILE;
	assert_int_equal(landlock_forbid_writing("/"), -EMFILE);
	assert_int_equal(kernel.restricted, 0);
	kernel.errors[0] = 0;
	kernel.errors[2] = EPERM;
	assert_int_equal(landlock_forbid_writing("/"), -EPERM);
	assert_closed(kernel.ruleset);
	/* Without its folder it is all the stricter. */
	kernel.errors[2] = 0;
	kernel.errors[1] = ENOMEM;
	assert_int_equal(landlock_forbid_writing("/"), 0);
	kernel.rules = 0;
	assert_int_equal(landlock_forbid_writing("/no/such/folder"), 0);
	assert_int_equal(kernel.rules, 0);
	assert_int_equal(landlock_forbid_writing("/dev/null"), 0);
	assert_int_equal(kernel.rules, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_ways_of_writing_are_handled),
		cmocka_unit_test(a_kernel_without_it_is_not_asked),
		cmocka_unit_test(errors_are_told),
	};

	return cmocka_run_group_tests_name("landlock_calls", tests, NULL, NULL);
}
