/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_SOURCE_H
#define SAMPLER_SOURCE_H

/*
 * Where snapshots come from: a process below a procfs root, or later a recording. A source is
 * used by one thread at a time. The implementation lives behind the function table.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/coverage.h"

struct address_space;
struct pulse;
struct source;
struct target;
struct target_totals;

/* What is not whole about a recorded list of mappings. */
struct source_damage {
	const char *file;       /* of the process's directory: "maps" */
	uint64_t skipped;       /* lines of it that are not mappings */
	uint64_t first_skipped; /* the number of the first of them, from 1 */
	bool cut;               /* the last line has no end: it, and what follows, may be missing */
};

struct source_operations {
	int (*read)(struct source *source, struct address_space **ret_space);
	int (*pulse)(struct source *source, struct pulse *ret_pulse); /* NULL: it cannot */
	int (*look)(struct source *source, enum coverage_level level,
		    uint64_t *ret_print); /* NULL: it cannot */
	int (*totals)(struct source *source, struct target *ret_target,
		      struct target_totals *ret_totals);                    /* NULL: it cannot */
	const struct source_damage *(*damage)(const struct source *source); /* NULL: none */
	int (*exit_descriptor)(const struct source *source);
	void (*rest)(struct source *source); /* NULL: nothing to let go */
	void (*destroy)(struct source *source);
};

struct source {
	const struct source_operations *operations;
};

/*
 * Takes a sample. Returns 0 and sets *ret_space (the caller destroys it); or
 *   -ESRCH   the process has ended (or is a zombie: only its exit status is left),
 *   -EACCES  its maps may not be read,
 *   -ENXIO   it is a kernel thread: it has no address space,
 *   -EBADMSG the source's text is not what procfs writes,
 *   -ENODATA the source's list of mappings is empty,
 *   -ENOENT  the source has no list of mappings,
 *   -EAGAIN  it kept changing its image (execve(2)) while being read: ask again,
 *   or another -errno of the operating system.
 */
int source_read(struct source *source, struct address_space **ret_space);

/*
 * Takes the pulse, about 1 us. Returns 0 and sets *ret_pulse; -ESRCH when the process has ended,
 * -ENXIO for a kernel thread, -ENOTSUP for a source that has no pulses, -EBADMSG, or another
 * -errno of the operating system.
 */
int source_pulse(struct source *source, struct pulse *ret_pulse);

/*
 * Looks whether anything changed that pulses do not see: at all mappings (COVERAGE_ALL), or at
 * those that are executable (COVERAGE_CODE). Returns 0 and sets *ret_print, which is another one
 * than at the last look of the level when something changed; SOURCE_IDLE where the process did not
 * run since, so that nothing can have changed; -ENOTSUP for a source that cannot look so; or
 * another -errno.
 */
int source_look(struct source *source, enum coverage_level level, uint64_t *ret_print);

#define SOURCE_IDLE 1

/*
 * What is reported of the process even where source_read() fails with -EACCES. Returns 0 and sets
 * *ret_target, whose strings are the source's and valid until it is used again, and *ret_totals;
 * -ESRCH when the process has ended, -ENXIO for a kernel thread, -ENOTSUP for a source that has
 * none, -EBADMSG, or another -errno of the operating system.
 */
int source_totals(struct source *source, struct target *ret_target,
		  struct target_totals *ret_totals);

/*
 * What is not whole about the last sample, which holds what is there all the same; NULL when it is
 * whole, as every one of a running process is. It is the source's.
 */
const struct source_damage *source_damage(const struct source *source);

/* A descriptor that becomes readable when the process ends; -1 when there is none. */
int source_exit_descriptor(const struct source *source);

/*
 * Lets go what only sampling needs, helper processes as they are, without waiting for their end.
 * The source stays as it is; what it needs again comes back at its next use.
 */
void source_rest(struct source *source);

/* Frees the source; NULL is allowed. */
void source_destroy(struct source *source);

#endif
