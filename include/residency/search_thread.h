/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RESIDENCY_SEARCH_THREAD_H
#define RESIDENCY_SEARCH_THREAD_H

/*
 * A thread that searches the memory of a process (residency/search_walk.h), tells how far it is,
 * and can be stopped at any time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "residency/search_walk.h"

struct procfs_options;
struct search_thread;

#define SEARCH_FOUND_MAX 1000 /* addresses that are found at most */

struct search_answer {
	unsigned serial;            /* of the search, as it was asked for */
	bool done;                  /* nothing more comes of it */
	int error;                  /* -errno that ended it; 0: none did */
	bool full;                  /* there may be more than was found */
	uint64_t read, walked, all; /* as in struct search_walk */
	size_t count;
	uint64_t found[SEARCH_FOUND_MAX];
};

/* Starts the thread; the options are copied. Returns 0 and sets *ret_thread, or -errno. */
int search_thread_create(const struct procfs_options *options, struct search_thread **ret_thread);

/* Ends it; NULL is allowed. */
void search_thread_destroy(struct search_thread *thread);

/* Begins a search in the place of the one before; takes over the request. */
void search_thread_ask(struct search_thread *thread, struct search_request *request,
		       unsigned serial);

/* Stops the search. Nothing more comes of it. */
void search_thread_stop(struct search_thread *thread);

/* Readable when search_thread_take() has something new. */
int search_thread_descriptor(const struct search_thread *thread);
bool search_thread_take(struct search_thread *thread, struct search_answer *ret_answer);

#endif
