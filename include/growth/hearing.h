/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_H
#define GROWTH_HEARING_H

/*
 * One process that is listened to, from beginning to end: its events, whose code they come from,
 * and how often samples are taken. Used by one thread; it waits in hearing_wait() alone, and as
 * long as files need to be read.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct hearing;
struct procfs_options;

/*
 * Begins to listen to the process of the snapshot; from_start: it begins only now, so that what it
 * did before says nothing about how often to take samples. Returns 0 and sets *ret_hearing; or as
 * fault_events_open(), or -ENOTSUP the root is none of this program's PID namespace, or not of a
 * running kernel.
 */
int hearing_begin(const struct procfs_options *options, const struct address_space *space,
		  bool from_start, struct hearing **ret_hearing);

/* Ends it. NULL is allowed. */
void hearing_end(struct hearing *hearing);

/* Waits until there is something, the descriptor is readable, or some time is over. */
void hearing_wait(struct hearing *hearing, int descriptor);

/* Takes what there is and adapts the pace. Returns 0, or -errno when listening is over. */
int hearing_take(struct hearing *hearing);

/* There is a fresher snapshot. Of another program counting begins again. */
void hearing_renew(struct hearing *hearing, const struct address_space *space);

/* Sets all counts to 0. */
void hearing_clear(struct hearing *hearing);

/* A step of time is over. */
void hearing_step(struct hearing *hearing);

#endif
