/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PLAUSIBLE_PROCESS_H
#define TESTS_UNIT_PLAUSIBLE_PROCESS_H

/* Takes back what an edited process (edited_process.h) has that no kernel says. */

#include "edited_process.h"

static inline void plausible_process_step(struct edited_process *process)
{
	int64_t time_ns = process->time_ns;

	edited_process_step(process);
	process->time_ns = time_ns + 1000;
	process->target.page_size = 4096;
	process->target.pid &= INT32_MAX;
	for (size_t i = 0; i < process->count; i++)
		process->vmas[i].tid &= INT32_MAX;
}

#endif
