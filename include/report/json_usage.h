/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_USAGE_H
#define REPORT_JSON_USAGE_H

/*
 * What mappings cost in memory, as members of the object that the writer is in. Bytes; what is not
 * known is null.
 */

struct json_writer;
struct usage;

/*
 * Writes the members "rss", "swap", "hugetlb", "pss", "uss", "private_dirty", "shared_dirty",
 * "referenced", "anonymous", "huge", "locked" and "flags" (an array of names) of a mapping.
 * usage NULL: nothing is known.
 */
void json_usage_write(struct json_writer *writer, const struct usage *usage);

/* Writes "rss", "pss", "swap" and "hugetlb" of what stands for several mappings. */
void json_usage_write_sum(struct json_writer *writer, const struct usage *usage);

#endif
