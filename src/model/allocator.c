/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/allocator.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "model/address_space.h"

static const struct {
	const char *name, *ask;
} allocators[ALLOCATOR_COUNT] = {
	[ALLOCATOR_GLIBC] = {"glibc", "malloc_info(0, stdout), malloc_stats()"},
	[ALLOCATOR_MUSL] = {"musl", NULL},
	[ALLOCATOR_BIONIC] = {"bionic", "mallopt(M_LOG_STATS, 0)"},
	[ALLOCATOR_JEMALLOC] = {"jemalloc", "malloc_stats_print(), MALLOC_CONF=stats_print:true"},
	[ALLOCATOR_TCMALLOC] = {"tcmalloc", "MallocExtension::GetStats()"},
	[ALLOCATOR_MIMALLOC] = {"mimalloc", "mi_stats_print(), MIMALLOC_SHOW_STATS=1"},
	[ALLOCATOR_SNMALLOC] = {"snmalloc", NULL},
	[ALLOCATOR_RPMALLOC] = {"rpmalloc", "rpmalloc_dump_statistics()"},
	[ALLOCATOR_TBB] = {"tbbmalloc", NULL},
	[ALLOCATOR_HOARD] = {"hoard", NULL},
	[ALLOCATOR_SCUDO] = {"scudo", "mallopt(M_LOG_STATS, 0)"},
	[ALLOCATOR_SANITIZER] = {"sanitizer", "__sanitizer_print_memory_profile()"},
};

/*
 * Files by the beginning of their name. What comes first replaces what comes later: C libraries are
 * last.
 */
static const struct {
	const char *file;
	enum allocator allocator;
} files[] = {
	{"libasan.so", ALLOCATOR_SANITIZER},
	{"libtsan.so", ALLOCATOR_SANITIZER},
	{"liblsan.so", ALLOCATOR_SANITIZER},
	{"libclang_rt.asan", ALLOCATOR_SANITIZER},
	{"libclang_rt.tsan", ALLOCATOR_SANITIZER},
	{"libclang_rt.scudo", ALLOCATOR_SCUDO},
	{"libjemalloc.so", ALLOCATOR_JEMALLOC},
	{"libtcmalloc", ALLOCATOR_TCMALLOC},
	{"libmimalloc", ALLOCATOR_MIMALLOC},
	{"libsnmalloc", ALLOCATOR_SNMALLOC},
	{"librpmalloc", ALLOCATOR_RPMALLOC},
	{"libtbbmalloc_proxy", ALLOCATOR_TBB},
	{"libhoard", ALLOCATOR_HOARD},
	{"libscudo", ALLOCATOR_SCUDO},
	{"ld-musl-", ALLOCATOR_MUSL},
	{"libc.musl-", ALLOCATOR_MUSL},
	{"linker64", ALLOCATOR_BIONIC},
	{"libc.so.6", ALLOCATOR_GLIBC},
	{"libc-2.", ALLOCATOR_GLIBC},
};

#define FILE_COUNT (sizeof(files) / sizeof(files[0]))

/* The row for the file that the VMA maps; FILE_COUNT: there is none. */
static size_t find_row(const struct vma *vma)
{
	const char *slash = vma->inode ? strrchr(vma->name, '/') : NULL;
	size_t row = 0;

	if (!slash)
		return FILE_COUNT;
	while (row < FILE_COUNT && strncmp(slash + 1, files[row].file, strlen(files[row].file)))
		row++;
	return row;
}

enum allocator allocator_find(const struct address_space *space)
{
	size_t best = FILE_COUNT;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		size_t row;

		if (vma->runtime == RUNTIME_SANITIZER_HEAP)
			return ALLOCATOR_SANITIZER;
		if (!(vma->perms & PERM_EXEC))
			continue;
		row = find_row(vma);
		if (row < best)
			best = row;
	}
	return best < FILE_COUNT ? files[best].allocator : ALLOCATOR_UNKNOWN;
}

const char *allocator_name(enum allocator allocator)
{
	return allocators[allocator].name;
}

const char *allocator_ask(enum allocator allocator)
{
	return allocators[allocator].ask;
}
