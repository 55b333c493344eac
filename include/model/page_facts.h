/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PAGE_FACTS_H
#define MODEL_PAGE_FACTS_H

/*
 * What the kernel says of the page at one address, and of the mapping that an access there
 * concerns: the one that holds the address, else the next one above, which may grow down to it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct usage_table;

/* As the page table has it (Documentation/admin-guide/mm/pagemap.rst). */
enum page_state {
	PAGE_UNKNOWN,
	PAGE_ABSENT,  /* nothing yet: an access brings it in */
	PAGE_PRESENT, /* in memory and mapped */
	PAGE_SWAPPED, /* swapped out, or a marker of userfaultfd(2), as for a poisoned page */
	PAGE_AWAY,    /* the same, or a guard page: before 6.15 the kernel does not report which */
	PAGE_GUARD,   /* made a guard page by MADV_GUARD_INSTALL of madvise(2) */
};

/* Each but the state may be TARGET_UNKNOWN (model/target.h). */
struct page_facts {
	enum page_state state;
	uint64_t flags;      /* VmFlags of the mapping, as in struct usage */
	uint64_t key;        /* its protection key (pkeys(7)), 0 the usual one; unknown, too, where
			      * the processor has no keys */
	uint64_t below;      /* VmFlags of the next mapping below it; 0 when there is none */
	uint64_t overcommit; /* vm.overcommit_memory (proc_sys_vm(5)) */
};

/* Nothing is known. */
struct page_facts page_facts_unknown(void);

/*
 * The facts about the mapping at index of the same snapshot, from what was read of all mappings;
 * table may be NULL.
 */
struct page_facts page_facts_of_usage(const struct usage_table *table, size_t index);

/* Whether the flags (VmFlags, or TARGET_UNKNOWN) are known to have the one of that name. */
bool page_facts_has(uint64_t flags, const char *name);

#endif
