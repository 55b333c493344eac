/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "model/classify_runtime.h"
#include "model/runtime.h"
#include "model/vma.h"

#define RW  (PERM_READ | PERM_WRITE)
#define RX  (PERM_READ | PERM_EXEC)
#define JVM "/usr/lib/jvm/lib/server/libjvm.so"
#define JSA "/usr/lib/jvm/lib/server/classes.jsa"

#define MOST 16

static struct vma vmas[MOST];
static size_t count;

static void add(uint64_t start, uint64_t end, unsigned perms, const char *name)
{
	vmas[count++] = (struct vma){
		.start = start,
		.end = end,
		.perms = (uint8_t)perms,
		.inode = name[0] == '/',
		.name = name,
		.kind = perms ? KIND_ANON : KIND_RESERVE,
		.runtime = RUNTIME_COUNT,
	};
}

/* Each VMA's runtime, one letter each. */
static void check(const char *expected)
{
	static const char letters[] = ".jgvpa";

	classify_runtime(vmas, count);
	assert_int_equal(strlen(expected), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(letters[vmas[i].runtime], expected[i]);
}

static void names_tell(void **state)
{
	(void)state;
	count = 0;
	add(0x1000, 0x2000, RW, "[anon:v8]");
	add(0x2000, 0x3000, 0, "[anon:v8-sandbox]");
	add(0x3000, 0x4000, RW, "[anon:partition_alloc]");
	add(0x4000, 0x5000, RW, "[anon: Go: heap]");
	add(0x5000, 0x6000, 0, "[anon: Go: heap reservation]");
	add(0x6000, 0x7000, RW, "[anon: Go: page alloc]");
	add(0x7000, 0x8000, RW, "[anon:v8x]");
	add(0x8000, 0x9000, RW, "[heap]");
	check("vvpgg...");
}

static void go_is_told_by_its_first_arena(void **state)
{
	(void)state;
	count = 0;
	add(0x400000, 0x500000, RX, "/srv/server");
	add(0xc000000000, 0xc000400000, RW, "");
	add(0xc000400000, 0xc004000000, 0, "");
	check(".gg");
	assert_int_equal(vmas[1].kind_source, KIND_SOURCE_SHAPE);
	/* Other memory that begins there has not the rest of an arena behind it. */
	vmas[2].end -= 0x1000;
	check("...");
	vmas[2].end += 0x1000;
	vmas[2].perms = RW;
	check("...");
	vmas[2].perms = 0;
	vmas[1].perms |= PERM_SHARED;
	check("...");
	count = 2;
	vmas[1].perms = RW;
	check("..");
}

static void the_shadow_of_asan_is_three_mappings(void **state)
{
	(void)state;
	count = 0;
	add(0x7fff7000, 0x8fff7000, RW, "");
	add(0x8fff7000, 0x2008fff7000, 0, "");
	add(0x2008fff7000, 0x10007fff8000, RW, "");
	check("aaa");
	vmas[1].perms = RW;
	check("...");
	vmas[1].perms = 0;
	vmas[2].end -= 0x1000;
	check("...");
	count = 2;
	check("..");
}

static void add_java(bool machine, uint64_t archive)
{
	count = 0;
	add(0x687400000, 0x69f000000, RW, "");
	add(0x69f000000, 0x7ffb00000, 0, "");
	add(0x7ffb00000, 0x7ffb75000, RW, JSA);
	add(0x7ffb75000, 0x800000000, RW, "");
	if (archive)
		add(archive, archive + 0xc00000, RW, JSA);
	add(0x7f0000000000, 0x7f0000021000, RW, "");
	if (machine)
		add(0x7f1000000000, 0x7f1000800000, RX, JVM);
}

static void java_needs_its_machine_and_its_archive(void **state)
{
	(void)state;
	add_java(true, 0x800000000);
	check("jjjj...");
	add_java(true, 0x7effff000000);
	check("jjjj...");
	/* Any program can map low addresses. */
	add_java(false, 0x800000000);
	check("......");
	/* Without the archive the class space may lie beside the heap. */
	add_java(true, 0);
	check("......");
	/* A small piece elsewhere, and one that is not aligned, are none. */
	add_java(true, 0x800000000);
	vmas[0].start += 0x1000;
	check(".......");
	add_java(true, 0x800000000);
	vmas[1].name = "[anon:my cache]";
	vmas[3].start += 0x1000;
	vmas[2].end += 0x1000;
	check("j......");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell),
		cmocka_unit_test(go_is_told_by_its_first_arena),
		cmocka_unit_test(the_shadow_of_asan_is_three_mappings),
		cmocka_unit_test(java_needs_its_machine_and_its_archive),
	};

	return cmocka_run_group_tests_name("classify_runtime", tests, NULL, NULL);
}
