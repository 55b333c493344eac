/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/condition.h"

#include <errno.h>
#include <string.h>

#include "base/number.h"
#include "model/address_space.h"

#define PERCENT_MAX 100

static const struct {
	const char *name;
	enum condition_value value;
} names[] = {
	{"rss", CONDITION_RSS},
	{"size", CONDITION_SIZE},
	{"growth", CONDITION_GROWTH},
	{"maps", CONDITION_MAPPINGS},
};

/* "80%", or a number; no size. */
static int parse_count(const char *at, const char *end, struct condition *condition)
{
	bool percent = end > at && end[-1] == '%';

	if (percent)
		condition->value = CONDITION_MAPPINGS_PERCENT;
	return number_parse(at, (size_t)(end - at) - percent, percent ? PERCENT_MAX : UINT32_MAX,
			    &condition->above);
}

int condition_parse(const char *words, struct condition *ret_condition)
{
	const char *sign = strchr(words, '>'), *at, *end = words + strlen(words);
	struct condition condition;

	if (!sign)
		return -EINVAL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i].name);

		if ((size_t)(sign - words) != length || memcmp(words, names[i].name, length))
			continue;
		condition.value = names[i].value;
		at = sign + 1;
		if (condition.value == CONDITION_MAPPINGS) {
			if (parse_count(at, end, &condition))
				return -EINVAL;
		} else if (number_scan_size(&at, end, &condition.above) || at != end) {
			return -EINVAL;
		}
		*ret_condition = condition;
		return 0;
	}
	return -EINVAL;
}

bool condition_holds(const struct condition *condition, const struct address_space *first,
		     const struct address_space *space)
{
	uint64_t allowed = space->target.limits.max_map_count;

	switch (condition->value) {
	case CONDITION_RSS:
		return space->target.rss != TARGET_UNKNOWN && space->target.rss > condition->above;
	case CONDITION_SIZE: return space->size > condition->above;
	case CONDITION_GROWTH:
		return space->size > first->size && space->size - first->size > condition->above;
	case CONDITION_MAPPINGS: return space->mappings > condition->above;
	case CONDITION_MAPPINGS_PERCENT:
		return allowed < TARGET_UNLIMITED &&
		       (double)space->mappings * PERCENT_MAX >
			       (double)condition->above * (double)allowed;
	}
	return false;
}
