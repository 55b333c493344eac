/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"

#define PYTHON "/usr/bin/python3.11"
#define LIBC   "/usr/lib/x86_64-linux-gnu/libc.so.6"
#define LIBM   "/usr/lib/x86_64-linux-gnu/libm.so.6"
#define LOADER "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
#define R      PERM_READ
#define W      PERM_WRITE
#define X      PERM_EXEC
#define S      PERM_SHARED

/* start, end, perms, offset, inode, name, kind, owner, tid */
struct line {
	uint64_t start, end;
	unsigned perms;
	uint64_t offset, inode;
	const char *name;
	enum kind kind;
	enum owner owner;
	int32_t tid;
};

static const struct line python[] = {
	{0x55b5c3c00000, 0x55b5c3c6a000, R, 0, 101, PYTHON, KIND_RODATA, OWNER_PROGRAM, 0},
	{0x55b5c3c6a000, 0x55b5c3efb000, R | X, 0x6a000, 101, PYTHON, KIND_TEXT, OWNER_PROGRAM, 0},
	{0x55b5c3efb000, 0x55b5c41f3000, R, 0x2fb000, 101, PYTHON, KIND_RODATA, OWNER_PROGRAM, 0},
	{0x55b5c41f3000, 0x55b5c41f4000, R, 0x5f2000, 101, PYTHON, KIND_RELRO, OWNER_PROGRAM, 0},
	{0x55b5c41f4000, 0x55b5c4349000, R | W, 0x5f3000, 101, PYTHON, KIND_DATA, OWNER_PROGRAM, 0},
	{0x55b5c4349000, 0x55b5c438d000, R | W, 0, 0, "", KIND_BSS, OWNER_PROGRAM, 0},
	{0x55b5f7c8d000, 0x55b5f7e87000, R | W, 0, 0, "[heap]", KIND_HEAP, OWNER_PROGRAM, 0},
	{0x7f839c000000, 0x7f839c021000, R | W, 0, 0, "", KIND_ARENA, OWNER_OTHER, 0},
	{0x7f839c021000, 0x7f83a0000000, 0, 0, 0, "", KIND_RESERVE, OWNER_OTHER, 0},
	{0x7f83a8781000, 0x7f83a8782000, 0, 0, 0, "", KIND_GUARD, OWNER_OTHER, 0},
	{0x7f83a8782000, 0x7f83a8f82000, R | W, 0, 0, "", KIND_THREAD_STACK, OWNER_OTHER, 20715},
	{0x7f83a8f82000, 0x7f83a9082000, R | W | S, 0, 55, "/dev/shm/sem.queue", KIND_SHARED,
	 OWNER_OTHER, 0},
	{0x7f83a9100000, 0x7f83a9110000, R | W | X, 0, 0, "", KIND_JIT, OWNER_OTHER, 0},
	{0x7f83a9200000, 0x7f83a94e9000, R, 0, 77, "/usr/lib/locale/locale-archive", KIND_FILE,
	 OWNER_OTHER, 0},
	{0x7f83a9782000, 0x7f83a9792000, R, 0, 102, LIBM, KIND_RODATA, OWNER_LIBRARY, 0},
	{0x7f83a9792000, 0x7f83a9805000, R | X, 0x10000, 102, LIBM, KIND_TEXT, OWNER_LIBRARY, 0},
	{0x7f83a9805000, 0x7f83a985f000, R, 0x83000, 102, LIBM, KIND_RODATA, OWNER_LIBRARY, 0},
	{0x7f83a985f000, 0x7f83a9860000, R, 0xdc000, 102, LIBM, KIND_RELRO, OWNER_LIBRARY, 0},
	{0x7f83a9860000, 0x7f83a9861000, R | W, 0xdd000, 102, LIBM, KIND_DATA, OWNER_LIBRARY, 0},
	{0x7f83aa1dc000, 0x7f83aa53e000, R | W, 0, 0, "", KIND_ANON, OWNER_OTHER, 0},
	{0x7f83aa53e000, 0x7f83aa564000, R, 0, 103, LIBC, KIND_RODATA, OWNER_LIBRARY, 0},
	{0x7f83aa564000, 0x7f83aa6b9000, R | X, 0x26000, 103, LIBC, KIND_TEXT, OWNER_LIBRARY, 0},
	{0x7f83aa6b9000, 0x7f83aa70c000, R, 0x17b000, 103, LIBC, KIND_RODATA, OWNER_LIBRARY, 0},
	{0x7f83aa70c000, 0x7f83aa710000, R, 0x1cf000, 103, LIBC, KIND_RELRO, OWNER_LIBRARY, 0},
	{0x7f83aa710000, 0x7f83aa712000, R | W, 0x1d3000, 103, LIBC, KIND_DATA, OWNER_LIBRARY, 0},
	{0x7f83aa712000, 0x7f83aa71f000, R | W, 0, 0, "", KIND_BSS, OWNER_LIBRARY, 0},
	{0x7f83aa75d000, 0x7f83aa75e000, R, 0, 104, LOADER, KIND_RODATA, OWNER_LOADER, 0},
	{0x7f83aa75e000, 0x7f83aa783000, R | X, 0x1000, 104, LOADER, KIND_TEXT, OWNER_LOADER, 0},
	{0x7f83aa783000, 0x7f83aa78d000, R, 0x26000, 104, LOADER, KIND_RODATA, OWNER_LOADER, 0},
	{0x7f83aa78d000, 0x7f83aa78f000, R, 0x30000, 104, LOADER, KIND_RELRO, OWNER_LOADER, 0},
	{0x7f83aa78f000, 0x7f83aa791000, R | W, 0x32000, 104, LOADER, KIND_DATA, OWNER_LOADER, 0},
	{0x7fff7725a000, 0x7fff7727b000, R | W, 0, 0, "[stack]", KIND_STACK, OWNER_PROGRAM, 0},
	{0x7fff7735b000, 0x7fff7735f000, R, 0, 0, "[vvar]", KIND_VVAR, OWNER_OTHER, 0},
	{0x7fff7735f000, 0x7fff77361000, R | X, 0, 0, "[vdso]", KIND_VDSO, OWNER_OTHER, 0},
	{0xffffffffff600000, 0xffffffffff601000, X, 0, 0, "[vsyscall]", KIND_VSYSCALL, OWNER_OTHER,
	 0},
};

