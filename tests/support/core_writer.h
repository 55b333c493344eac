/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SUPPORT_CORE_WRITER_H
#define TESTS_SUPPORT_CORE_WRITER_H

/*
 * Writes core files for tests, as the kernel does (fs/binfmt_elf.c), or as a debugger does; of this
 * program's own kind of machine.
 */

#include <elf.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct written_segment {
	uint64_t start, end;
	unsigned flags;    /* PF_… */
	const void *bytes; /* what is written of it, from its start on; NULL: zeroes */
	uint64_t kept;     /* how many bytes; 0: it is not in the file */
};

struct written_range {
	uint64_t start, end, offset; /* bytes */
	const char *name;
};

struct written_thread {
	int32_t tid;
	uint64_t stack_pointer, thread_pointer;
};

struct written_core {
	const struct written_segment *segments;
	size_t segment_count;
	const struct written_range *files;
	size_t file_count;
	bool no_files; /* not even an empty list */
	const struct written_thread *threads;
	size_t thread_count;
	int32_t pid; /* 0: the process is not described */
	uint32_t uid;
	const char *name, *arguments;
	int signal;
	const siginfo_t *info; /* NULL: none */
	const void *auxv;
	size_t auxv_length;
	bool by_debugger; /* the process is described first, and offsets are in bytes */
	bool many;        /* the number of segments is where that of many is */
};

/* Writes it; the segments at pages. */
void core_writer_write(FILE *file, const struct written_core *core);

/* The same into memory, which the caller frees. */
char *core_writer_make(const struct written_core *core, size_t *ret_size);

/* The machine of this program, for e_machine. */
uint16_t core_writer_machine(void);

#endif
