/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/classify_runtime.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "model/classify_sanitizer.h"
#include "model/runtime.h"
#include "model/runtime_name.h"
#include "model/vma.h"

/* Go's runtime, malloc.go: arenas of 64 MiB, from this address up on 64-bit systems. */
#define GO_START UINT64_C(0xc000000000)
#define GO_ARENA (UINT64_C(1) << 26)

/* HotSpot with compressed references: below 32 GiB; g1 and the others align to 1 MiB at least. */
#define JAVA_END   (UINT64_C(1) << 35)
#define JAVA_ALIGN (UINT64_C(1) << 20)

/*
 * V8, src/sandbox/sandbox.h and src/common/globals.h: the sandbox is a terabyte with guards around,
 * in which the read-only heap begins a cage of 4 GiB; without it each page of the heap is 256 KiB
 * or a large object, aligned to that, at an address of V8's own choice. Pages that are free are
 * kept without access (src/heap/memory-allocator.h, the pool).
 */
#define V8_SANDBOX   (UINT64_C(1) << 40)
#define V8_CAGE      (UINT64_C(1) << 32)
#define V8_PAGE      (UINT64_C(1) << 18)
#define V8_PAGES_MIN 4

/*
 * PartitionAlloc, partition_address_space.h and partition_page.h: pools of 16 GiB, in super pages
 * of 2 MiB, whose metadata is the page behind the first two.
 */
#define PARTITION_POOL     (UINT64_C(1) << 34)
#define PARTITION_SUPER    (UINT64_C(1) << 21)
#define PARTITION_METADATA UINT64_C(0x2000)
#define PARTITION_PAGE     UINT64_C(0x1000)

/* Private memory without a file and a name, readable and writable or without access. */
static bool is_plain(const struct vma *vma)
{
	unsigned access = vma->perms & PERM_ACCESS;

	return !vma->inode && !vma->name[0] && !(vma->perms & PERM_SHARED) &&
	       (access == 0 || access == (PERM_READ | PERM_WRITE)) && vma->kind != KIND_BSS &&
	       vma->kind != KIND_THREAD_STACK;
}

/* The same with any access. */
static bool is_nameless(const struct vma *vma)
{
	return !vma->inode && !vma->name[0] && !(vma->perms & PERM_SHARED) &&
	       vma->kind != KIND_BSS && vma->kind != KIND_THREAD_STACK;
}

static void set(struct vma *vmas, size_t first, size_t end, enum runtime runtime)
{
	for (size_t i = first; i < end; i++) {
		vmas[i].runtime = (uint8_t)runtime;
		if (!vmas[i].inode)
			vmas[i].kind_source = KIND_SOURCE_SHAPE;
	}
}

/* All of the first arenas, opened from below, and the rest reserved. */
static void find_go(struct vma *vmas, size_t count)
{
	size_t first = 0, end;

	while (first < count && vmas[first].start < GO_START)
		first++;
	if (first == count || vmas[first].start != GO_START || !is_plain(&vmas[first]) ||
	    !(vmas[first].perms & PERM_ACCESS))
		return;
	for (end = first + 1; end < count && vmas[end].start == vmas[end - 1].end; end++)
		if (!is_plain(&vmas[end]))
			return;
	if (end - first > 1 && vmas[end - 1].end % GO_ARENA == 0 &&
	    !(vmas[end - 1].perms & PERM_ACCESS))
		set(vmas, first, end, RUNTIME_GO);
}

static bool is_file(const struct vma *vma, const char *end)
{
	size_t length = strlen(vma->name), tail = strlen(end);

	return vma->inode && length >= tail && strcmp(vma->name + length - tail, end) == 0;
}

/*
 * With class data sharing the class space lies beside the archive, so where the archive is mapped
 * above what compressed references reach, the heap is all that HotSpot has below it.
 */
static bool has_archive_above(const struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (vmas[i].start >= JAVA_END && is_file(&vmas[i], ".jsa"))
			return true;
	return false;
}

static bool has_hotspot(const struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if ((vmas[i].perms & PERM_EXEC) && is_file(&vmas[i], "/libjvm.so"))
			return true;
	return false;
}

/* Archived objects are mapped from the file into the heap. */
static bool is_java(const struct vma *vma)
{
	return vma->end <= JAVA_END &&
	       (is_plain(vma) || (is_file(vma, ".jsa") && !(vma->perms & PERM_EXEC)));
}

/* The largest unbroken piece that begins as HotSpot aligns its heap. */
static void find_java(struct vma *vmas, size_t count)
{
	size_t best = 0, best_end = 0;
	uint64_t most = 0;

	if (!has_archive_above(vmas, count))
		return;
	for (size_t i = 0, end; i < count && vmas[i].start < JAVA_END; i = end) {
		end = i + 1;
		if (!is_java(&vmas[i]))
			continue;
		while (end < count && is_java(&vmas[end]) && vmas[end].start == vmas[end - 1].end)
			end++;
		if (vmas[i].start % JAVA_ALIGN == 0 && vmas[end - 1].end - vmas[i].start > most) {
			most = vmas[end - 1].end - vmas[i].start;
			best = i;
			best_end = end;
		}
	}
	set(vmas, best, best_end, RUNTIME_JAVA);
}

