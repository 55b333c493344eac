/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_target.h"

#include <string.h>

#include "model/target.h"

#define FIELD(member)                                                                 \
	{                                                                             \
		offsetof(struct target, member), sizeof(((struct target *)0)->member) \
	}

static const struct {
	size_t offset, size;
} numbers[HISTORY_NUMBER_COUNT] = {
	FIELD(rss),
	FIELD(swap),
	FIELD(state),
	FIELD(threads),
	FIELD(pid),
	FIELD(start_ticks),
	FIELD(uid),
	FIELD(page_size),
	FIELD(start_brk),
	FIELD(start_stack),
	FIELD(limits.max_map_count),
	FIELD(limits.stack),
	FIELD(limits.as),
	FIELD(limits.data),
};

/* Numbers narrower than 64 bits are taken as their bits: none is computed with. */
uint64_t history_target_number(const struct target *target, size_t index)
{
	const char *field = (const char *)target + numbers[index].offset;
	uint64_t wide;
	uint32_t narrow;

	switch (numbers[index].size) {
	case sizeof(wide): memcpy(&wide, field, sizeof(wide)); return wide;
	case sizeof(narrow): memcpy(&narrow, field, sizeof(narrow)); return narrow;
	default: return (unsigned char)*field;
	}
}

void history_target_set_number(struct target *target, size_t index, uint64_t number)
{
	char *field = (char *)target + numbers[index].offset;
	uint32_t narrow = (uint32_t)number;

	switch (numbers[index].size) {
	case sizeof(number): memcpy(field, &number, sizeof(number)); break;
	case sizeof(narrow): memcpy(field, &narrow, sizeof(narrow)); break;
	default: *field = (char)number;
	}
}
