/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_EDITED_PROCESS_H
#define TESTS_EDITED_PROCESS_H

/* A process made up from a seed that does one thing after the other, and its snapshots. */

#include "model/address_space.h"
#include "random_space.h"

#define EDITED_MOST_VMAS      300
#define EDITED_MOST_ARGUMENTS 5

struct edited_process {
	struct random random;
	struct target target;
	const char *cmdline[EDITED_MOST_ARGUMENTS];
	struct vma vmas[EDITED_MOST_VMAS];
	size_t count;
	int64_t time_ns;
	struct arena strings;
};

void edited_process_init(struct edited_process *process, uint64_t seed);
void edited_process_finish(struct edited_process *process);

/*
 * The next thing that happens: mostly nothing but a tick, else a few edits: grow, shrink, map,
 * unmap, split, merge, move, protect, rename; other numbers of the process; now and then exec.
 */
void edited_process_step(struct edited_process *process);

/* As it is now; address_space_destroy() frees it. */
struct address_space *edited_process_space(const struct edited_process *process);

/* Fails the test unless all that a snapshot tells is equal. */
void assert_same_space(const struct address_space *a, const struct address_space *b);

#endif
