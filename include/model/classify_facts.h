/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_CLASSIFY_FACTS_H
#define MODEL_CLASSIFY_FACTS_H

/* What is known of a process, from which the kinds of its mappings follow (model/classify.h). */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/elf_image.h"
#include "model/target.h"
#include "model/vma.h"

/* What is known of the stack of a thread; an address is 0 where it is not. */
struct thread_stack_pointer {
	int32_t tid;      /* 0: of a thread that has ended; only own is known */
	uint64_t address; /* the stack pointer: on an alternate stack, that one's */
	uint64_t own;     /* anything in the stack that the thread was made with */
	bool own_on_top;  /* own lies in the last page of that stack */
};

/* Pages of a mapping that fault on any access: MADV_GUARD_INSTALL of madvise(2). */
struct guard_range {
	uint64_t start, end;
};

/* The first bytes of a mapping whose address could be that of a malloc arena. */
struct arena_head {
	uint64_t start; /* of the mapping */
	uint64_t round; /* in which it was read, by the sampler's count */
	bool is_heap;   /* the head of a heap of malloc */
};

struct classify_facts {
	const struct target *target; /* pid, threads, limits, start_brk, start_stack */
	const struct vma *exe;       /* one of the VMAs: it maps the executable; NULL unknown */
	bool exe_by_numbers;         /* no other file has its device and inode, whatever the name */
	uint64_t interpreter_base; /* AT_BASE of auxv: where the loader lies; 0 unknown or static */
	const struct elf_file *files; /* sorted by key */
	size_t file_count;
	const struct thread_stack_pointer *stacks; /* the threads' stack pointers that are known */
	size_t stack_count;
	const struct arena_head *arena_heads; /* those that could be read, ascending by start */
	size_t arena_head_count;
	const struct guard_range *guards; /* those that are known: ascending, disjoint */
	size_t guard_count;
};

#endif
