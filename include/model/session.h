/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_SESSION_H
#define MODEL_SESSION_H

/*
 * The course of one process since watching began: its snapshots, what changed between them, and how
 * its sizes went. Pure bookkeeping, bounded: the history by its limit, the rest by numbers. Times
 * are CLOCK_REALTIME nanoseconds, values bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/change.h"
#include "model/history.h"
#include "model/journal.h"
#include "model/kind.h"
#include "model/pulse.h"
#include "model/heap_walks.h"
#include "model/series.h"

struct address_space;
struct hash_key;
struct residency;
struct usage_table;

struct session {
	int64_t start_ns;               /* of the first snapshot */
	struct address_space *now;      /* the newest snapshot */
	struct address_space *baseline; /* the baseline of "since", a copy; exec resets it */
	struct change_list latest;      /* what is different in now against the one before */
	bool same;                      /* nothing is: now is the same object, renewed */
	struct history *history;        /* NULL while a step has it */
	uint64_t away_first, away_end;  /* then: its history_first(), history_end() */
	struct journal journal;
	struct series heap, rss, size, kinds[KIND_COUNT];
	/* Of malloc's arenas, from the walks that there were: in use, free inside and at the end.
	 */
	struct series heap_used, heap_free;
	struct heap_walks walks; /* the same, of each arena, since the baseline */
	/* The mapping that is followed: its size, and where it is now; nowhere: start == end. */
	struct series focus;
	uint64_t focus_start, focus_end;
	uint64_t focus_address; /* that was asked for; 0: none is followed */
	bool pulses_know_heap;  /* pulses have the heap's size; else snapshots do */
};

/*
 * What a snapshot makes of a session, so that another thread can make it: O(n) and more. Meanwhile
 * the session has no history, and is given no other snapshot.
 */
struct session_step {
	struct address_space *space;     /* owned: the snapshot */
	const struct address_space *now; /* the session's; not owned */
	bool same;                       /* the two share their list */
	struct history *history;         /* owned */
	struct change_list latest;       /* owned; what is different in space against now */
};

/*
 * A session that begins with the snapshot, which it owns from then on and which is the baseline.
 * The limit and the key are those of history_create().
 */
void session_init(struct session *session, struct address_space *first, size_t history_limit,
		  const struct hash_key *key);
void session_finish(struct session *session);

/* Adds the arenas that a walk of the heap found, at least one, as heap_walks_add(). */
void session_add_heap(struct session *session, int64_t time_ns, const struct heap_part *parts,
		      size_t count);

/*
 * Keeps what is known of the memory of the newest snapshot, as history_add_usage() does; to be
 * called when nothing more of it will be known, before the next one is added.
 */
void session_add_usage(struct session *session, const struct usage_table *usage,
		       const struct residency *residency);

/*
 * Adds the next snapshot, which it owns from then on; session->latest says what changed. One that
 * shares its list with session->now (address_space_same_list()) renews that, and what was made of
 * it stays valid.
 */
void session_add(struct session *session, struct address_space *space);

/*
 * The same in three parts. The first takes over the snapshot; the second needs the step alone, and
 * only it takes long; the third takes over what the step has, where the session still is as it was.
 */
void session_step_begin(struct session *session, struct address_space *space,
			struct session_step *ret_step);
void session_step_make(struct session_step *step);
void session_step_add(struct session *session, struct session_step *step);

/* The history_first() and history_end() of its history, also while a step has that. */
uint64_t session_first_moment(const struct session *session);
uint64_t session_end_moment(const struct session *session);

/* Adds a pulse; it may be older than the newest snapshot. */
void session_add_pulse(struct session *session, const struct pulse *pulse);

/* Notes the end of the process. */
void session_end(struct session *session, int64_t time_ns);

/* Whether the newest snapshot is of the baseline's time: nothing can have grown yet. */
bool session_is_at_baseline(const struct session *session);

/* Makes a snapshot (copied) the baseline. */
void session_set_baseline(struct session *session, const struct address_space *space);

/*
 * Follows the mapping at the address from now on, and back as far as the history can be asked
 * without much work: by what it is (model/identity.h), wherever it grew or moved. Where there is
 * none now, that which was there last. An address of what is followed already changes nothing.
 */
void session_set_focus(struct session *session, uint64_t address);

#endif
