/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_PROTECTION_FILES_H
#define FILES_PROTECTION_FILES_H

/* Reads what the small files of procfs say of the protection of a process (model/protection.h). */

struct procfs_options;
struct protection;

/* directory is that of the process; negative: there is none, and nothing of it is known. */
void protection_files_read(const struct procfs_options *options, int directory,
			   struct protection *ret_protection);

#endif
