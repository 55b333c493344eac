/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_TRIAL_MAPPING_H
#define FILES_TRIAL_MAPPING_H

/*
 * What the kernel says of a file once it is mapped. The numbers of stat(2) are not always those of
 * maps (model/file_identity.h), and no call returns the latter; so a page of the file is mapped
 * into this process for a moment, never touched, and the kernel asked about it.
 */

#include <stdbool.h>

#include "model/file_identity.h"

struct trial_mapping {
	struct file_numbers numbers; /* as maps prints them */
	bool has_build_id;           /* the kernel was asked for it, so that size 0 means none */
	struct build_id build_id;
};

/*
 * Maps the regular file behind the descriptor, which is open for reading. avoid is as in
 * kernel/avoid.h: without PROCMAP_QUERY maps is read, and no build-id known. Returns 0 and sets
 * *ret_trial; or -errno. Waits as long as the file system does.
 */
int trial_mapping_make(int descriptor, unsigned avoid, struct trial_mapping *ret_trial);

#endif
