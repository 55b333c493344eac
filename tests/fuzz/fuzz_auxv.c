/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A vector has a page size that there is, and words of its width; a refusal changes
 * nothing. */
#include "fuzz.h"

#include <string.h>

#include "model/target.h"
#include "procfs/auxv_parser.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct proc_auxv auxv = {.page_size = 7, .base = 8}, more;
	char *copy;

	if (auxv_parse((const char *)bytes, length, &auxv)) {
		FUZZ_CHECK(auxv.page_size == 7 && auxv.base == 8);
		return 0;
	}
	FUZZ_CHECK(target_is_page_size(auxv.page_size));
	if (auxv.is_32bit) {
		FUZZ_CHECK((auxv.base | auxv.entry | auxv.program_headers) <= UINT32_MAX);
		return 0;
	}
	/* What stands behind the end of the vector does not matter: the kernel writes more there.
	 */
	copy = malloc(length + 16);
	if (!copy)
		return 0;
	memcpy(copy, bytes, length);
	memset(copy + length, 0, 16);
	FUZZ_CHECK(auxv_parse(copy, length + 16, &more) == 0);
	free(copy);
	FUZZ_CHECK(more.page_size == auxv.page_size && more.base == auxv.base);
	return 0;
}
