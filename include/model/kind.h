/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

/*
 * What a mapping is, whose it is and how vastop knows. The names are stable: the screen, JSON,
 * themes and filters use the same.
 */

enum kind {
	KIND_TEXT,         /* executable code of a file */
	KIND_RODATA,       /* read-only data of a file */
	KIND_RELRO,        /* data made read-only after relocation */
	KIND_DATA,         /* initialized data */
	KIND_BSS,          /* uninitialized data */
	KIND_HEAP,         /* the brk heap */
	KIND_ARENA,        /* a malloc arena outside brk */
	KIND_STACK,        /* the main stack */
	KIND_THREAD_STACK, /* the stack of another thread */
	KIND_GUARD,        /* no-access page(s) guarding a neighbour */
	KIND_RESERVE,      /* a no-access reservation */
	KIND_ANON,         /* anonymous private memory */
	KIND_JIT,          /* executable without a file */
	KIND_FILE,         /* a mapped data file */
	KIND_SHARED,       /* shared memory: memfd, SysV, POSIX, shared anonymous */
	KIND_DEVICE,       /* memory of a device or a driver */
	KIND_VDSO,         /* code that the kernel lends */
	KIND_VVAR,         /* data of the kernel for that code */
	KIND_VSYSCALL,     /* the fixed page of old system calls */
	KIND_GAP,          /* nothing: an unmapped range */
	KIND_COUNT,
};

/* How the kind was found. */
enum kind_source {
	KIND_SOURCE_ELF,         /* the program headers of the mapped file */
	KIND_SOURCE_NAME,        /* the name in maps */
	KIND_SOURCE_THREAD,      /* a thread's stack pointer */
	KIND_SOURCE_CONTENT,     /* what is written at its start */
	KIND_SOURCE_SHAPE,       /* size, alignment and neighbours */
	KIND_SOURCE_FILE_SYSTEM, /* the file system that the mapped file lies in */
	KIND_SOURCE_PAGES,       /* the state of its pages: those of a guard region */
	KIND_SOURCE_PERMISSIONS, /* nothing better than the permissions */
	KIND_SOURCE_STALLED,     /* the permissions, as long as the file system does not answer */
	KIND_SOURCE_COUNT,
};

enum owner {
	OWNER_PROGRAM, /* the executable, its heap and its main stack */
	OWNER_LOADER,  /* the ELF interpreter, ld.so */
	OWNER_LIBRARY, /* any other ELF object */
	OWNER_RUNTIME, /* of a language, an allocator or a sanitizer (model/runtime.h) */
	OWNER_OTHER,
	OWNER_COUNT,
};

/* The one name of it: "text", "thread-stack", …; at most 12 columns. */
const char *kind_name(enum kind kind);

/* One plain sentence: what it is and which call made it. */
const char *kind_meaning(enum kind kind);

/* One plain sentence: what usually makes it grow, or that it never does. */
const char *kind_growth(enum kind kind);

/*
 * "elf", "name", "thread", "content", "shape", "file-system", "pages", "permissions",
 * "file-system-stalled".
 */
const char *kind_source_name(enum kind_source source);

/* "program", "loader", "library", "runtime", "other". */
const char *owner_name(enum owner owner);

#endif
