/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_CHECK_PROBE_H
#define FILES_CHECK_PROBE_H

/*
 * What findings (model/finding.h) need to know of a process beside its mappings: the programs and
 * libraries that it maps, and what kernel and processor do for it.
 */

#include "model/checked_file.h"
#include "model/protection.h"

struct address_space;
struct errands;
struct procfs_options;

struct check_facts {
	struct checked_files files;
	struct protection protection;
};

/*
 * Looks at the process of the snapshot, on those errands: file systems that do not answer are given
 * up after a while. What cannot be read is unknown, as all of it is where the process has ended.
 * The caller empties *ret_facts with check_facts_finish().
 */
void check_probe(const struct procfs_options *options, struct errands *errands,
		 const struct address_space *space, struct check_facts *ret_facts);

void check_facts_finish(struct check_facts *facts);

#endif
