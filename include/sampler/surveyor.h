/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SURVEYOR_H
#define SAMPLER_SURVEYOR_H

/*
 * A thread that finds out what of a process is in memory without hurting it: it walks the page
 * tables in small bounded steps with pauses between, and reads smaps only when asked or, of
 * processes where that is cheap, at a slow rate. It has descriptors of its own; the sampler
 * (sampler/sampler.h) is not delayed by it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sampler/survey_once.h"

struct address_space;
struct procfs_options;
struct surveyor;

/*
 * Starts the thread for process pid below the root of the options (options->avoid with
 * AVOID_PAGEMAP_SCAN, AVOID_PAGEMAP choose the fallbacks), which the thread opens: where that fails
 * a survey with the error is all that comes. Returns 0 and sets *ret_surveyor, or -errno.
 */
int surveyor_create(const struct procfs_options *options, int32_t pid,
		    struct surveyor **ret_surveyor);
void surveyor_destroy(struct surveyor *surveyor);

/*
 * Tells of a new snapshot (copied: ranges only) and which addresses the reader sees, which are
 * looked at first, and told of when they are known: a partial residency. Residency is scanned anew
 * only when resident or minflt moved.
 */
void surveyor_look_at(struct surveyor *surveyor, const struct address_space *space,
		      uint64_t visible_start, uint64_t visible_end);

/* Reads smaps once, whatever it costs; estimate tells beforehand, in nanoseconds. */
void surveyor_read_smaps(struct surveyor *surveyor);
uint64_t surveyor_smaps_estimate(const struct surveyor *surveyor);

/* Readable when surveyor_take() has something new. */
int surveyor_descriptor(const struct surveyor *surveyor);
bool surveyor_take(struct surveyor *surveyor, struct survey *ret_survey);

#endif
