/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/allocator.h"

#include <stdlib.h>
#include <string.h>

#include "model/address_space.h"

static const struct {
	const char *name, *ask;
} allocators[ALLOCATOR_COUNT] = {
	[ALLOCATOR_GLIBC] = {"glibc", "malloc_info(0, stdout), malloc_stats()"},
	[ALLOCATOR_MUSL] = {"musl", NULL},
	[ALLOCATOR_MUSL_OLD] = {"musl-old", NULL},
	[ALLOCATOR_BIONIC] = {"bionic", "mallopt(M_LOG_STATS, 0)"},
	[ALLOCATOR_JEMALLOC] = {"jemalloc", "malloc_stats_print(), MALLOC_CONF=stats_print:true"},
	[ALLOCATOR_TCMALLOC] = {"tcmalloc", "MallocExtension::GetStats()"},
	[ALLOCATOR_MIMALLOC] = {"mimalloc", "mi_stats_print(), MIMALLOC_SHOW_STATS=1"},
	[ALLOCATOR_SNMALLOC] = {"snmalloc", NULL},
	[ALLOCATOR_RPMALLOC] = {"rpmalloc", "rpmalloc_dump_statistics()"},
	[ALLOCATOR_TBB] = {"tbbmalloc", NULL},
	[ALLOCATOR_HOARD] = {"hoard", NULL},
	[ALLOCATOR_SCUDO] = {"scudo", "mallopt(M_LOG_STATS, 0)"},
	[ALLOCATOR_PARTITION_ALLOC] = {"partition-alloc", "chrome://tracing with memory-infra"},
	[ALLOCATOR_SANITIZER] = {"sanitizer", "__sanitizer_print_memory_profile()"},
	[ALLOCATOR_DLMALLOC] = {"dlmalloc", "malloc_stats(), mallinfo()"},
	[ALLOCATOR_OWN] = {"own", NULL},
};

/*
 * Files by the beginning of their name. What comes first replaces what comes later: C libraries are
 * last.
 */
static const struct {
	const char *file;
	enum allocator allocator;
	bool is_whole;
} files[] = {
	{"libasan.so", ALLOCATOR_SANITIZER, false},
	{"libtsan.so", ALLOCATOR_SANITIZER, false},
	{"liblsan.so", ALLOCATOR_SANITIZER, false},
	{"libclang_rt.asan", ALLOCATOR_SANITIZER, false},
	{"libclang_rt.tsan", ALLOCATOR_SANITIZER, false},
	{"libclang_rt.scudo", ALLOCATOR_SCUDO, false},
	{"libjemalloc.so", ALLOCATOR_JEMALLOC, false},
	{"libtcmalloc", ALLOCATOR_TCMALLOC, false},
	{"libmimalloc", ALLOCATOR_MIMALLOC, false},
	{"libsnmalloc", ALLOCATOR_SNMALLOC, false},
	{"librpmalloc", ALLOCATOR_RPMALLOC, false},
	{"libtbbmalloc_proxy", ALLOCATOR_TBB, false},
	{"libhoard", ALLOCATOR_HOARD, false},
	{"libscudo", ALLOCATOR_SCUDO, false},
	{"ld-musl-", ALLOCATOR_MUSL, false},
	{"libc.musl-", ALLOCATOR_MUSL, false},
	{"linker64", ALLOCATOR_BIONIC, false},
	{"libc.so.6", ALLOCATOR_GLIBC, false},
	{"libc-2.", ALLOCATOR_GLIBC, false},
	/* As musl installs itself: its loader may be a link to it. */
	{"libc.so", ALLOCATOR_MUSL, true},
};

/* Memory that has its owner's name, or its shape. */
static const enum allocator of_runtimes[RUNTIME_COUNT] = {
	[RUNTIME_SANITIZER_HEAP] = ALLOCATOR_SANITIZER,
	[RUNTIME_GLIBC] = ALLOCATOR_GLIBC,
	[RUNTIME_JEMALLOC] = ALLOCATOR_JEMALLOC,
	[RUNTIME_TCMALLOC] = ALLOCATOR_TCMALLOC,
	[RUNTIME_MIMALLOC] = ALLOCATOR_MIMALLOC,
	[RUNTIME_SNMALLOC] = ALLOCATOR_SNMALLOC,
	[RUNTIME_SCUDO] = ALLOCATOR_SCUDO,
	[RUNTIME_PARTITION_ALLOC] = ALLOCATOR_PARTITION_ALLOC,
};

enum allocator allocator_of_runtime(enum runtime runtime)
{
	return of_runtimes[runtime];
}

/*
 * Symbols in ascending order of their bytes. Those that replace malloc: what a program asks them
 * for; of jemalloc also with the prefix that Rust's crate gives it. Those of C libraries: what only
 * they define. glibc, malloc/malloc.c and elf/rtld.c; musl, src/malloc/mallocng/glue.h and
 * ldso/dlstart.c, and before 1.2.1 src/malloc/expand_heap.c; dlmalloc, malloc.c.
 */
