/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/page_facts.h"

#include "model/target.h"

struct page_facts page_facts_unknown(void)
{
	return (struct page_facts){PAGE_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN};
}
