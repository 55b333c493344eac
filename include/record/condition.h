/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_CONDITION_H
#define RECORD_CONDITION_H

/*
 * When a recording is to begin, as the user writes it: "rss>1G", "size>4G", "growth>200M",
 * "maps>50000", "maps>80%". growth is that of the size since the first snapshot; a percentage is
 * one of what the kernel allows.
 */

#include <stdbool.h>
#include <stdint.h>

struct address_space;

enum condition_value {
	CONDITION_RSS,
	CONDITION_SIZE,
	CONDITION_GROWTH,
	CONDITION_MAPPINGS,
	CONDITION_MAPPINGS_PERCENT,
};

struct condition {
	enum condition_value value;
	uint64_t above; /* bytes, mappings or percent */
};

/* Returns 0 and fills *ret_condition; or -EINVAL. */
int condition_parse(const char *words, struct condition *ret_condition);

/* Whether it holds of a snapshot; first is the one that growth counts from. What is not known holds
 * never. */
bool condition_holds(const struct condition *condition, const struct address_space *first,
		     const struct address_space *space);

#endif
