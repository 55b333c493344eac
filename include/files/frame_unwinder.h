/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_FRAME_UNWINDER_H
#define FILES_FRAME_UNWINDER_H

/*
 * Unwinds stacks by the tables in ELF files (.eh_frame, .debug_frame), by libdwfl, which opens the
 * files as far as stacks lead through them (as files/mapped_open.h says). Both files and stacks are
 * hostile: to be used in a child process only, which may die of them or take too long. Code without
 * such tables ends a stack, unless it keeps frame pointers or is a trampoline of an interpreter.
 */

#include <stddef.h>

struct frame_unwinder;
struct mapped_root;
struct unwind_object;
struct unwind_result;
struct unwind_sample;

/*
 * An unwinder for a process that has these count objects, ascending, which are its until
 * frame_unwinder_close(). Returns 0 and sets *ret_unwinder; or -ELIBACC without libdw, -EOPNOTSUPP
 * on a machine whose stacks it does not know.
 */
int frame_unwinder_open(struct mapped_root *root, const struct unwind_object *objects, size_t count,
			struct frame_unwinder **ret_unwinder);

/* NULL is allowed. */
void frame_unwinder_close(struct frame_unwinder *unwinder);

/* Unwinds a sample; the result has at least the frame where it was. */
void frame_unwinder_unwind(struct frame_unwinder *unwinder, const struct unwind_sample *sample,
			   struct unwind_result *ret_result);

#endif
