/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "procfs/statm_parser.h"

static void reads_the_columns(void **state)
{
	struct proc_statm statm;

	(void)state;
	assert_int_equal(statm_parse("765 418 390 5 0 90 0\n", 21, &statm), 0);
	assert_int_equal(statm.size, 765);
	assert_int_equal(statm.resident, 418);
	assert_int_equal(statm.shared, 390);
	assert_int_equal(statm.text, 5);
	assert_int_equal(statm.data, 90);
}

static void refuses_other_text(void **state)
{
	static const char *const texts[] = {"", "765", "1 2 3 4 5", "1 2 3 4 5 x", "1 2 3  4 5 6"};
	struct proc_statm statm;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(statm_parse(texts[i], strlen(texts[i]), &statm), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_columns),
		cmocka_unit_test(refuses_other_text),
	};

	return cmocka_run_group_tests_name("statm_parser", tests, NULL, NULL);
}
