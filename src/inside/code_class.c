/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/code_class.h"

#include <stdint.h>
#include <string.h>

#include "inside/code_frame.h"

/* Patterns may begin or end with a '*', which stands for any bytes. */
struct code_rule {
	const char *module;   /* of the name without its folders */
	const char *function; /* without what it returns and its parameters */
	uint8_t class;        /* enum code_class */
};

/* The first that fits. */
static const struct code_rule rules[] = {
	/* C libraries and loaders: all that they do, they do for whoever calls them. */
	{"libc.so*", "*", CODE_ALLOCATOR},
	{"libc-2.*", "*", CODE_ALLOCATOR},
	{"libpthread*", "*", CODE_ALLOCATOR},
	{"ld-linux*", "*", CODE_ALLOCATOR},
	{"ld-musl*", "*", CODE_ALLOCATOR},
	{"ld-2.*", "*", CODE_ALLOCATOR},
	{"ld.so*", "*", CODE_ALLOCATOR},
	{"libstdc++*", "*", CODE_ALLOCATOR},
	{"libc++*", "*", CODE_ALLOCATOR},
	{"libgcc_s*", "*", CODE_ALLOCATOR},
	/* Allocators and sanitizers as libraries. */
	{"libjemalloc*", "*", CODE_ALLOCATOR},
	{"libtcmalloc*", "*", CODE_ALLOCATOR},
	{"libmimalloc*", "*", CODE_ALLOCATOR},
	{"libsnmalloc*", "*", CODE_ALLOCATOR},
	{"librpmalloc*", "*", CODE_ALLOCATOR},
	{"libtbbmalloc*", "*", CODE_ALLOCATOR},
	{"libasan*", "*", CODE_ALLOCATOR},
	{"libtsan*", "*", CODE_ALLOCATOR},
	{"liblsan*", "*", CODE_ALLOCATOR},
	{"libubsan*", "*", CODE_ALLOCATOR},
	{"libclang_rt*", "*", CODE_ALLOCATOR},
	/* The C library's own where it is linked into the program, and its filling of memory. */
	{"*", "malloc_consolidate*", CODE_ALLOCATOR},
	{"*", "_int_malloc*", CODE_ALLOCATOR},
	{"*", "_int_realloc*", CODE_ALLOCATOR},
	{"*", "_int_memalign*", CODE_ALLOCATOR},
	{"*", "_int_free*", CODE_ALLOCATOR},
	{"*", "sysmalloc*", CODE_ALLOCATOR},
	{"*", "systrim*", CODE_ALLOCATOR},
	{"*", "unlink_chunk*", CODE_ALLOCATOR},
	{"*", "ptmalloc_init*", CODE_ALLOCATOR},
	{"*", "tcache_*", CODE_ALLOCATOR},
	{"*", "_int_new_arena*", CODE_ALLOCATOR},
	{"*", "__libc_*alloc*", CODE_ALLOCATOR},
	{"*", "__libc_memalign*", CODE_ALLOCATOR},
	{"*", "free", CODE_ALLOCATOR},
	{"*", "cfree", CODE_ALLOCATOR},
	{"*", "posix_memalign*", CODE_ALLOCATOR},
	{"*", "memset", CODE_ALLOCATOR},
	{"*", "memcpy", CODE_ALLOCATOR},
	{"*", "memmove", CODE_ALLOCATOR},
	{"*", "mempcpy", CODE_ALLOCATOR},
	{"*", "bzero", CODE_ALLOCATOR},
	{"*", "strcpy", CODE_ALLOCATOR},
	{"*", "strncpy", CODE_ALLOCATOR},
	{"*", "stpcpy", CODE_ALLOCATOR},
	{"*", "strcat", CODE_ALLOCATOR},
	{"*", "__memset_*", CODE_ALLOCATOR},
	{"*", "__memcpy_*", CODE_ALLOCATOR},
	{"*", "__memmove_*", CODE_ALLOCATOR},
	{"*", "__mempcpy_*", CODE_ALLOCATOR},
	{"*", "__strcpy_*", CODE_ALLOCATOR},
	{"*", "__strncpy_*", CODE_ALLOCATOR},
	{"*", "__stpcpy_*", CODE_ALLOCATOR},
	{"*", "__brk", CODE_ALLOCATOR},
	{"*", "sbrk", CODE_ALLOCATOR},
	{"*", "__sbrk", CODE_ALLOCATOR},
	{"*", "mmap", CODE_ALLOCATOR},
	{"*", "mmap64", CODE_ALLOCATOR},
	{"*", "__mmap*", CODE_ALLOCATOR},
	/* jemalloc linked into the program, by its usual prefix. */
	{"*", "je_*", CODE_ALLOCATOR},
	{"*", "_rjem_*", CODE_ALLOCATOR},
	{"*", "mi_heap_*", CODE_ALLOCATOR},
	{"*", "_mi_*", CODE_ALLOCATOR},
	{"*", "tc_new*", CODE_ALLOCATOR},
	{"*", "tcmalloc::*", CODE_ALLOCATOR},
	{"*", "__asan_*", CODE_ALLOCATOR},
	{"*", "__asan::*", CODE_ALLOCATOR},
	{"*", "__interceptor_*", CODE_ALLOCATOR},
	{"*", "__sanitizer::*", CODE_ALLOCATOR},
	/* C++: the operators and what the standard library is instantiated to. */
	{"*", "operator new", CODE_ALLOCATOR},
	{"*", "operator new[]", CODE_ALLOCATOR},
	{"*", "std::*", CODE_ALLOCATOR},
	{"*", "__gnu_cxx::*", CODE_ALLOCATOR},
	{"*", "boost::container::*", CODE_ALLOCATOR},
	{"*", "absl::container_internal::*", CODE_ALLOCATOR},
	/* Rust. */
	{"*", "alloc::*", CODE_ALLOCATOR},
	{"*", "core::*", CODE_ALLOCATOR},
	{"*", "hashbrown::*", CODE_ALLOCATOR},
	{"*", "<alloc::*", CODE_ALLOCATOR},
	{"*", "<core::*", CODE_ALLOCATOR},
	{"*", "<std::*", CODE_ALLOCATOR},
	{"*", "<hashbrown::*", CODE_ALLOCATOR},
	{"*", "<[T] as *", CODE_ALLOCATOR},
	{"*", "<T as alloc::*", CODE_ALLOCATOR},
	{"*", "<T as core::*", CODE_ALLOCATOR},
	{"*", "__rust_*", CODE_ALLOCATOR},
	{"*", "__rdl_*", CODE_ALLOCATOR},
	{"*", "__rg_*", CODE_ALLOCATOR},
	{"*", "__rustc::__rust_*", CODE_ALLOCATOR},
	{"*", "__rustc::__rdl_*", CODE_ALLOCATOR},
	/* GLib, APR, PostgreSQL, nginx, SQLite, Redis, OpenSSL. */
	{"*", "g_slice_*", CODE_ALLOCATOR},
	{"*", "apr_palloc*", CODE_ALLOCATOR},
	{"*", "apr_pcalloc*", CODE_ALLOCATOR},
	{"*", "palloc*", CODE_ALLOCATOR},
	{"*", "repalloc*", CODE_ALLOCATOR},
	{"*", "pstrdup*", CODE_ALLOCATOR},
	{"*", "MemoryContext*", CODE_ALLOCATOR},
	{"*", "AllocSet*", CODE_ALLOCATOR},
	{"*", "GenerationAlloc*", CODE_ALLOCATOR},
	{"*", "SlabAlloc*", CODE_ALLOCATOR},
	{"*", "BumpAlloc*", CODE_ALLOCATOR},
	{"*", "ngx_*alloc*", CODE_ALLOCATOR},
	{"*", "ngx_create_pool", CODE_ALLOCATOR},
	{"*", "ngx_create_temp_buf", CODE_ALLOCATOR},
	{"*", "sqlite3*Malloc*", CODE_ALLOCATOR},
	{"*", "ztry*alloc*", CODE_ALLOCATOR},
	{"*", "zmalloc*", CODE_ALLOCATOR},
	{"*", "CRYPTO_zalloc", CODE_ALLOCATOR},
	{"*", "arena_malloc*", CODE_ALLOCATOR},
	{"*", "tcache_alloc*", CODE_ALLOCATOR},
	/* Go. */
	{"*", "runtime.*", CODE_RUNTIME},
	{"*", "runtime/*", CODE_RUNTIME},
	{"*", "internal/runtime/*", CODE_RUNTIME},
	{"*", "internal/bytealg.*", CODE_RUNTIME},
	/* CPython: its allocators whatever runs, the rest where a perf map says what it runs. */
	{"*", "_PyObject_Malloc*", CODE_ALLOCATOR},
	{"*", "_PyObject_Realloc*", CODE_ALLOCATOR},
	{"*", "_PyObject_Calloc*", CODE_ALLOCATOR},
	{"*", "_PyMem_*", CODE_ALLOCATOR},
	{"*", "PyMem_*", CODE_ALLOCATOR},
	{"*", "PyObject_Malloc*", CODE_ALLOCATOR},
	{"*", "PyObject_Calloc*", CODE_ALLOCATOR},
	{"*", "PyObject_Realloc*", CODE_ALLOCATOR},
	{"*", "_PyObject_GC_New*", CODE_ALLOCATOR},
	{"*", "_PyObject_GC_Resize*", CODE_ALLOCATOR},
	{"*", "_PyObject_GC_Link*", CODE_ALLOCATOR},
	{"*", "PyType_GenericAlloc*", CODE_ALLOCATOR},
	{"*", "_PyType_AllocNoTrack*", CODE_ALLOCATOR},
	{"libpython*", "new_arena*", CODE_ALLOCATOR},
	{"python*", "new_arena*", CODE_ALLOCATOR},
	{"*", "_PyObject_Arena*", CODE_ALLOCATOR},
	{"*", "pymalloc_*", CODE_ALLOCATOR},
	{"*", "allocate_from_new_pool*", CODE_ALLOCATOR},
	{"libpython*", "*", CODE_INTERPRETER},
	{"python*", "*", CODE_INTERPRETER},
	{"*", "_PyEval_*", CODE_INTERPRETER},
	{"*", "PyEval_*", CODE_INTERPRETER},
	/* V8: its heap, its builtins, and what node wraps around it. */
	{"*", "v8::*", CODE_INTERPRETER},
	{"*", "node::*", CODE_INTERPRETER},
	{"*", "Builtins_*", CODE_INTERPRETER},
	{"*", "Builtin:*", CODE_INTERPRETER},
	{"*", "BytecodeHandler:*", CODE_INTERPRETER},
	{"*", "Stub:*", CODE_INTERPRETER},
	{"node", "*", CODE_INTERPRETER},
	{"nodejs", "*", CODE_INTERPRETER},
	{"libnode.so*", "*", CODE_INTERPRETER},
	{"libv8*", "*", CODE_INTERPRETER},
	/* Java's virtual machine. */
	{"libjvm.so*", "*", CODE_INTERPRETER},
	{"*", "Interpreter", CODE_INTERPRETER},
	{"*", "StubRoutines*", CODE_INTERPRETER},
	/* Others that run code of which they may leave a perf map. */
	{"libruby*", "*", CODE_INTERPRETER},
	{"libcoreclr.so*", "*", CODE_INTERPRETER},
	{"libclrjit.so*", "*", CODE_INTERPRETER},
	{"libmonosgen*", "*", CODE_INTERPRETER},
	{"libluajit*", "*", CODE_INTERPRETER},
	{"luajit*", "*", CODE_INTERPRETER},
	{"beam.smp", "*", CODE_INTERPRETER},
};