static struct vma make_vma(const struct line *line)
{
	return (struct vma){
		.start = line->start,
		.end = line->end,
		.perms = (uint8_t)line->perms,
		.offset = line->offset,
		.inode = line->inode,
		.dev_major = line->inode ? 0xfe : 0,
		.name = line->name,
		.kind = (uint8_t)line->kind,
		.kind_source = line->name[0] == '[' ? KIND_SOURCE_NAME : KIND_SOURCE_ELF,
		.owner = (uint8_t)line->owner,
		.tid = line->tid,
		.file_system = strncmp(line->name, "/usr/", 5) ? FILE_SYSTEM_UNKNOWN
							       : FILE_SYSTEM_ORDINARY,
	};
}

static struct address_space *make_space(struct vma *vmas, size_t count, const char *comm,
					const char *const *cmdline, size_t arguments)
{
	const struct target target = {
		.pid = 20712,
		.start_ticks = 123456,
		.comm = comm,
		.exe = PYTHON,
		.cmdline = cmdline,
		.cmdline_count = arguments,
		.uid = 1000,
		.state = 'S',
		.threads = 4,
		.page_size = 4096,
		.start_brk = 0x55b5f7c8d000,
		.start_stack = 0x7fff77279000,
		.rss = 61026304,
		.swap = 0,
		.limits = {65530, 8388608, TARGET_UNLIMITED, TARGET_UNLIMITED},
	};
	struct address_space *space;

	if (address_space_create(&target, vmas, count, INT64_C(1792412467123000000), 200000,
				 &space))
		abort();
	free(vmas);
	return space;
}

struct address_space *sample_python_grown(uint64_t bytes)
{
	static const char *const cmdline[] = {"python3", "app.py"};
	size_t count = sizeof(python) / sizeof(python[0]);
	struct vma *vmas = memory_alloc(count * sizeof(*vmas));

	for (size_t i = 0; i < count; i++) {
		vmas[i] = make_vma(&python[i]);
		if (vmas[i].kind == KIND_HEAP)
			vmas[i].end += bytes;
	}
	return make_space(vmas, count, "python3", cmdline, 2);
}

#define STACKS_END UINT64_C(0x7f83a8f82000)
#define STACK_SIZE UINT64_C(0x800000)
#define GUARD_SIZE UINT64_C(0x1000)

/* The parts of the mapping, highest stack first; fills two for each stack. */
static void make_parts(const struct vma *vma, size_t stacks, struct vma *parts)
{
	static const int32_t tids[] = {20715, 20716, 20721};

	for (size_t i = 0; i < stacks; i++) {
		struct vma *guard = &parts[2 * (stacks - 1 - i)], *stack = guard + 1;

		*guard = *stack = *vma;
		stack->end = STACKS_END - i * (STACK_SIZE + GUARD_SIZE);
		stack->start = guard->end = stack->end - STACK_SIZE;
		guard->start = guard->end - GUARD_SIZE;
		guard->perms = 0;
		guard->kind = KIND_GUARD;
		guard->kind_source = KIND_SOURCE_PAGES;
		guard->tid = 0;
		stack->tid = tids[i];
	}
}

