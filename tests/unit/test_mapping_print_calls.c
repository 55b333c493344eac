/* SPDX-License-Identifier: GPL-2.0-or-later */

/* How much of maps is read for a print: read(2) is the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/keyed_hash.h"
#include "kernel/mapping_print.h"

#define MAPS 4711 /* no descriptor */

/* So many pieces of one byte are there, then the end or the error. */
static int pieces, error;

ssize_t read(int descriptor, void *bytes, size_t size)
{
	if (descriptor != MAPS)
		return syscall(SYS_read, descriptor, bytes, size);
	assert_int_equal(size, 4096);
	if (pieces-- > 0) {
		*(char *)bytes = 'x';
		return 1;
	}
	errno = error;
	return error ? -1 : 0;
}

ssize_t __read_chk(int descriptor, void *bytes, size_t size, size_t room);

ssize_t __read_chk(int descriptor, void *bytes, size_t size, size_t room)
{
	assert_true(size <= room);
	return read(descriptor, bytes, size);
}

static int print_of(int count, int then, uint64_t *print)
{
	const struct hash_key key = {{1, 2}};

	pieces = count;
	error = then;
	*print = 77;
	return mapping_print_all(MAPS, &key, print);
}

static void maps_have_an_end(void **state)
{
	uint64_t print, other;

	(void)state;
	assert_int_equal(print_of(0, 0, &print), 0);
	assert_true(print == 0);
	assert_int_equal(print_of(1, 0, &print), 0);
	assert_int_equal(print_of(2, 0, &other), 0);
	assert_true(print != 77 && other != 77 && print != other);
	assert_int_equal(print_of(65536, 0, &print), 0);
	assert_int_equal(print_of(65537, 0, &print), -EFBIG);
	assert_true(print == 77);
	assert_int_equal(print_of(3, EIO, &print), -EIO);
	assert_true(print == 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_have_an_end),
	};

	return cmocka_run_group_tests_name("mapping_print_calls", tests, NULL, NULL);
}
