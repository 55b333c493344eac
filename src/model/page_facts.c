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

struct page_facts page_facts_of_usage(const struct usage_table *table, size_t index)
{
	struct page_facts facts = page_facts_unknown();

	if (!table || index >= table->vmas.count)
		return facts;
	facts.flags = usage_table_at(table, index).flags;
	facts.key = usage_table_at(table, index).key;
	facts.below = index ? usage_table_at(table, index - 1).flags : 0;
	return facts;
}

bool page_facts_has(uint64_t flags, const char *name)
{
	return flags != TARGET_UNKNOWN && (flags & usage_flag_bit(name));
}
