/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "model/kind.h"
#include "screen/role.h"

static void every_role_has_one_name(void **state)
{
	(void)state;
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		const char *name = role_name(role);

		assert_non_null(name);
		assert_true(strlen(name) > 0);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz-"), strlen(name));
		/* Found by itself: no other role before it has the name. */
		assert_int_equal(role_find(name, strlen(name)), role);
	}
}

static void finds_whole_names_only(void **state)
{
	(void)state;
	assert_int_equal(role_find("key-help", 8), ROLE_KEY_HELP);
	assert_int_equal(role_find("key-help", 3), ROLE_KEY);
	assert_int_equal(role_find("key-", 4), ROLE_COUNT);
	assert_int_equal(role_find("ke", 2), ROLE_COUNT);
	assert_int_equal(role_find("Key", 3), ROLE_COUNT);
	assert_int_equal(role_find("", 0), ROLE_COUNT);
	assert_int_equal(role_find("muted\0", 6), ROLE_COUNT);
}

static void kinds_have_roles_in_their_order(void **state)
{
	char name[64];

	(void)state;
	assert_int_equal(ROLE_KIND_TEXT + KIND_COUNT, ROLE_COUNT);
	for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
		snprintf(name, sizeof(name), "kind-%s", kind_name(kind));
		assert_string_equal(role_name(ROLE_KIND_TEXT + kind), name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_one_name),
		cmocka_unit_test(finds_whole_names_only),
		cmocka_unit_test(kinds_have_roles_in_their_order),
	};

	return cmocka_run_group_tests_name("role", tests, NULL, NULL);
}
