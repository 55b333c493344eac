/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/runtime.h"

#include <stddef.h>

static const struct {
	const char *label, *name, *words, *ask;
	bool is_heap;
} runtimes[RUNTIME_COUNT] = {
	[RUNTIME_JAVA] = {"java heap", "java-heap", "objects of a Java virtual machine",
			  "jcmd PID GC.heap_info", true},
	[RUNTIME_JAVA_CODE] = {"java code cache", "java-code-cache",
			       "machine code that a Java virtual machine compiled",
			       "jcmd PID Compiler.codecache", false},
	[RUNTIME_GO] = {"Go heap", "go-heap", "objects of a Go program, in arenas of 64 MB",
			"GODEBUG=gctrace=1, runtime/metrics", true},
	[RUNTIME_GO_METADATA] = {"Go runtime", "go-runtime",
				 "what Go's runtime keeps about its heap",
				 "GODEBUG=gctrace=1, runtime/metrics", false},
	[RUNTIME_V8] = {"V8 heap", "v8-heap", "objects and code of JavaScript",
			"v8.getHeapStatistics(), --trace-gc", true},
	[RUNTIME_PARTITION_ALLOC] = {"PartitionAlloc heap", "partition-alloc-heap",
				     "blocks of Chromium's allocator",
				     "chrome://tracing with memory-infra", true},
	[RUNTIME_ASAN] = {"AddressSanitizer shadow", "asan-shadow",
			  "which bytes may be accessed: a byte for each eight", NULL, false},
	[RUNTIME_TSAN] = {"ThreadSanitizer shadow", "tsan-shadow",
			  "which thread accessed which bytes last", NULL, false},
	[RUNTIME_MSAN] = {"MemorySanitizer shadow", "msan-shadow",
			  "which bits are initialized, and where others came from", NULL, false},
	[RUNTIME_SANITIZER_HEAP] =
		{"sanitizer heap", "sanitizer-heap", "blocks of the sanitizers' allocator",
		 "__sanitizer_print_memory_profile(), ASAN_OPTIONS=print_stats=1", true},
	[RUNTIME_GLIBC] = {"malloc memory", "glibc-malloc",
			   "blocks of glibc's malloc outside of the brk heap",
			   "malloc_info(0, stdout)", true},
	[RUNTIME_JEMALLOC] = {"jemalloc heap", "jemalloc-heap", "blocks of jemalloc",
			      "malloc_stats_print(), MALLOC_CONF=stats_print:true", true},
	[RUNTIME_TCMALLOC] = {"tcmalloc heap", "tcmalloc-heap", "blocks of tcmalloc",
			      "MallocExtension::GetStats()", true},
	[RUNTIME_MIMALLOC] = {"mimalloc heap", "mimalloc-heap", "blocks of mimalloc",
			      "mi_stats_print(), MIMALLOC_SHOW_STATS=1", true},
	[RUNTIME_SNMALLOC] = {"snmalloc heap", "snmalloc-heap", "blocks of snmalloc", NULL, true},
	[RUNTIME_SCUDO] = {"Scudo heap", "scudo-heap", "blocks of the hardened allocator Scudo",
			   "mallopt(M_LOG_STATS, 0)", true},
	[RUNTIME_BIONIC] = {"bionic memory", "bionic-memory",
			    "memory of Android's C library or its linker", "dumpsys meminfo PID",
			    false},
	[RUNTIME_ART] = {"ART memory", "art-memory", "objects and code of the Android Runtime",
			 "dumpsys meminfo PID", true},
	[RUNTIME_RUBY] = {"Ruby heap", "ruby-heap", "objects and other memory of Ruby",
			  "GC.stat, ObjectSpace.memsize_of_all", true},
	[RUNTIME_PHP] = {"PHP heap", "php-heap", "memory of PHP's Zend engine",
			 "memory_get_usage(true)", true},
	[RUNTIME_OCAML] = {"OCaml heap", "ocaml-heap", "objects of OCaml", "Gc.print_stat stdout",
			   true},
	[RUNTIME_CPYTHON] = {"Python heap", "python-heap", "objects and other memory of CPython",
			     "sys._debugmallocstats()", true},
	[RUNTIME_FIBERS] = {"fiber stack", "fiber-stack",
			    "stack of a fiber, which the program itself switches", NULL, false},
};

const char *runtime_label(enum runtime runtime)
{
	return runtimes[runtime].label;
}

const char *runtime_name(enum runtime runtime)
{
	return runtimes[runtime].name;
}

const char *runtime_words(enum runtime runtime)
{
	return runtimes[runtime].words;
}

const char *runtime_ask(enum runtime runtime)
{
	return runtimes[runtime].ask;
}

bool runtime_is_heap(enum runtime runtime)
{
	return runtimes[runtime].is_heap;
}
