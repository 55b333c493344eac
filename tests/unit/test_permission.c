/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "model/permission.h"
#include "model/vma.h"

static void check_sentence(const char *sentence)
{
	assert_true(sentence[0] >= 'A' && sentence[0] <= 'Z');
	assert_int_equal(sentence[strlen(sentence) - 1], '.');
}

/* The letters are those that vma_perms() writes, in its order. */
static void letters_are_those_of_maps(void **state)
{
	struct vma all = {.perms = PERM_ACCESS | PERM_SHARED}, none = {0};
	char with[PERMS_LENGTH], without[PERMS_LENGTH];
	const struct permission *table;
	size_t count;

	(void)state;
	table = permission_table(&count);
	vma_perms(&all, with);
	vma_perms(&none, without);
	assert_int_equal(count, PERMS_LENGTH - 1);
	for (size_t i = 0; i < count; i++) {
		struct vma one = {.perms = table[i].bit};
		char perms[PERMS_LENGTH];

		assert_int_equal(table[i].letter[0], with[i]);
		assert_int_equal(strlen(table[i].letter), 1);
		assert_int_equal(table[i].absent[0], without[i]);
		assert_int_equal(strlen(table[i].absent), 1);
		assert_int_equal(vma_perms(&one, perms)[i], with[i]);
		check_sentence(table[i].allows);
		check_sentence(table[i].forbids);
		check_sentence(table[i].calls);
	}
}

static void each_is_set_by_its_own_flag(void **state)
{
	static const char *const flags[] = {"PROT_READ", "PROT_WRITE", "PROT_EXEC", "MAP_SHARED"};
	const struct permission *table;
	size_t count;

	(void)state;
	table = permission_table(&count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			assert_int_equal(!!strstr(table[i].calls, flags[j]), i == j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_those_of_maps),
		cmocka_unit_test(each_is_set_by_its_own_flag),
	};

	return cmocka_run_group_tests_name("permission", tests, NULL, NULL);
}
