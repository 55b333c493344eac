/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>

#include "kernel/maps_file.h"
#include "procfs/maps_parser.h"

/* The kernel's own text: every line that it writes of this process is understood. */
static void reads_its_own_maps(void **state)
{
	struct maps_parser parser;
	uint64_t here = (uint64_t)(uintptr_t)reads_its_own_maps;
	int executable = 0;

	(void)state;
	maps_parser_init(&parser, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&parser, AT_FDCWD, "/proc/self/maps"), 0);
	assert_true(parser.count > 5);
	for (size_t i = 0; i < parser.count; i++)
		if (parser.vmas[i].start <= here && here < parser.vmas[i].end)
			executable += parser.vmas[i].perms & PERM_EXEC;
	assert_int_equal(executable, PERM_EXEC);
	assert_int_equal(maps_file_read(&parser, AT_FDCWD, "/proc/self/no such file"), -ENOENT);
	maps_parser_finish(&parser);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_its_own_maps),
	};

	return cmocka_run_group_tests_name("maps_file", tests, NULL, NULL);
}
