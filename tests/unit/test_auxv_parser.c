/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <string.h>

#include "procfs/auxv_parser.h"

static const uint64_t wide[] = {
	AT_SYSINFO_EHDR,
	0x7ffc00001000,
	AT_HWCAP,
	0xbfebfbff,
	AT_PAGESZ,
	4096,
	AT_PHDR,
	0x555500000040,
	AT_BASE,
	0x7f0000000000,
	AT_ENTRY,
	0x555500001000,
	AT_NULL,
	0,
	77,
	78,
};
static const uint32_t narrow[] = {
	AT_SYSINFO_EHDR, 0xf7f00000, AT_PAGESZ, 65536, AT_BASE, 0xf7f10000, AT_PHDR, 0x56550034,
	AT_ENTRY,        0x56551000, AT_NULL,   0,     0,       0,          0,       0,
};

static void tells_the_widths_apart(void **state)
{
	struct proc_auxv auxv;

	(void)state;
	assert_int_equal(auxv_parse((const char *)wide, sizeof(wide), &auxv), 0);
	assert_false(auxv.is_32bit);
	assert_int_equal(auxv.page_size, 4096);
	assert_true(auxv.base == 0x7f0000000000);
	assert_true(auxv.program_headers == 0x555500000040);
	assert_true(auxv.entry == 0x555500001000);
	assert_int_equal(auxv_parse((const char *)narrow, sizeof(narrow), &auxv), 0);
	assert_true(auxv.is_32bit);
	assert_int_equal(auxv.page_size, 65536);
	assert_true(auxv.base == 0xf7f10000);
	assert_true(auxv.entry == 0x56551000);
}

static void refuses_what_is_no_vector(void **state)
{
	static const uint64_t endless[] = {AT_PAGESZ, 4096, AT_BASE, 1};
	static const uint64_t odd_page[] = {AT_PAGESZ, 4097, AT_NULL, 0};
	static const uint64_t vast_page[] = {AT_PAGESZ, UINT64_C(1) << 63, AT_NULL, 0};
	static const uint64_t no_page[] = {AT_BASE, 4096, AT_NULL, 0};
	struct proc_auxv auxv = {.page_size = 7};

	(void)state;
	assert_int_equal(auxv_parse("", 0, &auxv), -EBADMSG);
	assert_int_equal(auxv_parse("not a vector at all", 19, &auxv), -EBADMSG);
	assert_int_equal(auxv_parse((const char *)endless, sizeof(endless), &auxv), -EBADMSG);
	assert_int_equal(auxv_parse((const char *)odd_page, sizeof(odd_page), &auxv), -EBADMSG);
	assert_int_equal(auxv_parse((const char *)vast_page, sizeof(vast_page), &auxv), -EBADMSG);
	assert_int_equal(auxv_parse((const char *)no_page, sizeof(no_page), &auxv), -EBADMSG);
	assert_int_equal(auxv.page_size, 7);
}

static void a_cut_vector_is_safe(void **state)
{
	struct proc_auxv auxv;

	(void)state;
	for (size_t length = 0; length < 7 * 16; length++)
		assert_int_equal(auxv_parse((const char *)wide, length, &auxv), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_the_widths_apart),
		cmocka_unit_test(refuses_what_is_no_vector),
		cmocka_unit_test(a_cut_vector_is_safe),
	};

	return cmocka_run_group_tests_name("auxv_parser", tests, NULL, NULL);
}
