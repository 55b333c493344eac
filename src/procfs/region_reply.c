/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/region_reply.h"

#include <errno.h>

int region_reply_check(struct region_reply *reply, struct page_region *regions, int64_t count,
		       int64_t room)
{
	uint64_t last = reply->start, walked = reply->walked;

	if (count < 0 || count > room)
		return -EBADMSG;
	for (int64_t i = 0; i < count; i++) {
		if (regions[i].start < last || regions[i].start >= reply->end ||
		    regions[i].end <= regions[i].start)
			return -EBADMSG;
		if (regions[i].end > reply->end)
			regions[i].end = reply->end;
		last = regions[i].end;
	}
	/* The kernel's word is reliable, but for a walk in vain. */
	if (walked <= reply->start || walked > reply->end)
		walked = reply->end;
	reply->walked = walked > last ? walked : last;
	return 0;
}

int region_reply_check_mapping(uint64_t start, uint64_t end, uint64_t address, int next)
{
	return start < end && end > address && (next || start <= address) ? 0 : -EBADMSG;
}
