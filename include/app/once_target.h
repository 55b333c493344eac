/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_ONCE_TARGET_H
#define APP_ONCE_TARGET_H

/* A process that --once reports on, and its last sample. All zeroes but source and pid: none yet.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/identity.h"
#include "model/query_matches.h"
#include "model/usage.h"
#include "report/part.h"
#include "residency/scan_once.h"

struct address_space;
struct options;
struct procfs_options;
struct query;
struct source;

/* scan_once() of residency/scan_once.h, or one of the same form; where it fails, what is in memory
 * is unknown. */
typedef int once_scan(const struct procfs_options *options, int32_t pid,
		      const struct address_space *space, bool smaps, struct scan *ret_scan);

/* How samples are taken. */
struct once_plan {
	const struct options *options;
	const struct query *query; /* the filter; NULL: none */
	once_scan *scan;
	bool smaps;  /* what only smaps reports is wanted */
	bool growth; /* there are several samples */
};

struct once_target {
	int32_t pid;
	bool by_name;                /* it was found by its name: that it has ended is no mistake */
	struct source *source;       /* owned; NULL: there are no more samples of it */
	struct address_space *space; /* the sample; NULL: there is none */
	struct scan scan;
	struct usage_table usage;
	const char *origin, *user; /* of a recorded one, not owned; NULL: those of this machine */
	bool filtered;             /* there are */
	struct query_matches matches;
	struct address_space *first; /* the first sample, where growth is wanted */
	bool has_growth;             /* there is */
	struct identity growth;
};

/*
 * Takes a sample. Returns 0; or the exit status after saying why there is none (but for one that
 * was found by its name and has ended), and closes the source. A process whose mappings may not be
 * read is shown as app/denied.h says.
 */
int once_target_sample(struct once_target *target, const struct once_plan *plan);

/* Finds what the filter keeps; NULL: there is none. Returns the exit status. */
int once_target_filter(struct once_target *target, const struct query *query);

/* What a report has of the sample; valid until it is released. */
struct report_part once_target_part(const struct once_target *target);

/* Frees the sample. */
void once_target_release(struct once_target *target);

/* Frees all. */
void once_target_finish(struct once_target *target);

#endif
