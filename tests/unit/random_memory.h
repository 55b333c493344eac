/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_RANDOM_MEMORY_H
#define TESTS_RANDOM_MEMORY_H

/* What of a made-up address space is in memory, made up from a seed. */

#include "model/usage.h"
#include "random_space.h"

/*
 * Of each mapping nothing, all, a few runs or many; of some of them, or of parts, nothing is
 * known. NULL now and then. residency_destroy() frees it.
 */
struct residency *random_residency(struct random *random, const struct address_space *space);

/*
 * A usage table of the space by the residency and by what a smaps said that is made up for some of
 * its mappings. usage_table_finish() frees it.
 */
void random_usage(struct random *random, const struct address_space *space,
		  const struct residency *residency, struct usage_table *ret_table);

#endif