/*
 * What programs call their own way to the functions of malloc(3) and strdup(3), as xmalloc(),
 * g_malloc0_n() and zcalloc(): a name of one of these, behind a prefix, before a suffix.
 */
static const char *const wrapped[] = {
	"malloc", "calloc", "realloc", "reallocarray", "memalign",  "aligned_alloc", "valloc",
	"zalloc", "strdup", "strndup", "memdup",       "vasprintf", "asprintf",
};
static const char *const prefixes[] = {
	"",          "x",          "xx",       "z",
	"s",         "e",          "_e",       "g_",
	"g_try_",    "g_aligned_", "ck_",      "ap_",
	"av_",       "gc_",        "GC_",      "je_",
	"mi_",       "tc_",        "os_",      "my_",
	"uv__",      "safe_",      "sk_",      "do_",
	"mem_",      "checked_",   "zend_",    "_zend_",
	"php_",      "ruby_x",     "rb_x",     "lua_",
	"luaM_",     "OPENSSL_",   "CRYPTO_",  "apr_",
	"xml",       "talloc_",    "_talloc_", "kmp_",
	"dlmalloc_", "dl",         "__libc_",  "__interposed_",
	"pg_",       "rtp",        "curl_",    "ssh_",
	"git__",     "janet_",     "isc_",
};
static const char *const suffixes[] = {"",        "0",      "_n",      "0_n",
				       "_usable", "_array", "_or_die", "_zero"};

