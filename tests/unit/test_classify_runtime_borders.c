/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "runtime_cases.h"

/* What belongs to a runtime, to the byte, and which of several. */

/* The largest of several pieces below 32 GiB, the lowest of equals; and of each its borders. */
static void the_heap_of_java_is_the_largest_piece(void **state)
{
	(void)state;
	count = 0;
	add(0x100000, 0x200000, RW, "");
	add(0x400000, 0x600000, RW, "");
	add(0x700000, 0x900000, RW, "");
	add(0x900001, 0xa00000, RW, "");
	add(0x800000000, 0x800c00000, RW, JSA);
	add(0x7f1000000000, 0x7f1000800000, RX, JVM);
	check(".j....");
	vmas[2].end += 0x800;
	check("..j...");
	/* It ends below 32 GiB, or there. */
	vmas[3] = vmas[2];
	vmas[3].start = 0x700000000;
	vmas[3].end = 0x800000000;
	check("...j..");
	vmas[3].end += 0x1000;
	vmas[4].start += 0x1000;
	check("..j...");
	/* Code is none, of the archive neither. */
	vmas[2].perms |= PERM_EXEC;
	check(".j....");
	vmas[2].name = JSA;
	vmas[2].inode = 1;
	check(".j....");
	vmas[2].perms = PERM_READ;
	check("..j...");
	/* The archive must lie above, and the machine be code. */
	vmas[4].start = 0x7fffff000;
	check("......");
	vmas[4].start = 0x800000000;
	vmas[3].start = 0xf00001;
	vmas[3].end = 0xf00002;
	check("..j...");
	vmas[5].perms = PERM_READ;
	check("......");
}

static void code_of_java_lies_above_its_heap(void **state)
{
	(void)state;
	count = 0;
	add(0x7fffff000, 0x800000000, RX, "");
	add(0x800001000, 0x800002000, RX, "");
	add(0x900000000, 0x900001000, 0, "");
	add(0x900001000, 0x900002000, RX, "");
	add(0x900002000, 0x900003000, RW, "");
	add(0x900004000, 0x900005000, RX, "");
	add(0x900006000, 0x900007000, 0, "");
	add(0x900007000, 0x900008000, RX, "[anon:mine]");
	add(0x7f1000000000, 0x7f1000800000, RX, JVM);
	check(".c.c.c...");
	vmas[1].start = vmas[0].end;
	vmas[5].end = vmas[6].start;
	check(".c.c.cc..");
}

static void borders_of_pools_are_exact(void **state)
{
	const uint64_t start = 0x287800000000;

	(void)state;
	add_sandbox(start);
	vmas[5].end = start + TERA;
	check(".vvvvv");
	vmas[5].end -= 0x1000;
	check("......");
	/* The page of metadata is one that can be written, and no larger. */
	add_pool(0x334800000000);
	vmas[3].perms = PERM_READ;
	check("......");
	add_pool(0x334800000000);
	vmas[3].end += 0x1000;
	vmas[4].start += 0x1000;
	check("......");
	add_pool(0x334800000000);
	vmas[1].perms = RX;
	check("ppppp.");
	vmas[0].kind = KIND_BSS;
	check("......");
}

static void pages_of_v8_have_borders(void **state)
{
	(void)state;
	/* Up to where the lowest library lies, of several. */
	add_node("/usr/bin/node");
	vmas[5].end = vmas[7].start;
	check("..vvvv...");
	vmas[5].end++;
	check(".........");
	add_node("/usr/bin/node");
	add(0x7f9f00000000, 0x7f9f00100000, RX, "/lib/libm.so.6");
	vmas[9].owner = OWNER_LIBRARY;
	add(0x7fa000000000, 0x7fa000040000, RW, "");
	check("..vvvv.....");
	/* The program itself is no border, wherever it lies. */
	vmas[8].start = 0x7f9e00200000;
	vmas[0].owner = OWNER_LIBRARY;
	check("...........");
	/* What is free is whole pages; code is none of them. */
	add_node("/usr/bin/node");
	vmas[8] = vmas[3];
	vmas[8].start = 0x700000000000;
	vmas[8].end = 0x700000040000;
	vmas[8].perms = 0;
	vmas[8].kind = KIND_RESERVE;
	check("..vvvv..v");
	vmas[8].end -= 0x1000;
	check("..vvvv...");
	vmas[8].end += 0x1000;
	vmas[8].kind = KIND_GUARD;
	check("..vvvv...");
	vmas[8].kind = KIND_ANON;
	vmas[8].perms = RX;
	check("..vvvv...");
	vmas[8].perms = PERM_READ;
	check("..vvvv..v");
	/* Only what is code is the program. */
	vmas[0].perms = PERM_READ;
	check(".........");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heap_of_java_is_the_largest_piece),
		cmocka_unit_test(code_of_java_lies_above_its_heap),
		cmocka_unit_test(borders_of_pools_are_exact),
		cmocka_unit_test(pages_of_v8_have_borders),
	};

	return cmocka_run_group_tests_name("classify_runtime_borders", tests, NULL, NULL);
}
