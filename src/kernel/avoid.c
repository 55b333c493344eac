/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/avoid.h"

#include <errno.h>
#include <string.h>

static const struct avoidable {
	const char *name;
	unsigned bit;
} avoidables[] = {
	{"procmap-query", AVOID_PROCMAP_QUERY},
	{"pidfd", AVOID_PIDFD},
	{"pagemap-scan", AVOID_PAGEMAP_SCAN},
	{"pagemap", AVOID_PAGEMAP},
};

#define AVOIDABLE_COUNT (sizeof(avoidables) / sizeof(avoidables[0]))

/* The bit of the name of that length; 0 for none. */
static unsigned find_bit(const char *name, size_t length)
{
	for (size_t i = 0; i < AVOIDABLE_COUNT; i++)
		if (strlen(avoidables[i].name) == length &&
		    memcmp(avoidables[i].name, name, length) == 0)
			return avoidables[i].bit;
	return 0;
}

int avoid_parse(const char *names, unsigned *ret_avoid, const char **ret_unknown)
{
	unsigned avoid = 0;

	for (;;) {
		size_t length = strcspn(names, ",");
		unsigned bit = find_bit(names, length);

		if (!bit) {
			*ret_unknown = names;
			return -EINVAL;
		}
		avoid |= bit;
		if (!names[length])
			break;
		names += length + 1;
	}
	*ret_avoid = avoid;
	return 0;
}

const char *avoid_name(size_t index)
{
	return index < AVOIDABLE_COUNT ? avoidables[index].name : NULL;
}