static const struct symbol {
	const char *name; /* first, as it is the key */
	enum allocator allocator;
} symbols[] = {
	{"MallocExtension_GetStats", ALLOCATOR_TCMALLOC},
	{"MallocExtension_Internal_GetStats", ALLOCATOR_TCMALLOC},
	{"TCMallocInternalMalloc", ALLOCATOR_TCMALLOC},
	{"__asan_init", ALLOCATOR_SANITIZER},
	{"__expand_heap", ALLOCATOR_MUSL_OLD},
	{"__hwasan_init", ALLOCATOR_SANITIZER},
	{"__lsan_init", ALLOCATOR_SANITIZER},
	{"__malloc_context", ALLOCATOR_MUSL},
	{"__msan_init", ALLOCATOR_SANITIZER},
	{"__scudo_default_options", ALLOCATOR_SCUDO},
	{"__scudo_print_stats", ALLOCATOR_SCUDO},
	{"__tsan_init", ALLOCATOR_SANITIZER},
	{"_dlstart", ALLOCATOR_MUSL},
	{"_int_malloc", ALLOCATOR_GLIBC},
	{"_rjem_mallctl", ALLOCATOR_JEMALLOC},
	{"_rtld_global", ALLOCATOR_GLIBC},
	{"dlmalloc", ALLOCATOR_DLMALLOC},
	{"je_mallctl", ALLOCATOR_JEMALLOC},
	{"mallctl", ALLOCATOR_JEMALLOC},
	{"mi_malloc", ALLOCATOR_MIMALLOC},
	{"mspace_malloc", ALLOCATOR_DLMALLOC},
	{"rpmalloc", ALLOCATOR_RPMALLOC},
	{"scalable_malloc", ALLOCATOR_TBB},
	{"sn_malloc", ALLOCATOR_SNMALLOC},
	{"sn_rust_alloc", ALLOCATOR_SNMALLOC},
	{"tc_malloc", ALLOCATOR_TCMALLOC},
	{"xxmalloc", ALLOCATOR_HOARD},
};

#define SYMBOL_COUNT (sizeof(symbols) / sizeof(symbols[0]))

/* A C++ namespace in mangled names. */
static const struct {
	const char *prefix;
	enum allocator allocator;
} namespaces[] = {
	{"_ZN8snmalloc", ALLOCATOR_SNMALLOC},
	{"_ZN5scudo", ALLOCATOR_SCUDO},
};

#define FILE_COUNT (sizeof(files) / sizeof(files[0]))

static bool is_row(size_t row, const char *file)
{
	if (files[row].is_whole)
		return strcmp(file, files[row].file) == 0;
	return strncmp(file, files[row].file, strlen(files[row].file)) == 0;
}

/* The row for the file that the VMA maps; FILE_COUNT: there is none. */
static size_t find_row(const struct vma *vma)
{
	const char *slash = vma->inode ? strrchr(vma->name, '/') : NULL;
	size_t row = 0;

	while (slash && row < FILE_COUNT && !is_row(row, slash + 1))
		row++;
	return slash ? row : FILE_COUNT;
}

enum allocator allocator_find(const struct address_space *space)
{
	size_t best = FILE_COUNT;
	enum allocator named = ALLOCATOR_UNKNOWN;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		enum allocator owner = of_runtimes[vma->runtime];
		size_t row;

		/* A C library's is used by itself, whatever malloc the program has. */
		if (owner && owner != ALLOCATOR_GLIBC)
			return owner;
		if (owner)
			named = owner;
		if (!(vma->perms & PERM_EXEC))
			continue;
		row = find_row(vma);
		if (row < best)
			best = row;
	}
	return best < FILE_COUNT ? files[best].allocator : named;
}

/* A name without a NUL at its end. */
struct name {
	const char *bytes;
	size_t length;
};

static int compare(const void *key, const void *row)
{
	const struct name *name = key;
	const char *symbol = *(const char *const *)row;
	int order = strncmp(name->bytes, symbol, name->length);

	return order ? order : -(symbol[name->length] != '\0');
}

enum allocator allocator_of_symbol(const char *name, size_t length)
{
	const struct name key = {name, length};
	const struct symbol *found;

	for (size_t i = 0; i < sizeof(namespaces) / sizeof(namespaces[0]); i++)
		if (strncmp(name, namespaces[i].prefix, strlen(namespaces[i].prefix)) == 0)
			return namespaces[i].allocator;
	found = bsearch(&key, symbols, SYMBOL_COUNT, sizeof(symbols[0]), compare);
	return found ? found->allocator : ALLOCATOR_UNKNOWN;
}

#define BIT(allocator) (UINT32_C(1) << (allocator))

/* Those of C libraries: any other allocator in the program takes their place. */
#define OF_C_LIBRARIES (BIT(ALLOCATOR_GLIBC) | BIT(ALLOCATOR_MUSL) | BIT(ALLOCATOR_MUSL_OLD))

struct allocator_found allocator_settle(enum allocator mapped, uint32_t own, bool has_malloc)
{
	struct allocator_found found = {.allocator = mapped};
	uint32_t replacing = own & ~OF_C_LIBRARIES;
	bool is_static = mapped == ALLOCATOR_UNKNOWN;

	/* A replacement that is loaded is so for a reason; symbols are of what it replaced. */
	if (is_static && own)
		found.allocator = (enum allocator)__builtin_ctz(replacing ? replacing : own);
	else if (has_malloc && replacing)
		found.allocator = (enum allocator)__builtin_ctz(replacing);
	/*
	 * A dynamic linker may be the program: musl's is the C library itself, and older ones of
	 * glibc have a malloc that serves until the C library is loaded.
	 */
	else if (has_malloc && (BIT(mapped) & OF_C_LIBRARIES) && !own)
		found.allocator = ALLOCATOR_OWN;
	found.others = replacing & ~BIT(found.allocator);
	return found;
}

const char *allocator_name(enum allocator allocator)
{
	return allocators[allocator].name;
}

const char *allocator_ask(enum allocator allocator)
{
	return allocators[allocator].ask;
}
