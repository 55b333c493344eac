/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PAGE_FACTS_H
#define MODEL_PAGE_FACTS_H

/*
 * What the kernel says of the page at one address, and of the mapping that an access there
 * concerns: the one that holds the address, else the next one above, which may grow down to it.
 */

#include <stdint.h>

/* As the page table has it (Documentation/admin-guide/mm/pagemap.rst). */
enum page_state {
	PAGE_UNKNOWN,
	PAGE_ABSENT,  /* nothing yet: an access brings it in */
	PAGE_PRESENT, /* in memory and mapped */
	PAGE_AWAY,    /* swapped out, or a marker: on kernels before 6.15 perhaps a guard page */
	PAGE_GUARD,   /* made a guard page by MADV_GUARD_INSTALL of madvise(2) */
};

struct page_facts {
	enum page_state state;
	uint64_t flags; /* VmFlags of the mapping, as in struct usage; or TARGET_UNKNOWN */
	uint64_t key;   /* its protection key (pkeys(7)), 0 the usual one; TARGET_UNKNOWN where the
			 * kernel tells none */
};

/* Nothing is known. */
struct page_facts page_facts_unknown(void);

#endif
