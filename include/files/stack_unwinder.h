/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_STACK_UNWINDER_H
#define FILES_STACK_UNWINDER_H

/*
 * Unwinds stacks of a process from samples of its registers and of the top of its stack, by the
 * tables in the files that it maps, where code keeps no frame pointers. A child process does it
 * (files/helper.h), many samples at a time, and is waited for a bounded time: one that a hostile
 * file or stack kills or keeps busy leaves what it had done, and is not tried again before a pause,
 * which doubles. Used by one thread at a time.
 */

#include <stddef.h>

#include "inside/unwind_sample.h"

#define STACK_UNWINDER_SAMPLES_MAX 512 /* in one call */

struct address_space;
struct call_stack;
struct procfs_options;
struct stack_unwinder;

/* An unwinder for the procfs of the options (copied). */
struct stack_unwinder *stack_unwinder_create(const struct procfs_options *options);

/* NULL is allowed. */
void stack_unwinder_destroy(struct stack_unwinder *unwinder);

/*
 * Unwinds count samples of the process whose snapshot it is. Returns 0 and fills as many stacks,
 * each of which has the frame of the instruction at least and then is of CALL_STACK_ADDRESS;
 * -ELIBACC without libdw; -EOPNOTSUPP on a machine whose stacks are not unwound; -EAGAIN in the
 * pause after a child died or hung; -E2BIG for more than STACK_UNWINDER_SAMPLES_MAX samples; or
 * another -errno.
 */
int stack_unwinder_unwind(struct stack_unwinder *unwinder, const struct address_space *space,
			  const struct unwind_sample *samples, size_t count,
			  struct call_stack *ret_stacks);

#endif
