/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/kind.h"

static const struct {
	const char *name, *label, *meaning, *growth;
} kinds[KIND_COUNT] = {
	[KIND_TEXT] =
		{"text", "code",
		 "Machine code of a file, mapped by execve (the program) or mmap (a library).",
		 "Never grows; dlopen maps the code of further libraries beside it."},
	[KIND_RODATA] = {"rodata", "read-only data",
			 "Constants and tables of a file, mapped by execve or mmap.",
			 "Never grows; every further library brings its own."},
	[KIND_RELRO] = {"relro", "relocated data",
			"Addresses that the loader filled in and then locked with mprotect.",
			"Never grows; every further library brings its own."},
	[KIND_DATA] = {"data", "data",
		       "Initialized variables: starts as the file's bytes, private once written.",
		       "Keeps its size; what of it is in memory grows as pages are used first."},
	[KIND_BSS] = {"bss", "bss",
		      "Uninitialized variables: zero until written, not in the file; made by "
		      "execve or mmap.",
		      "Keeps its size; what of it is in memory grows as pages are used first."},
	[KIND_HEAP] = {"heap", "heap",
		       "The brk heap, what malloc hands out: made and moved by brk.",
		       "Grows when malloc finds no free chunk that is large enough; freed chunks "
		       "in its middle stay."},
	[KIND_ARENA] = {"arena", "malloc arena",
			"A heap of malloc for other threads: reserved by mmap, opened by mprotect.",
			"Grows into its reservation as threads allocate; each may get an arena of "
			"its own."},
	[KIND_STACK] = {"stack", "stack", "Stack of the main thread, made by execve.",
			"Grows downwards by itself as calls nest and local variables need it, up "
			"to its limit."},
	[KIND_THREAD_STACK] =
		{"thread-stack", "thread stack", "Stack of a thread, made by mmap before clone.",
		 "Never grows, its size is fixed; what of it is in memory grows as calls nest."},
	[KIND_GUARD] =
		{"guard", "guard",
		 "No access on purpose, by mmap, mprotect or madvise: running over the end of the "
		 "neighbour faults here.",
		 "Never grows."},
	[KIND_RESERVE] = {"reserve", "reservation",
			  "Addresses set aside by mmap without access; they cost no memory.",
			  "Shrinks as mprotect opens parts of it for the neighbour to grow."},
	[KIND_ANON] = {"anon", "anonymous",
		       "Memory without a file, made by mmap: large mallocs, runtimes, buffers.",
		       "Grows with each large malloc and as runtimes extend their heaps; munmap "
		       "gives it back."},
	[KIND_JIT] = {"jit", "generated code",
		      "Executable memory without a file, made by mmap and mprotect: code generated "
		      "while running.",
		      "Grows as the program's JIT compiler (of a language, of regular expressions) "
		      "generates more."},
	[KIND_FILE] = {"file", "file", "Contents of a file, mapped by mmap.",
		       "Grows when the program maps more of the file; what of it is in memory, as "
		       "it is read."},
	[KIND_SHARED] =
		{"shared", "shared memory",
		 "Memory that other processes can map too: memfd_create, shm_open, shmget or mmap.",
		 "Grows when the program maps more; pages count once any process has written "
		 "them."},
	[KIND_DEVICE] = {"device", "device", "Memory of a device or driver, mapped by mmap.",
			 "Grows when the driver is asked for more buffers, as for graphics."},
	[KIND_VDSO] = {"vdso", "vdso",
		       "Code that the kernel maps at execve: system calls such as time without a "
		       "switch.",
		       "Never grows."},
	[KIND_VVAR] =
		{"vvar", "vvar",
		 "The kernel's data that the vdso reads, such as the clock; mapped at execve.",
		 "Never grows."},
	[KIND_VSYSCALL] = {"vsyscall", "vsyscall",
			   "A fixed page of the kernel's for very old programs' system calls.",
			   "Never grows: it is at one address in every process."},
	[KIND_GAP] =
		{"gap", "unmapped",
		 "Nothing is mapped here, or munmap removed it: an access faults with SIGSEGV, "
		 "unless a "
		 "stack above grows.",
		 "Shrinks as the neighbours grow and mmap places mappings in it."},
};

static const char *const kind_sources[KIND_SOURCE_COUNT] = {
	[KIND_SOURCE_ELF] = "elf",
	[KIND_SOURCE_NAME] = "name",
	[KIND_SOURCE_THREAD] = "thread",
	[KIND_SOURCE_CONTENT] = "content",
	[KIND_SOURCE_SHAPE] = "shape",
	[KIND_SOURCE_FILE_SYSTEM] = "file-system",
	[KIND_SOURCE_PAGES] = "pages",
	[KIND_SOURCE_PERMISSIONS] = "permissions",
	[KIND_SOURCE_STALLED] = "file-system-stalled",
};

static const char *const owners[OWNER_COUNT] = {
	[OWNER_PROGRAM] = "program",
	[OWNER_LOADER] = "loader",
	[OWNER_LIBRARY] = "library",
	[OWNER_OTHER] = "other",
};

const char *kind_name(enum kind kind)
{
	return kinds[kind].name;
}

const char *kind_label(enum kind kind)
{
	return kinds[kind].label;
}

const char *kind_meaning(enum kind kind)
{
	return kinds[kind].meaning;
}

const char *kind_growth(enum kind kind)
{
	return kinds[kind].growth;
}

const char *kind_source_name(enum kind_source source)
{
	return kind_sources[source];
}

const char *owner_name(enum owner owner)
{
	return owners[owner];
}
