/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as records of lines: each lies within them, and they come to an end. */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "inside/code_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *at = (const char *)bytes, *end = at + length;
	struct code_line line;
	int error;

	while (!(error = code_line_take(&at, end, &line))) {
		FUZZ_CHECK(line.function + strlen(line.function) < line.file);
		FUZZ_CHECK(line.file + strlen(line.file) + 1 == at && at <= end);
	}
	FUZZ_CHECK(error == (at == end ? -ENODATA : -EBADMSG));
	return 0;
}
