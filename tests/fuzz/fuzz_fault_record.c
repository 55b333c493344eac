/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first byte is the number of registers; then records as in a ring, cut where they say. What a
 * record points to lies in it; a refusal changes nothing.
 */
#include "fuzz.h"

#include <linux/perf_event.h>
#include <string.h>

#include "growth/fault_record.h"

static void check(const struct fault_format *format, const unsigned char *bytes, size_t size)
{
	struct fault_record record, before;

	memset(&record, 0x5a, sizeof(record));
	before = record;
	if (fault_record_parse(format, bytes, size, &record)) {
		FUZZ_CHECK(memcmp(&record, &before, sizeof(record)) == 0);
		return;
	}
	FUZZ_CHECK(record.stack.count <= CALL_STACK_FRAMES_MAX);
	FUZZ_CHECK(record.type != FAULT_RECORD_MAP || record.start <= record.end);
	if (record.registers)
		FUZZ_CHECK(record.registers >= bytes &&
			   record.registers + format->registers * sizeof(uint64_t) <= bytes + size);
	if (record.stack_copy)
		FUZZ_CHECK(record.stack_copy >= bytes &&
			   record.stack_size <= (size_t)(bytes + size - record.stack_copy));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct fault_format format;
	struct perf_event_header header;

	if (!length)
		return 0;
	format.registers = *bytes++;
	for (length--; length >= sizeof(header); bytes += header.size, length -= header.size) {
		memcpy(&header, bytes, sizeof(header));
		if (header.size < sizeof(header) || header.size > length)
			break;
		check(&format, bytes, header.size);
	}
	check(&format, bytes, length);
	return 0;
}
