/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_ERRAND_H
#define FILES_ERRAND_H

/*
 * One errand (files/errands.h): a call that a helper is to make, and what became of it. It belongs
 * to its maker, who reads its state and drops it. Queues of them, in the order in which they are
 * asked, are for files/errands.c alone. A queue of all zeroes is empty.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "files/helper.h"

enum errand_state {
	ERRAND_WAITING, /* not asked yet */
	ERRAND_ASKED,   /* a helper has it */
	ERRAND_DONE,    /* there is a reply */
	ERRAND_STALLED, /* its file system does not answer */
	ERRAND_FAILED,  /* no helper can be had, or those that had it died of it */
};

struct errand {
	enum errand_state state;
	bool suspect;      /* stalled in this very call, not behind another */
	struct text reply; /* once done */
	/* Private: */
	helper_call call;
	struct text request;
	unsigned deaths; /* helpers lost that had it */
	bool dropped;    /* the reply is no longer wanted */
	struct errand *next;
};

struct errand_queue {
	struct errand *first, *last;
};

/* Frees it, now or when its helper is done with it; NULL is allowed. */
void errand_drop(struct errand *errand);

/* Copies the reply, where there is one and it is of just that size. Returns whether it did. */
bool errand_take_reply(const struct errand *errand, void *ret_reply, size_t size);

/* A new one; the request's bytes are copied. */
struct errand *errand_make(helper_call call, const struct text *request, bool suspect);

void errand_push(struct errand_queue *queue, struct errand *errand);

/* The first of the queue, taken off it; NULL when it is empty. */
struct errand *errand_pop(struct errand_queue *queue);

/* Sets the last state. An errand that was dropped is freed. */
void errand_settle(struct errand *errand, enum errand_state state);
void errand_settle_all(struct errand_queue *queue, enum errand_state state);

#endif
