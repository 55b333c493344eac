/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARD_H
#define GROWTH_HEARD_H

/*
 * What was heard of a process that is listened to: its samples, whose code they are of, and how
 * many faults they stand for. Used by one thread.
 *
 * A sample stands for the faults of its period, in as many turns as one is listened to of, and for
 * those of the rest before, as far as the kernel counted that many in it.
 */

#include <stdbool.h>
#include <stdint.h>

#include "growth/attribution.h"
#include "growth/copied_stacks.h"
#include "growth/huge_pages.h"

struct address_space;
struct fault_record;
struct fault_tally;
struct hash_key;
struct procfs_options;
struct stack_unwinder;

struct heard {
	/* The newest snapshot, the caller's; it is set before anything is taken. */
	const struct address_space *space;
	unsigned one_in; /* of so many turns one is listened to */
	double factor;   /* so many times as many faults there were with those of the rest before */
	uint64_t owed;   /* faults of the rest that nothing stands for yet */
	struct attribution attribution;
	struct copied_stacks copied;
	struct huge_pages huge;
	/* Since counting began: */
	uint64_t samples, lost, copies;
	uint64_t counted;    /* faults, as far as it was listened */
	uint64_t faults;     /* that these stand for, */
	uint64_t rested;     /* and of them, those in rests; */
	uint64_t unheard;    /* and others in rests, of which nothing like them came in the window
				after */
	uint64_t huge_bytes; /* of what was touched: in huge pages */
	uint64_t began;      /* events that new threads inherited */
	bool wants_space;    /* code was mapped: what lies where has changed */
	bool exec;           /* another program runs: what is known is of the one before */
};

/* Listens to all, without rests. The process's /proc/PID directory is only read. */
void heard_init(struct heard *heard, const struct hash_key *key,
		const struct procfs_options *options, int directory);
void heard_finish(struct heard *heard);

/* Takes a sample of so many faults; to be given to fault_events_drain() with a struct heard. */
void heard_take(void *heard, const struct fault_record *sample, uint64_t counted);

/* Adds what else the rings held. */
void heard_add(struct heard *heard, const struct fault_tally *tally);

/* Unwinds the stacks that were kept for it: with them all that was taken is attributed. */
void heard_unwind(struct heard *heard, struct stack_unwinder *unwinder);

/* Sets all counts to 0; what was touched is still known. */
void heard_clear(struct heard *heard);

/* Forgets all that is known of the program. */
void heard_forget(struct heard *heard, const struct hash_key *key);

#endif
