/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RUNTIME_CASES_H
#define TESTS_UNIT_RUNTIME_CASES_H

/* Mappings as runtimes have them, and of which runtime each is. */

#include <string.h>

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

static inline void add(uint64_t start, uint64_t end, unsigned perms, const char *name)
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
static inline void check(const char *expected)
{
	static const char letters[] = {
		[RUNTIME_NONE] = '.',
		[RUNTIME_JAVA] = 'j',
		[RUNTIME_JAVA_CODE] = 'c',
		[RUNTIME_GO] = 'g',
		[RUNTIME_GO_METADATA] = 'm',
		[RUNTIME_V8] = 'v',
		[RUNTIME_PARTITION_ALLOC] = 'p',
		[RUNTIME_ASAN] = 'a',
	};

	classify_runtime(vmas, count);
	assert_int_equal(strlen(expected), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(letters[vmas[i].runtime], expected[i]);
}

#define TERA (UINT64_C(1) << 40)
#define GIGA (UINT64_C(1) << 30)

/* As chromium 12x has it: a guard, the read-only heap at the start of a cage, the rest reserved. */
static inline void add_sandbox(uint64_t start)
{
	count = 0;
	add(0x200000000000, 0x200000001000, RW, "");
	add(start, start + 64 * GIGA, 0, "");
	add(start + 64 * GIGA, start + 64 * GIGA + 0x10000, PERM_READ, "");
	add(start + 64 * GIGA + 0x10000, start + 65 * GIGA, 0, "");
	add(start + 65 * GIGA, start + 65 * GIGA + 0x980000, RW, "");
	add(start + 65 * GIGA + 0x980000, start + TERA + 64 * GIGA, 0, "");
}

static inline void add_pool(uint64_t start)
{
	count = 0;
	add(start, start + 0x4000, 0, "");
	add(start + 0x4000, start + 0x108000, RW, "");
	add(start + 0x108000, start + 0x202000, 0, "");
	add(start + 0x202000, start + 0x203000, RW, "");
	add(start + 0x203000, start + 32 * GIGA, 0, "");
	add(start + 40 * GIGA, start + 41 * GIGA, RW, "");
}

static inline void add_node(const char *program)
{
	count = 0;
	add(0x400000, 0x500000, RX, program);
	vmas[0].owner = OWNER_PROGRAM;
	add(0x1000000, 0x1021000, RW, "[heap]");
	add(0x4fd080000, 0x4fd0c0000, RW, "");
	add(0x2942840000, 0x2942880000, RW, "");
	add(0x39400c0000, 0x39400cd000, PERM_READ, "");
	add(0x3a46540000, 0x3a4a000000, RW, "");
	add(0x3b46541000, 0x3b46581000, RW, "");
	add(0x7f9e00000000, 0x7f9e00100000, RX, "/lib/libc.so.6");
	vmas[7].owner = OWNER_LIBRARY;
	add(0x7f9e00200000, 0x7f9e00300000, RW, "");
}

#endif
