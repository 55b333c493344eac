/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/runtime_name.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Go: runtime/malloc.go and others that call sysAlloc(); V8: src/base/platform; PartitionAlloc:
 * page_allocator_internals_posix.h; glibc: the callers of __set_vma_name(); jemalloc:
 * src/pages.c; tcmalloc: system-alloc.cc; mimalloc: src/prim/unix; Ruby: gc and others that call
 * ruby_annotate_mmap(); PHP: Zend/zend_mmap.h; OCaml: runtime/unix.c; CPython:
 * Python/mmap_annotate.h; bionic and ART: the names in AOSP's libc/ and art/runtime. The first row
 * that fits counts.
 */
static const struct {
	const char *name;
	bool is_prefix;
	enum runtime runtime;
} names[] = {
	{"[anon: Go: heap]", false, RUNTIME_GO},
	{"[anon: Go: heap reservation]", false, RUNTIME_GO},
	{"[anon: Go: ", true, RUNTIME_GO_METADATA},
	{"[anon:v8]", false, RUNTIME_V8},
	{"[anon:v8-sandbox]", false, RUNTIME_V8},
	{"[anon:partition_alloc]", false, RUNTIME_PARTITION_ALLOC},
	{"[anon: glibc: malloc]", false, RUNTIME_GLIBC},
	{"[anon: glibc: loader malloc]", false, RUNTIME_GLIBC},
	{"[anon:jemalloc_pg", true, RUNTIME_JEMALLOC},
	{"[anon:tcmalloc_region_", true, RUNTIME_TCMALLOC},
	{"[anon:tcmalloc ", true, RUNTIME_TCMALLOC},
	{"[anon:mimalloc]", false, RUNTIME_MIMALLOC},
	{"[anon:snmalloc]", false, RUNTIME_SNMALLOC},
	{"[anon:scudo:", true, RUNTIME_SCUDO},
	{"[anon:dalvik-", true, RUNTIME_ART},
	{"[anon:libc_malloc]", false, RUNTIME_BIONIC},
	{"[anon:linker_alloc", true, RUNTIME_BIONIC},
	{"[anon:bionic ", true, RUNTIME_BIONIC},
	{"[anon:Ruby:", true, RUNTIME_RUBY},
	{"[anon:zend_fiber_stack]", false, RUNTIME_FIBERS},
	{"[anon:zend_", true, RUNTIME_PHP},
	{"[anon:OCaml: ", true, RUNTIME_OCAML},
	{"[anon:cpython:", true, RUNTIME_CPYTHON},
	{"[anon:kj_fiber_stack]", false, RUNTIME_FIBERS},
};

enum runtime runtime_name_find(const char *name)
{
	if (name[0] != '[')
		return RUNTIME_NONE;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].is_prefix ? strncmp(name, names[i].name, strlen(names[i].name)) == 0
				       : strcmp(name, names[i].name) == 0)
			return names[i].runtime;
	return RUNTIME_NONE;
}
