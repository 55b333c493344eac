/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_CHECK_PROBER_H
#define FILES_CHECK_PROBER_H

/*
 * Finds out what findings need to know (files/check_probe.h) for a caller that must not wait: a
 * thread with errands of its own. The newest question is answered; one that was not begun is
 * forgotten.
 */

#include <stdbool.h>
#include <stdint.h>

#include "files/check_probe.h"

struct address_space;
struct check_prober;
struct procfs_options;

struct check_answer {
	int32_t pid;
	struct check_facts facts; /* the taker's, who empties it with check_facts_finish() */
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int check_prober_create(const struct procfs_options *options, struct check_prober **ret_prober);

/* Ends it; NULL is allowed. */
void check_prober_destroy(struct check_prober *prober);

/* Asks about the process of the snapshot, whose list it shares. */
void check_prober_ask(struct check_prober *prober, const struct address_space *space);

/* Readable when check_prober_take() has something new. */
int check_prober_descriptor(const struct check_prober *prober);
bool check_prober_take(struct check_prober *prober, struct check_answer *ret_answer);

#endif
