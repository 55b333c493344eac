/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a batch of stacks, and as a result: each part lies within them. */
#include "fuzz.h"

#include <string.h>

#include "inside/unwind_batch.h"

static void take_samples(const char *at, const char *end)
{
	struct unwind_sample sample;
	uint64_t word;

	while (!unwind_batch_take_sample(&at, end, &sample)) {
		FUZZ_CHECK((const char *)sample.stack + sample.stack_size == at && at <= end);
		if (!UNWIND_REGISTER_COUNT)
			continue;
		for (unsigned i = 0; i < UNWIND_REGISTER_COUNT; i++)
			(void)unwind_sample_read(&sample, unwind_sample_register(&sample, i),
						 &word);
		FUZZ_CHECK(!unwind_sample_read(
				   &sample, unwind_sample_register(&sample, UNWIND_STACK_POINTER),
				   &word) == (sample.stack_size >= 8));
	}
}

static void take_result(const uint8_t *bytes, size_t length)
{
	struct unwind_result result;
	struct call_stack stack;

	if (length < sizeof(result))
		return;
	memcpy(&result, bytes, sizeof(result));
	if (!unwind_result_take(&result, &stack))
		FUZZ_CHECK(stack.count >= 1 && stack.count <= CALL_STACK_FRAMES_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const char *at = (const char *)bytes, *end = at + length;
	struct unwind_object object;
	struct unwind_batch batch;

	take_result(bytes, length);
	if (unwind_batch_take(&at, end, &batch))
		return 0;
	while (batch.object_count-- && !unwind_batch_take_object(&at, end, &object)) {
		FUZZ_CHECK(object.vma.name + strlen(object.vma.name) + 1 == at && at <= end);
		FUZZ_CHECK(object.start < object.end);
	}
	take_samples(at, end);
	return 0;
}
