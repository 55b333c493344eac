/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_USAGE_FLAG_H
#define MODEL_USAGE_FLAG_H

/*
 * The flags of a mapping that smaps reports as VmFlags, two letters each: a bit of usage.flags for
 * each, and what they mean.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct usage;

/* The bit of the flag with these two letters; 0: there is none. */
uint64_t usage_flag_bit(const char *name);

/* The two letters of the flag number i ("rd", "wr", "ex", "sh", "mr", …); NULL after the last. */
const char *usage_flag_name(size_t i);

/* What the flag means, in a few plain words: "may be made executable", "left out of core dumps". */
const char *usage_flag_words(size_t i);

/*
 * Whether smaps says that it is memory of hugetlb: by its flag, or, where that is not known, by
 * pages that are larger than page_size, the system's. Devices can have large pages, too.
 */
bool usage_is_hugetlb(const struct usage *usage, uint64_t page_size);

#endif
