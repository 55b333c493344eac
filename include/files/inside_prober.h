/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_INSIDE_PROBER_H
#define FILES_INSIDE_PROBER_H

/*
 * Looks into objects (files/inside_cache.h) for a caller that must not wait: a thread, which owns
 * the cache. The newest question is answered; one that was not begun is forgotten.
 */

#include <stdbool.h>
#include <stddef.h>

struct address_space;
struct inside_answer;
struct inside_prober;
struct procfs_options;

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int inside_prober_create(const struct procfs_options *options, struct inside_prober **ret_prober);

/* Ends it; NULL is allowed. */
void inside_prober_destroy(struct inside_prober *prober);

/* Asks about the mapping at the index of the snapshot, whose list it shares. */
void inside_prober_ask(struct inside_prober *prober, const struct address_space *space,
		       size_t index);

/* Readable when inside_prober_take() has something new. */
int inside_prober_descriptor(const struct inside_prober *prober);

/* Whether there is an answer; it is the caller's, who empties it with inside_answer_finish(). */
bool inside_prober_take(struct inside_prober *prober, struct inside_answer *ret_answer);

#endif
