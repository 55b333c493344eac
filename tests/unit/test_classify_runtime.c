/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "runtime_cases.h"

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
	check("vvpggm..");
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

static void sanitizers_are_told(void **state)
{
	(void)state;
	count = 0;
	add(0x7fff7000, 0x8fff7000, RW, "");
	add(0x8fff7000, 0x2008fff7000, 0, "");
	add(0x2008fff7000, 0x10007fff8000, RW, "");
	check("aaa");
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

static void java_reserves_its_code_cache(void **state)
{
	(void)state;
	count = 0;
	add(0x7efdb53e0000, 0x7efdb5400000, RW, "");
	add(0x7efdb5400000, 0x7efdb5670000, RW | PERM_EXEC, "");
	add(0x7efdb5670000, 0x7efdbc938000, 0, "");
	add(0x7efdbc938000, 0x7efdbcba8000, RW | PERM_EXEC, "");
	add(0x7efdbcba8000, 0x7efdc4400000, 0, "");
	add(0x7efdc4400000, 0x7efdc4500000, RW, "");
	add(0x7f1000000000, 0x7f1000800000, RX, JVM);
	check(".cccc..");
	/* Other programs have code without a file, too. */
	count--;
	check("......");
}

static void the_sandbox_of_v8_is_a_terabyte_with_a_cage(void **state)
{
	const uint64_t start = 0x287800000000;

	(void)state;
	add_sandbox(start);
	check(".vvvvv");
	assert_int_equal(vmas[1].kind_source, KIND_SOURCE_SHAPE);
	/* Other memory may adjoin below. */
	vmas[0].start = start - 0x20000000;
	vmas[0].end = start;
	check(".vvvvv");
	/* A terabyte alone is no sandbox, and neither is less, or what begins anywhere. */
	vmas[2].perms = RW;
	check("......");
	add_sandbox(start);
	vmas[5].end = start + TERA / 2;
	check("......");
	add_sandbox(start + 0x1000);
	check("......");
	add_sandbox(start);
	vmas[3].name = "[anon:mine]";
	check("......");
}

static void a_pool_of_partition_alloc_has_super_pages(void **state)
{
	const uint64_t start = 0x334800000000;

	(void)state;
	add_pool(start);
	check("ppppp.");
	/* The metadata is elsewhere, the pool is cut off or lies anywhere: another reservation. */
	vmas[3].start -= 0x1000;
	vmas[2].end -= 0x1000;
	check("......");
	add_pool(start);
	vmas[4].end -= 0x1000;
	check("......");
	add_pool(start + GIGA);
	check("......");
}

static void pages_of_v8_lie_where_it_wants(void **state)
{
	(void)state;
	add_node("/usr/bin/node");
	check("..vvvv...");
	/* One that is free has no access. */
	vmas[3].perms = 0;
	vmas[3].kind = KIND_RESERVE;
	add(0x700000000000, 0x700000040000, RW, "");
	check("..vvvv...v");
	/* Any program can have memory there; and a few pages may be chance. */
	add_node("/usr/bin/python3");
	check(".........");
	add_node("/usr/bin/node");
	vmas[5].start += 0x1000;
	check(".........");
	/* Whatever of them it is, and nothing that is called nearly so. */
	for (const char *name = "/opt/nodejs\0/deno\0/v8/d8\0/usr/lib/electron\0"; *name;
	     name += strlen(name) + 1) {
		add_node(name);
		check("..vvvv...");
	}
	for (const char *name = "/opt/nodej\0/deno/x\0/usr/lib/electron2\0"; *name;
	     name += strlen(name) + 1) {
		add_node(name);
		check(".........");
	}
	/* As a library. */
	add_node("/usr/bin/app");
	vmas[7].name = "/usr/lib/libv8.so.12";
	check("..vvvv...");
	add_node("/usr/bin/app");
	vmas[7].name = "/usr/lib/libnode.so.108";
	check("..vvvv...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell),
		cmocka_unit_test(go_is_told_by_its_first_arena),
		cmocka_unit_test(sanitizers_are_told),
		cmocka_unit_test(java_reserves_its_code_cache),
		cmocka_unit_test(java_needs_its_machine_and_its_archive),
		cmocka_unit_test(the_sandbox_of_v8_is_a_terabyte_with_a_cage),
		cmocka_unit_test(a_pool_of_partition_alloc_has_super_pages),
		cmocka_unit_test(pages_of_v8_lie_where_it_wants),
	};

	return cmocka_run_group_tests_name("classify_runtime", tests, NULL, NULL);
}