/* Part of a name; not terminated. */
struct part {
	const char *bytes;
	size_t length;
};

/* Whether the bytes have the string at the offset. */
static bool has_at(const struct part *part, size_t offset, const char *string, size_t length)
{
	return offset <= part->length && part->length - offset >= length &&
	       memcmp(part->bytes + offset, string, length) == 0;
}

/* Whether pattern, with any number of '*', fits the whole part: the usual greedy match. */
static bool fits(const char *pattern, const struct part *part)
{
	size_t at = 0, again = 0, length;
	const char *star = NULL;

	for (;;) {
		length = strcspn(pattern, "*");
		if (has_at(part, at, pattern, length) &&
		    (pattern[length] || at + length == part->length)) {
			at += length;
			pattern += length;
			if (!*pattern)
				return true;
			star = ++pattern;
			again = at;
			if (!*star)
				return true;
			continue;
		}
		if (!star || again >= part->length)
			return false;
		at = ++again;
		pattern = star;
	}
}

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static bool is_listed(const char *const *list, size_t count, const char *bytes, size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(list[i]) == length && memcmp(list[i], bytes, length) == 0)
			return true;
	return false;
}

/* Whether the name is such a function's, with what is around it. */
static bool is_wrapper(const struct part *name)
{
	for (size_t i = 0; i < COUNT(wrapped); i++) {
		size_t length = strlen(wrapped[i]);

		for (size_t at = 0; at + length <= name->length; at++)
			if (has_at(name, at, wrapped[i], length) &&
			    is_listed(prefixes, COUNT(prefixes), name->bytes, at) &&
			    is_listed(suffixes, COUNT(suffixes), name->bytes + at + length,
				      name->length - at - length))
				return true;
	}
	return false;
}

