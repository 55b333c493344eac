/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_SNAPSHOT_JSON_H
#define RECORD_SNAPSHOT_JSON_H

/*
 * A snapshot that was written as JSON (report/json.h), read again: who the process was, its
 * mappings, and how much of each was in memory. It may come from a stranger: nothing that it says
 * is believed before it was checked.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;
struct kept_usage;

/* The largest file that is read, bytes: in memory it takes several times that. */
#define SNAPSHOT_JSON_BYTES_MAX (UINT64_C(256) << 20)

/* Whether the file begins as a JSON object does. */
bool snapshot_json_is_meant(const char *path);

/*
 * Reads the file. Returns 0 and sets both, for address_space_destroy() and kept_usage_finish(); or
 * -EISDIR, -ENXIO where it is not a regular file, -EFBIG; -EBADMSG where it is not one such
 * snapshot, -ENOTSUP where it is one of a later vastop, -ENODATA where the mappings were not to be
 * read; -ELIBACC without the library, or another -errno.
 */
int snapshot_json_read(const char *path, struct address_space **ret_space,
		       struct kept_usage *ret_usage);

#endif
