/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots in JSON from strangers. Whatever the bytes are: they are refused, or are an address
 * space as all others, which can be compared with itself, and nothing is different then.
 */
#include "fuzz.h"

#include <unistd.h>

#include "model/address_space.h"
#include "model/diff.h"
#include "model/kept_usage.h"
#include "record/snapshot_json.h"

static void compare(const struct address_space *space, const struct kept_usage *usage)
{
	const struct diff_subject subject = {space, kept_usage_table(usage)};
	struct diff diff;

	diff_init(&diff, &subject, &subject);
	FUZZ_CHECK(diff.item_count == 0 && diff.unchanged == space->vma_count);
	diff_finish(&diff);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char path[] = "/tmp/vastop-fuzz-XXXXXX";
	int file = mkstemp(path);
	struct address_space *space;
	struct kept_usage usage;

	FUZZ_CHECK(file >= 0);
	FUZZ_CHECK(write(file, bytes, length) == (ssize_t)length);
	close(file);
	snapshot_json_is_meant(path);
	if (snapshot_json_read(path, &space, &usage) == 0) {
		FUZZ_CHECK(usage.table.vmas.count == space->vma_count);
		for (size_t i = 1; i < space->vma_count; i++)
			FUZZ_CHECK(space->vmas[i - 1].end <= space->vmas[i].start);
		compare(space, &usage);
		kept_usage_finish(&usage);
		address_space_destroy(space);
	}
	unlink(path);
	return 0;
}