static bool is_code(const struct vma *vma)
{
	return (vma->perms & PERM_EXEC) && is_nameless(vma);
}

/* HotSpot reserves its code cache and opens pieces of it from below, of each of its segments. */
static void find_java_code(struct vma *vmas, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		end = i + 1;
		if (!is_code(&vmas[i]) || vmas[i].start < JAVA_END)
			continue;
		while (end < count && vmas[end].start == vmas[end - 1].end &&
		       is_nameless(&vmas[end]) &&
		       (is_code(&vmas[end]) || !(vmas[end].perms & PERM_ACCESS)))
			end++;
		set(vmas, i, end, RUNTIME_JAVA_CODE);
	}
}

/* Whether the read-only heap begins at the beginning of a cage. */
static bool has_cage(const struct vma *vmas, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (vmas[i].start % V8_CAGE == 0 && (vmas[i].perms & PERM_ACCESS) == PERM_READ)
			return true;
	return false;
}

static bool has_super_page(const struct vma *vmas, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (vmas[i].start % PARTITION_SUPER == PARTITION_METADATA &&
		    vmas[i].end - vmas[i].start == PARTITION_PAGE &&
		    (vmas[i].perms & PERM_ACCESS) == (PERM_READ | PERM_WRITE))
			return true;
	return false;
}

/* Where a sandbox begins in memory that adjoins, perhaps other memory below it; end: nowhere. */
static size_t find_sandbox(const struct vma *vmas, size_t first, size_t end)
{
	while (first < end && vmas[first].start % V8_CAGE)
		first++;
	return first < end && vmas[end - 1].end - vmas[first].start >= V8_SANDBOX &&
			       has_cage(vmas, first, end)
		       ? first
		       : end;
}

/* What reserves whole terabytes, or pools of gigabytes, and opens pieces of them. */
static void find_pools(struct vma *vmas, size_t count)
{
	for (size_t i = 0, end; i < count; i = end) {
		size_t sandbox;
		uint64_t size;

		for (end = i + 1;
		     end < count && vmas[end].start == vmas[end - 1].end && is_nameless(&vmas[end]);
		     end++)
			;
		if (!is_nameless(&vmas[i]))
			continue;
		size = vmas[end - 1].end - vmas[i].start;
		sandbox = find_sandbox(vmas, i, end);
		if (sandbox < end)
			set(vmas, sandbox, end, RUNTIME_V8);
		else if (vmas[i].start % PARTITION_POOL == 0 && size % PARTITION_POOL == 0 &&
			 has_super_page(vmas, i, end))
			set(vmas, i, end, RUNTIME_PARTITION_ALLOC);
	}
}

/* Programs and libraries that have V8 in them. */
static bool has_v8(const struct vma *vma)
{
	static const char *const files[] = {"/node", "/nodejs", "/deno", "/d8", "/electron"};
	const char *slash = vma->inode ? strrchr(vma->name, '/') : NULL;

	if (!slash || !(vma->perms & PERM_EXEC))
		return false;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(slash, files[i]) == 0)
			return true;
	return strncmp(slash, "/libnode.so", strlen("/libnode.so")) == 0 ||
	       strncmp(slash, "/libv8.so", strlen("/libv8.so")) == 0;
}

/* What V8 chose the address of lies below what the kernel places. */
static bool is_v8_page(const struct vma *vma, uint64_t limit)
{
	return vma->start % V8_PAGE == 0 && vma->end <= limit && vma->kind == KIND_ANON &&
	       is_nameless(vma) && !(vma->perms & PERM_EXEC);
}

static bool is_free_v8_page(const struct vma *vma, uint64_t limit)
{
	return vma->start % V8_PAGE == 0 && vma->end % V8_PAGE == 0 && vma->end <= limit &&
	       vma->kind == KIND_RESERVE && is_nameless(vma);
}

static void find_v8(struct vma *vmas, size_t count)
{
	uint64_t limit = UINT64_MAX;
	size_t pages = 0;
	bool found = false;

	for (size_t i = count; i-- > 0;) {
		found |= has_v8(&vmas[i]);
		if ((vmas[i].perms & PERM_EXEC) && vmas[i].inode && vmas[i].owner != OWNER_PROGRAM)
			limit = vmas[i].start;
	}
	for (size_t i = 0; found && i < count; i++)
		pages += is_v8_page(&vmas[i], limit);
	for (size_t i = 0; pages >= V8_PAGES_MIN && i < count; i++)
		if (is_v8_page(&vmas[i], limit) || is_free_v8_page(&vmas[i], limit))
			set(vmas, i, i + 1, RUNTIME_V8);
}

void classify_runtime(struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++)
		vmas[i].runtime = (uint8_t)runtime_name_find(vmas[i].name);
	find_go(vmas, count);
	classify_sanitizer(vmas, count);
	if (has_hotspot(vmas, count)) {
		find_java(vmas, count);
		find_java_code(vmas, count);
	}
	find_pools(vmas, count);
	find_v8(vmas, count);
}
