/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_GROWTH_BALANCE_H
#define MODEL_GROWTH_BALANCE_H

/*
 * How what was touched and what the process has go together: memory that grew but was not touched,
 * and memory that was touched and is no longer there. Pure. Bytes.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;

struct growth_balance {
	bool known;        /* both snapshots are of the same program, and have an RSS */
	uint64_t mapped;   /* that was not mapped before; without what has no access */
	uint64_t unmapped; /* that was mapped before, likewise */
	int64_t rss;       /* more, or negative less, in memory */
	bool swap_known;
	int64_t swap;       /* more, or less, swapped out */
	uint64_t untouched; /* of what was mapped: neither in memory nor swapped, at least */
	uint64_t gone;      /* of what was touched: no longer in memory */
	/* Of what is gone: swapped out. The rest was given back (munmap, madvise, the program
	 * break) or is of files and was reclaimed, which the kernel does not tell. */
	uint64_t swapped;
};

/* From one snapshot to another, in which so many bytes were touched for the first time. */
void growth_balance_make(struct growth_balance *balance, const struct address_space *before,
			 const struct address_space *now, uint64_t touched);

/* Whether the later snapshot is of another program, which execve(2) made of the process. */
bool growth_balance_is_other_program(const struct address_space *before,
				     const struct address_space *now);

#endif
