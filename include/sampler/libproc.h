/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SAMPLER_LIBPROC_H
#define SAMPLER_LIBPROC_H

/*
 * libproc2, which is loaded when it is first needed: it brings libsystemd and what that needs into
 * the process, and takes longer to load than all else that a single picture does with libraries.
 */

#include <libproc2/pids.h>

/* What is used of it; see procps_pids(3). */
struct libproc {
	int (*pids_new)(struct pids_info **info, enum pids_item *items, int count);
	struct pids_stack *(*pids_get)(struct pids_info *info, enum pids_fetch_type which);
	int (*pids_unref)(struct pids_info **info);
};

/* Returns 0 and fills ret_libproc; -ELIBACC where the library, or a function of it, is missing. */
int libproc_load(struct libproc *ret_libproc);

#endif
