/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/page_facts.h"

#include "model/target.h"
#include "model/usage.h"

struct page_facts page_facts_unknown(void)
{
	return (struct page_facts){.state = PAGE_UNKNOWN,
				   .flags = TARGET_UNKNOWN,
				   .key = TARGET_UNKNOWN,
				   .below = TARGET_UNKNOWN,
				   .overcommit = TARGET_UNKNOWN};
}

bool page_facts_has(uint64_t flags, const char *name)
{
	return flags != TARGET_UNKNOWN && (flags & usage_flag_bit(name));
}
