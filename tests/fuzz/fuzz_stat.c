/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name lies inside the text and is followed by ") " and the state; a refusal changes nothing.
 */
#include "fuzz.h"

#include <string.h>

#include "procfs/stat_parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *text = (const char *)bytes, *end = text + length;
	struct proc_stat stat, before;
	int error;

	memset(&stat, 0x5a, sizeof(stat));
	before = stat;
	error = stat_parse(text, length, &stat);
	if (error) {
		FUZZ_CHECK(memcmp(&stat, &before, sizeof(stat)) == 0);
		return 0;
	}
	FUZZ_CHECK(stat.comm >= text + 3 && stat.comm + stat.comm_length + 3 <= end);
	FUZZ_CHECK(memcmp(stat.comm + stat.comm_length, ") ", 2) == 0);
	FUZZ_CHECK(stat.comm[stat.comm_length + 2] == stat.state);
	FUZZ_CHECK(!memchr(stat.comm + stat.comm_length + 1, ')',
			   (size_t)(end - stat.comm) - stat.comm_length - 1) ||
		   stat.state == ')');
	return 0;
}