struct address_space *sample_stacks(size_t stacks)
{
	static const struct lodged_stack lodged[] = {{0x55b5c4360e70, 20712, true},
						     {0x55b5f7d00e70, 20717, false}};
	static const char *const cmdline[] = {"python3", "app.py"};
	size_t lines = sizeof(python) / sizeof(python[0]), count = 0;
	struct vma *vmas = memory_alloc(lines * sizeof(*vmas)), parts[6];
	struct address_space *space;

	for (size_t i = 0; i < lines; i++) {
		if (python[i].kind == KIND_GUARD)
			continue;
		vmas[count] = make_vma(&python[i]);
		if (python[i].kind == KIND_THREAD_STACK) {
			vmas[count].start = STACKS_END - stacks * (STACK_SIZE + GUARD_SIZE);
			vmas[count].kind_source = KIND_SOURCE_THREAD;
			vmas[count].tid = stacks == 1 ? python[i].tid : 0;
			make_parts(&vmas[count], stacks, parts);
		}
		count++;
	}
	space = make_space(vmas, count, "python3", cmdline, 2);
	if (address_space_set_stacks(space, parts, 2 * stacks, lodged, 2))
		abort();
	return space;
}

struct address_space *sample_python_without(uint64_t start)
{
	static const char *const cmdline[] = {"python3", "app.py"};
	size_t lines = sizeof(python) / sizeof(python[0]), count = 0;
	struct vma *vmas = memory_alloc(lines * sizeof(*vmas));

	for (size_t i = 0; i < lines; i++)
		if (python[i].start != start)
			vmas[count++] = make_vma(&python[i]);
	return make_space(vmas, count, "python3", cmdline, 2);
}

struct address_space *sample_python(void)
{
	return sample_python_grown(0);
}

struct address_space *sample_large(size_t count)
{
	static const char *const cmdline[] = {"browser"};
	static const struct {
		unsigned perms;
		const char *name;
		enum kind kind;
		uint64_t inode;
	} sorts[] = {
		{R | W, "", KIND_ANON, 0},       {R, LIBM, KIND_RODATA, 102},
		{R | X, LIBM, KIND_TEXT, 102},   {0, "", KIND_RESERVE, 0},
		{R | W, LIBC, KIND_DATA, 103},   {R | W | S, "/memfd:frame", KIND_SHARED, 9},
		{R, "/tmp/cache", KIND_FILE, 8},
	};
	struct vma *vmas = memory_alloc((count ? count : 1) * sizeof(*vmas));
	uint64_t at = 0x7f0000000000, seed = 42;

	for (size_t i = 0; i < count; i++) {
		size_t sort = (seed >> 33) % (sizeof(sorts) / sizeof(sorts[0]));

		/* Knuth's MMIX generator: the same on every machine. */
		seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		if (seed >> 62 == 0)
			at += ((seed >> 40) % 512 + 1) * 4096;
		vmas[i] = (struct vma){
			.start = at,
			.perms = (uint8_t)sorts[sort].perms,
			.name = sorts[sort].name,
			.inode = sorts[sort].inode,
			.kind = (uint8_t)sorts[sort].kind,
			.owner = sorts[sort].inode ? OWNER_LIBRARY : OWNER_OTHER,
		};
		at += UINT64_C(4096) << ((seed >> 50) % 12);
		vmas[i].end = at;
	}
	return make_space(vmas, count, "browser", cmdline, 1);
}

struct address_space *sample_hostile(void)
{
	static const char *const cmdline[] = {"evil\033]0;owned\007", "\n\033[2J", "\xff\xfe",
					      "\342\200\256backwards"};
	const struct line lines[] = {
		{0x10000, 0x20000, R | X, 0, 5, "/tmp/\033[31mred\\012", KIND_TEXT, OWNER_PROGRAM,
		 0},
		{0x20000, 0x40000, R | W, 0, 6, "/tmp/\xff\xfe\x80 \xc0\xaf", KIND_FILE,
		 OWNER_OTHER, 0},
		{0x7fff00000000, 0x7fff00021000, R | W, 0, 0, "[stack]", KIND_STACK, OWNER_PROGRAM,
		 0},
	};
	struct vma *vmas = memory_alloc(3 * sizeof(*vmas));

	for (size_t i = 0; i < 3; i++)
		vmas[i] = make_vma(&lines[i]);
	return make_space(vmas, 3, "e\033[2Jvil", cmdline, 4);
}

struct address_space *sample_empty(void)
{
	return make_space(memory_alloc(sizeof(struct vma)), 0, "nothing", NULL, 0);
}
