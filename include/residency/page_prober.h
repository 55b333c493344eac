/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_PAGE_PROBER_H
#define RESIDENCY_PAGE_PROBER_H

/*
 * A thread that looks at pages (residency/page_probe.h) for a caller that must not wait: smaps
 * takes as long as there is much below the page, and as others hold the target's mmap_lock. The
 * newest question is answered; one that was not begun is forgotten.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/page_facts.h"

struct page_prober;
struct procfs_options;

struct page_question {
	int32_t pid;
	uint64_t address, page_size;
	int64_t budget_ns; /* for smaps; with 0, what it reported for that address before holds */
	int64_t time_ns;   /* of the snapshot that it is asked for */
};

struct page_answer {
	uint64_t address;
	int64_t time_ns;
	struct page_facts facts;
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int page_prober_create(const struct procfs_options *options, struct page_prober **ret_prober);

/* Ends it; NULL is allowed. */
void page_prober_destroy(struct page_prober *prober);

/* Asks; the budget of a question that was not begun is not lost, if it has the same address. */
void page_prober_ask(struct page_prober *prober, const struct page_question *question);

/* Readable when page_prober_take() has something new. */
int page_prober_descriptor(const struct page_prober *prober);
bool page_prober_take(struct page_prober *prober, struct page_answer *ret_answer);

#endif
