/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_CORE_NOTES_H
#define CORE_CORE_NOTES_H

/*
 * The notes of a core file: whose memory it is, what ended the process, its threads, and which
 * files were mapped (elf(5); fs/binfmt_elf.c). The kernel, gdb and others write different ones in a
 * different order, and any may be missing. Hostile: bounded, and a note that does not add up is
 * passed over. Strings are bytes of the file, not checked and not escaped.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/core_file_list.h"
#include "model/target.h"

struct core_headers;
struct file_reader;

#define CORE_NAME_LENGTH      17 /* TASK_COMM_LEN and a NUL */
#define CORE_ARGUMENTS_LENGTH 81 /* ELF_PRARGSZ and a NUL */
#define CORE_THREADS_MAX      ((size_t)1 << 20)
#define CORE_AUXV_MAX         ((size_t)16 * 1024)

struct core_thread {
	int32_t tid;
	uint64_t stack_pointer;  /* 0: not known on this machine */
	uint64_t thread_pointer; /* the base of %fs of x86-64; else 0 */
};

struct core_notes {
	int32_t pid;                           /* 0 unknown */
	uint64_t uid;                          /* or TARGET_UNKNOWN */
	char name[CORE_NAME_LENGTH];           /* "" unknown */
	char arguments[CORE_ARGUMENTS_LENGTH]; /* with spaces between them, perhaps cut */
	struct target_death death;
	struct core_thread *threads; /* the one that met the signal comes first */
	size_t thread_count, thread_capacity;
	struct core_file_range *files; /* ascending, disjoint */
	size_t file_count;
	char *names;              /* private: of the files */
	char auxv[CORE_AUXV_MAX]; /* as /proc/PID/auxv */
	size_t auxv_length;
	bool cut;       /* the file ends within the notes */
	bool has_files; /* there is a list of files */
};

/*
 * Reads the notes that the headers name. Returns 0 and fills *ret_notes, which core_notes_finish()
 * frees; or -errno of reading. What is missing or damaged is unknown.
 */
int core_notes_read(const struct file_reader *file, const struct core_headers *headers,
		    struct core_notes *ret_notes);
void core_notes_finish(struct core_notes *notes);

#endif
