/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_PLACE_PROBER_H
#define FILES_PLACE_PROBER_H

/*
 * Finds what address expressions with names of symbols mean (model/place.h) for a caller that must
 * not wait: a thread, which reads what is inside the objects of the process. The newest question
 * is answered; one that was not begun is forgotten.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/place.h"

struct address_space;
struct place_prober;
struct procfs_options;

struct place_answer {
	struct address_space *space; /* a snapshot of the answer's own: the mistake refers to it */
	char *expression;
	int error; /* 0: the address is found; -EINVAL: the mistake says why it is not */
	uint64_t address;
	struct place_mistake mistake;
};

/*
 * Starts the thread for the procfs of the options (copied). Returns 0 and sets *ret_prober, or
 * -errno.
 */
int place_prober_create(const struct procfs_options *options, struct place_prober **ret_prober);

/* Ends it; NULL is allowed. */
void place_prober_destroy(struct place_prober *prober);

/* Asks about the expression (copied) in the snapshot, whose list it shares. */
void place_prober_ask(struct place_prober *prober, const struct address_space *space,
		      const char *expression);

/* Readable when place_prober_take() has something new. */
int place_prober_descriptor(const struct place_prober *prober);

/* Whether there is an answer; it is the caller's, who empties it with place_answer_finish(). */
bool place_prober_take(struct place_prober *prober, struct place_answer *ret_answer);

void place_answer_finish(struct place_answer *answer);

/*
 * The same at once, without a thread: fills *ret_answer. Files are only read where names of symbols
 * may be meant.
 */
void place_prober_find(const struct procfs_options *options, const struct address_space *space,
		       const char *expression, struct place_answer *ret_answer);

#endif
