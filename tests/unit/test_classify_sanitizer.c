/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/classify_sanitizer.h"
#include "model/runtime.h"
#include "model/vma.h"

#define RW (PERM_READ | PERM_WRITE)

#define MOST 16

static struct vma vmas[MOST];
static size_t count;

static void add(uint64_t start, uint64_t end, unsigned perms)
{
	vmas[count++] = (struct vma){.start = start,
				     .end = end,
				     .perms = (uint8_t)perms,
				     .name = "",
				     .kind = perms ? KIND_ANON : KIND_RESERVE};
}

/* Each VMA's runtime, one letter each: shadows of the three, and the heap. */
static void check(const char *expected)
{
	static const char letters[] = {
		[RUNTIME_NONE] = '.', [RUNTIME_ASAN] = 'a',           [RUNTIME_TSAN] = 't',
		[RUNTIME_MSAN] = 'm', [RUNTIME_SANITIZER_HEAP] = 'h',
	};

	for (size_t i = 0; i < count; i++)
		vmas[i].runtime = RUNTIME_NONE;
	classify_sanitizer(vmas, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(letters[vmas[i].runtime], expected[i]);
	assert_int_equal(expected[count], '\0');
}

static void add_asan(void)
{
	count = 0;
	add(0x7fff7000, 0x8fff7000, RW);
	add(0x8fff7000, 0x2008fff7000, 0);
	add(0x2008fff7000, 0x10007fff8000, RW);
}

static void the_shadow_of_asan_is_three_mappings(void **state)
{
	(void)state;
	add_asan();
	check("aaa");
	assert_int_equal(vmas[0].kind_source, KIND_SOURCE_SHAPE);
	vmas[1].perms = RW;
	check("...");
	vmas[1].perms = 0;
	vmas[2].end -= 0x1000;
	check("...");
	count = 2;
	check("..");
}

static void its_heap_is_known_by_the_shadow(void **state)
{
	(void)state;
	add_asan();
	add(0x555555554000, 0x555555556000, RW);
	add(0x600000000000, 0x602000000000, 0);
	add(0x602000000000, 0x602000010000, RW);
	add(0x602000010000, 0x640000000000, 0);
	add(0x7f0000000000, 0x7f0000010000, RW);
	check("aaa.hhh.");
	vmas[0].end -= 0x1000;
	check("........");
}

/* As gcc 12 and clang 14 have them. */
static void tsan_and_msan_are_told(void **state)
{
	(void)state;
	count = 0;
	add(0x8000000000, 0x10000000000, 0);
	add(0x10000000000, 0x5e818374000, RW);
	add(0x5e818378000, 0x200000000000, RW);
	add(0x200000000000, 0x300000000000, 0);
	add(0x300000000000, 0x340000000000, RW);
	add(0x340000000000, 0x550000000000, 0);
	add(0x7b0800000000, 0x7b0800010000, RW);
	add(0x7f0000000000, 0x7f0000010000, RW);
	check("tttttth.");
	vmas[4].perms = 0;
	check("........");

	count = 0;
	add(0x10000000000, 0x100000000000, RW);
	add(0x100000000000, 0x200000000000, 0);
	add(0x200000000000, 0x2ffe4e15b000, RW);
	add(0x2ffe4e95b000, 0x300000000000, RW);
	add(0x300000000000, 0x500000000000, 0);
	add(0x500000000000, 0x510000000000, RW);
	add(0x707000000000, 0x707000010000, RW);
	check("mmmmmmh");
	vmas[1].start += 0x1000;
	check(".......");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shadow_of_asan_is_three_mappings),
		cmocka_unit_test(its_heap_is_known_by_the_shadow),
		cmocka_unit_test(tsan_and_msan_are_told),
	};

	return cmocka_run_group_tests_name("classify_sanitizer", tests, NULL, NULL);
}
