/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_STACK_SPAN_H
#define MODEL_STACK_SPAN_H

/*
 * The spans that mappings consist of where the stacks of several threads, their guards and other
 * memory lie in one mapping. The kernel merges neighbours of equal flags, and a guard that
 * MADV_GUARD_INSTALL of madvise(2) makes, as glibc does since 2.42, is not a border of a mapping.
 *
 * Spans are sorted and disjoint, and those of a mapping cover it. Bytes, half-open ranges.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/kind.h"

struct guard_range;
struct thread_stack_pointer;
struct vma;

struct stack_span {
	uint64_t start, end; /* start < end */
	uint64_t guard;      /* bytes without access that end at start; 0: it can be accessed */
	uint32_t vma;        /* the index of its mapping */
	int32_t tid;         /* of the thread whose stack it is; 0 unknown */
	int32_t user;        /* a thread whose stack pointer is in it although it is not known to be
			      * its stack; 0: none */
	uint32_t users;      /* how many of them there are */
	uint8_t kind;        /* enum kind; KIND_COUNT: not known yet */
	uint8_t kind_source; /* enum kind_source */
	bool alternate;      /* as in struct vma */
};

struct stack_spans {
	struct stack_span *spans;
	size_t count, capacity;
};

/*
 * Adds the spans of the VMA with the index: its guards, and what lies between. The guards are of
 * the whole space, ascending; *next is the first that may be of this VMA, 0 at the beginning.
 * below is what is without access below the VMA.
 */
void stack_spans_add(struct stack_spans *spans, const struct vma *vmas, size_t index,
		     uint64_t below, const struct guard_range *guards, size_t guard_count,
		     size_t *next);

/*
 * Cuts the spans so that each of the threads, sorted by own (none of which is 0), has one for its
 * stack. A stack ends with the page that own is in, where own is on top of it, else where its span
 * ends, and begins where the next lower stack or the guard ends. That of a thread that has ended
 * (tid 0) is one only with a guard. Threads whose own stack lies in
 * no span are left out.
 */
void stack_spans_cut(struct stack_spans *spans, const struct thread_stack_pointer *threads,
		     size_t count, uint64_t page_size);

/* The span that contains the address; NULL when none does. */
struct stack_span *stack_spans_find(const struct stack_spans *spans, uint64_t address);

/*
 * A stack without a guard cannot be distinguished from unused memory below it. Those larger than
 * any program asks for are cut to the size of the stacks with guards, or else to the usual size.
 */
void stack_spans_limit(struct stack_spans *spans, uint64_t usual);

/* Makes the span a stack, of the thread (0: unknown). */
void stack_span_set(struct stack_span *span, enum kind_source source, int32_t tid);

void stack_spans_finish(struct stack_spans *spans);

#endif
