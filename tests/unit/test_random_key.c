/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "kernel/random_key.h"

static void each_key_is_another(void **state)
{
	struct hash_key keys[16];

	(void)state;
	for (size_t i = 0; i < 16; i++) {
		keys[i] = random_key();
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(&keys[i], &keys[j], sizeof(keys[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_is_another),
	};

	return cmocka_run_group_tests_name("random_key", tests, NULL, NULL);
}
