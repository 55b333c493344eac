/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_FAULT_BYTES_H
#define TESTS_FAULT_BYTES_H

/* Records as the kernel writes them into the ring of a page-fault event, for tests. */

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct fault_bytes {
	unsigned char bytes[1024];
	size_t size;
};

static inline void fault_bytes_u64(struct fault_bytes *record, uint64_t value)
{
	memcpy(record->bytes + record->size, &value, sizeof(value));
	record->size += sizeof(value);
}

static inline void fault_bytes_u32(struct fault_bytes *record, uint32_t value)
{
	memcpy(record->bytes + record->size, &value, sizeof(value));
	record->size += sizeof(value);
}

static inline void fault_bytes_begin(struct fault_bytes *record)
{
	record->size = sizeof(struct perf_event_header);
}

/* Writes the header, which has the size of what was appended. */
static inline void fault_bytes_end(struct fault_bytes *record, uint32_t type, uint16_t misc)
{
	const struct perf_event_header header = {
		.type = type, .misc = misc, .size = (uint16_t)record->size};

	memcpy(record->bytes, &header, sizeof(header));
}

/* A fault of user code with that chain, which has its marks. */
static inline void fault_bytes_sample(struct fault_bytes *record, int32_t pid, int32_t tid,
				      uint64_t address, const uint64_t *chain, size_t count)
{
	fault_bytes_begin(record);
	fault_bytes_u64(record, count > 1 ? chain[1] : 0);
	fault_bytes_u32(record, (uint32_t)pid);
	fault_bytes_u32(record, (uint32_t)tid);
	fault_bytes_u64(record, 1234567); /* time */
	fault_bytes_u64(record, address);
	fault_bytes_u64(record, 77); /* ID */
	fault_bytes_u64(record, count);
	for (size_t i = 0; i < count; i++)
		fault_bytes_u64(record, chain[i]);
	fault_bytes_end(record, PERF_RECORD_SAMPLE, PERF_RECORD_MISC_USER);
}

#endif
