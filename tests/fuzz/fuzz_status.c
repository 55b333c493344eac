/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A size is unknown or a multiple of a kilobyte; what is parsed again behind a newline is equal;
 * numbers in namespaces are at most as many as there is room for, and not negative.
 */
#include "fuzz.h"

#include <string.h>

#include "model/target.h"
#include "procfs/status_parser.h"

static void check_size(uint64_t size)
{
	FUZZ_CHECK(size == TARGET_UNKNOWN || size % 1024 == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct proc_status status, again;
	int32_t pids[STATUS_NAMESPACES_MAX];
	size_t count;
	char *copy = malloc(length + 1);

	if (!copy)
		return 0;
	copy[0] = '\n';
	if (length)
		memcpy(copy + 1, bytes, length);
	status_parse((const char *)bytes, length, &status);
	count = status_parse_namespaces((const char *)bytes, length, pids);
	FUZZ_CHECK(count <= STATUS_NAMESPACES_MAX);
	for (size_t i = 0; i < count; i++)
		FUZZ_CHECK(pids[i] >= 0);
	status_parse(copy, length + 1, &again);
	free(copy);
	FUZZ_CHECK(memcmp(&status, &again, sizeof(status)) == 0);
	check_size(status.size);
	check_size(status.size_peak);
	check_size(status.rss);
	check_size(status.rss_peak);
	check_size(status.rss_anonymous);
	check_size(status.rss_file);
	check_size(status.rss_shared_memory);
	check_size(status.swap);
	check_size(status.page_tables);
	return 0;
}
