/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_USAGE_H
#define REPORT_JSON_USAGE_H

/*
 * What mappings cost in memory as members of JSON objects. Bytes; what is not known is null.
 */

#include <jansson.h>

struct usage;

/* An array with the two-letter names of all VmFlags, in their order: made once, used for all. */
json_t *json_usage_flag_names(void);

/*
 * Sets the members "rss", "swap", "hugetlb", "pss", "uss", "private_dirty", "shared_dirty",
 * "referenced", "anonymous", "huge", "locked" and "flags" (an array of names) of a mapping's
 * object. usage NULL: nothing is known. flag_names comes from json_usage_flag_names().
 */
void json_usage_set(json_t *object, const struct usage *usage, const json_t *flag_names);

/* Sets "rss", "pss", "swap" and "hugetlb" of an object that stands for several mappings. */
void json_usage_set_sum(json_t *object, const struct usage *usage);

#endif
