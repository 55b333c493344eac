/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_LISTER_H
#define SAMPLER_LISTER_H

/*
 * A thread that lists the processes of the machine again and again: reading the command line of a
 * process that is busy with its memory can take long, and keys shall not wait for it. One is meant
 * to be kept and paused, not started again: libproc2 never frees some 264 KiB of each thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lister;
struct process_list;

#define LISTER_WANTED_MAX 256

/*
 * Starts the thread; the first list is made at once, the next ones interval_ns after the one
 * before. Returns 0 and sets *ret_lister, or -errno.
 */
int lister_create(uint64_t interval_ns, struct lister **ret_lister);

/* Pauses, and forgets what was not taken; or resumes, with a list at once. */
void lister_pause(struct lister *lister, bool paused);

/*
 * From the next list on, the mappings of these processes are counted (sampler/mapping_counts.h): of
 * the first LISTER_WANTED_MAX, within a hundredth of the time. The first that are wanted bring a
 * list at once.
 */
void lister_want(struct lister *lister, const int32_t *pids, size_t count);

/* Ends the thread; NULL is allowed. One that does not answer is left behind (kernel/worker.h). */
void lister_destroy(struct lister *lister);

/* Readable when lister_take() has something new. */
int lister_descriptor(const struct lister *lister);

/*
 * Takes the newest list, which the caller then owns, or the -errno of why there is none (then
 * *ret_list is NULL). Returns false, and changes nothing, when there is nothing new.
 */
bool lister_take(struct lister *lister, struct process_list **ret_list, int *ret_error);

#endif
