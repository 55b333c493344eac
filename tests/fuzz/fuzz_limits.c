/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Only the three limits are written, and without a digit in the text none has a number. */
#include "fuzz.h"

#include <string.h>

#include "model/target.h"
#include "procfs/limits_parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct target_limits limits = {.max_map_count = 65530}, again;
	size_t digits = 0;

	limits_parse((const char *)bytes, length, &limits);
	again = limits;
	limits_parse((const char *)bytes, length, &again);
	FUZZ_CHECK(memcmp(&limits, &again, sizeof(limits)) == 0);
	FUZZ_CHECK(limits.max_map_count == 65530);
	for (size_t i = 0; i < length; i++)
		digits += bytes[i] >= '0' && bytes[i] <= '9';
	if (digits == 0)
		FUZZ_CHECK(limits.stack >= TARGET_UNLIMITED && limits.as >= TARGET_UNLIMITED &&
			   limits.data >= TARGET_UNLIMITED);
	return 0;
}
