/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/kind.h"

static const struct {
	const char *name, *label, *meaning;
} kinds[KIND_COUNT] = {
	[KIND_TEXT] =
		{"text", "code",
		 "Machine code of the file, mapped by execve (the program) or mmap (a library)."},
	[KIND_RODATA] = {"rodata", "read-only data",
			 "Constants and tables of the file, mapped by execve or mmap."},
	[KIND_RELRO] = {"relro", "relocated data",
			"Addresses that the loader filled in and then locked with mprotect."},
	[KIND_DATA] = {"data", "data",
		       "Initialized variables: starts as the file's bytes, private once written."},
	[KIND_BSS] = {"bss", "bss",
		      "Uninitialized variables: zero until written, not in the file."},
	[KIND_HEAP] = {"heap", "heap",
		       "The brk heap: malloc moves the program break up to make it grow."},
	[KIND_ARENA] = {"arena", "malloc arena",
			"Heap of malloc for other threads: reserved by mmap, opened by mprotect."},
	[KIND_STACK] = {"stack", "stack",
			"Stack of the main thread, made by execve; the kernel grows it downwards."},
	[KIND_THREAD_STACK] = {"thread-stack", "thread stack",
			       "Stack of a thread, made by mmap before clone; its size is fixed."},
	[KIND_GUARD] = {"guard", "guard",
			"No access on purpose: running over the end of the neighbour faults here."},
	[KIND_RESERVE] = {"reserve", "reservation",
			  "Addresses set aside without access; they cost no memory until opened."},
	[KIND_ANON] = {"anon", "anonymous",
		       "Memory without a file, made by mmap: large mallocs, runtimes, buffers."},
	[KIND_JIT] = {"jit", "generated code",
		      "Executable memory without a file: code generated while running."},
	[KIND_FILE] = {"file", "file", "Contents of a file, mapped by mmap."},
	[KIND_SHARED] =
		{"shared", "shared memory",
		 "Memory that other processes can map too: memfd, shm_open, shmget or mmap."},
	[KIND_DEVICE] = {"device", "device", "Memory of a device or driver, mapped by mmap."},
	[KIND_VDSO] = {"vdso", "vdso",
		       "Code that the kernel lends: system calls such as time without a switch."},
	[KIND_VVAR] = {"vvar", "vvar", "The kernel's data that the vdso reads, such as the clock."},
	[KIND_VSYSCALL] = {"vsyscall", "vsyscall",
			   "A fixed page of the kernel's for very old programs' system calls."},
	[KIND_GAP] = {"gap", "unmapped", "Nothing is mapped: any access faults with SIGSEGV."},
};

static const char *const kind_sources[KIND_SOURCE_COUNT] = {
	[KIND_SOURCE_ELF] = "elf",
	[KIND_SOURCE_NAME] = "name",
	[KIND_SOURCE_THREAD] = "thread",
	[KIND_SOURCE_SHAPE] = "shape",
	[KIND_SOURCE_PERMISSIONS] = "permissions",
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

const char *kind_source_name(enum kind_source source)
{
	return kind_sources[source];
}

const char *owner_name(enum owner owner)
{
	return owners[owner];
}
