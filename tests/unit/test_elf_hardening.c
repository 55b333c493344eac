/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/elf_hardening.h"

static void relro_has_names(void **state)
{
	(void)state;
	assert_null(elf_relro_name(ELF_RELRO_UNKNOWN));
	assert_string_equal(elf_relro_name(ELF_RELRO_NONE), "none");
	assert_string_equal(elf_relro_name(ELF_RELRO_PARTIAL), "partial");
	assert_string_equal(elf_relro_name(ELF_RELRO_FULL), "full");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(relro_has_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