/* What nests in names of C++ and Rust. */
static int depth_after(int depth, char c)
{
	if (c == '<' || c == '(' || c == '[' || c == '{')
		return depth + 1;
	if ((c == '>' || c == ')' || c == ']' || c == '}') && depth > 0)
		return depth - 1;
	return depth;
}

static bool is_operator(const char *name, size_t length)
{
	return length >= 8 && memcmp(name, "operator", 8) == 0;
}

/*
 * The name of a function alone: "std::vector<int>::resize" of "void std::vector<int>::resize<int>
 * (unsigned long)". Blanks outside of brackets end what it returns, but for those in "operator new"
 * and in names of other languages, which have no parameters behind them.
 */
static struct part plain_name(const char *name)
{
	size_t length = strlen(name), start = 0, end = length;
	int depth = 0;

	for (size_t i = 0; i < length && end == length; i++) {
		if (depth == 0 && name[i] == '(' && i > start)
			end = i;
		else if (depth == 0 && name[i] == ' ' && !is_operator(name + start, i - start))
			start = i + 1;
		depth = depth_after(depth, name[i]);
	}
	if (end == length || start >= end)
		return (struct part){name, end};
	return (struct part){name + start, end - start};
}

static struct part last_component(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return (struct part){name, strlen(name)};
}

enum code_class code_class_of(const char *module, const char *function, bool generated)
{
	const struct part file = last_component(module);
	const struct part name = plain_name(function ? function : "");

	for (size_t i = 0; i < COUNT(rules); i++)
		if (fits(rules[i].function, &name) && fits(rules[i].module, &file))
			return (enum code_class)rules[i].class;
	if (!generated && is_wrapper(&name))
		return CODE_ALLOCATOR;
	return generated ? CODE_GENERATED : CODE_OWN;
}

/* Whether a frame further out is of the class. */
static bool has_outside(const struct code_frame *frames, size_t count, size_t index,
			enum code_class class)
{
	for (size_t i = index + 1; i < count; i++)
		if (frames[i].class == class)
			return true;
	return false;
}

/*
 * Whether nameless code is called by an allocator's function of its module: what that one exports
 * has a name, and its own helpers, in a program without symbols, have none.
 */
static bool is_part_of_allocator(const struct code_frame *frames, size_t count, size_t index)
{
	const char *module = frames[index].module;
	size_t i = index;

	while (i < count && frames[i].class == CODE_OWN && !frames[i].function &&
	       !strcmp(frames[i].module, module))
		i++;
	return i > index && i < count && *module && frames[i].class == CODE_ALLOCATOR &&
	       !strcmp(frames[i].module, module);
}

static bool works_for_itself(const struct code_frame *frames, size_t count, size_t index)
{
	switch ((enum code_class)frames[index].class) {
	case CODE_OWN: return !is_part_of_allocator(frames, count, index);
	case CODE_GENERATED: return true;
	case CODE_INTERPRETER: return !has_outside(frames, count, index, CODE_GENERATED);
	case CODE_ALLOCATOR:
	case CODE_RUNTIME: break;
	}
	return false;
}

/*
 * Where everything works for others: the last frame of the innermost run that provides memory,
 * since what comes behind it asked; a runtime's own work is its own.
 */
static size_t nearest(const struct code_frame *frames, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (frames[i].class != CODE_ALLOCATOR)
			return i;
	return count - 1;
}

size_t code_class_find_site(const struct code_frame *frames, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (works_for_itself(frames, count, i))
			return i;
	return nearest(frames, count);
}
