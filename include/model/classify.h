/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_H
#define MODEL_CLASSIFY_H

/*
 * Finds the kind, its source, the owner and the thread of every VMA. Pure: all that was read of
 * the process and of its files comes in as arguments.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/elf_image.h"
#include "model/target.h"
#include "model/vma.h"

struct thread_stack_pointer {
	int32_t tid;
	uint64_t address;
};

struct classify_facts {
	const struct target *target; /* pid, threads, limits, start_brk, start_stack */
	uint64_t exe_inode;          /* the executable's file; 0 unknown */
	uint32_t exe_dev_major, exe_dev_minor;
	uint64_t interpreter_base; /* AT_BASE of auxv: where the loader lies; 0 unknown or static */
	const struct elf_file *files; /* sorted by (dev_major, dev_minor, inode) */
	size_t file_count;
	const struct thread_stack_pointer *stacks; /* the threads' stack pointers that are known */
	size_t stack_count;
};

/*
 * Fills kind, kind_source, owner and tid of count VMAs, sorted and disjoint; all other fields are
 * input (name without " (deleted)" where deleted is set). O(count log count).
 */
void classify(struct vma *vmas, size_t count, const struct classify_facts *facts);

#endif
