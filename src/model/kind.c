/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/kind.h"

static const struct {
	const char *name, *meaning, *growth;
} kinds[KIND_COUNT] = {
	[KIND_TEXT] =
		{"text",
		 "Machine code of a file, mapped by execve (the program) or mmap (a library).",
		 "Does not grow; dlopen maps the code of further libraries."},
	[KIND_RODATA] = {"rodata", "Constants and tables of a file, mapped by execve or mmap.",
			 "Does not grow; each further library brings its own."},
	[KIND_RELRO] = {"relro",
			"Addresses that the loader filled in and then locked with mprotect.",
			"Does not grow; each further library brings its own."},
	[KIND_DATA] = {"data", "Initialized variables: read from the file, private once written.",
		       "Keeps its size; more of it is in memory as pages are first used."},
	[KIND_BSS] = {"bss",
		      "Uninitialized variables: zero until written, not in the file; made by "
		      "execve or mmap.",
		      "Keeps its size; more of it is in memory as pages are first used."},
	[KIND_HEAP] = {"heap", "The brk heap, where malloc allocates: made and resized by brk.",
		       "Grows when malloc finds no free chunk that is large enough; chunks freed "
		       "in its middle stay."},
	[KIND_ARENA] = {"arena",
			"A heap of malloc for other threads: reserved by mmap, opened by mprotect.",
			"Grows into its reservation as threads allocate; each may get an arena of "
			"its own."},
	[KIND_STACK] = {"stack", "Stack of the main thread, made by execve.",
			"Grows down automatically as calls nest and local variables need room, up "
			"to its limit."},
	[KIND_THREAD_STACK] =
		{"thread-stack", "Stack of a thread, made by mmap before clone.",
		 "Does not grow: its size is fixed; more of it is in memory as calls nest."},
	[KIND_GUARD] = {"guard",
			"No access on purpose, by mmap, mprotect or madvise: overrunning the "
			"neighbour faults here.",
			"Does not grow."},
	[KIND_RESERVE] = {"reserve",
			  "Addresses reserved by mmap without access: they use no memory until "
			  "opened and touched.",
			  "Shrinks as mprotect opens parts of it, which join the neighbour."},
	[KIND_ANON] = {"anon",
		       "Memory without a file, made by mmap: large mallocs, runtimes, buffers.",
		       "Grows with large mallocs and as runtimes extend their heaps; munmap gives "
		       "it back."},
	[KIND_JIT] = {"jit",
		      "Executable memory without a file, made by mmap and mprotect: code generated "
		      "while running.",
		      "Grows as the program's JIT compiler (of a language, of regular expressions) "
		      "generates more."},
	[KIND_FILE] = {"file", "Contents of a file, mapped by mmap.",
		       "Grows when the program maps more of the file; more of it is in memory as "
		       "it is read."},
	[KIND_SHARED] =
		{"shared",
		 "Memory that other processes can map too: memfd_create, shm_open, shmget or mmap.",
		 "Grows when the program maps more; a page uses memory once any process has "
		 "touched it."},
	[KIND_DEVICE] =
		{"device", "Memory of a device or driver, mapped by mmap.",
		 "Grows when the program asks the driver for more buffers, as for graphics."},
	[KIND_VDSO] = {"vdso",
		       "Code that the kernel maps at execve: calls such as time without entering "
		       "the kernel.",
		       "Does not grow."},
	[KIND_VVAR] =
		{"vvar",
		 "The kernel's data that the vdso reads, such as the clock; mapped at execve.",
		 "Does not grow."},
	[KIND_VSYSCALL] = {"vsyscall",
			   "A fixed page of the kernel for system calls of very old programs.",
			   "Does not grow: where the kernel has it, its address is the same in "
			   "every process."},
	[KIND_GAP] = {"gap",
		      "Nothing is mapped here, or munmap removed it: an access raises SIGSEGV, "
		      "unless a stack above grows.",
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
	[OWNER_PROGRAM] = "program", [OWNER_LOADER] = "loader", [OWNER_LIBRARY] = "library",
	[OWNER_RUNTIME] = "runtime", [OWNER_OTHER] = "other",
};

const char *kind_name(enum kind kind)
{
	return kinds[kind].name;
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
