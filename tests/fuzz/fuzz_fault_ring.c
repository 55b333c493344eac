/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Eight bytes of head, eight of tail, then the data, as far as it goes: whatever they are, nothing
 * is read beyond the ring, each record lies in it, and afterwards all of it is taken.
 */
#include "fuzz.h"

#include <linux/perf_event.h>
#include <string.h>

#include "growth/fault_record.h"
#include "growth/fault_ring.h"

#define PAGE ((size_t)4096)
#define DATA ((size_t)512)

struct taken {
	uint64_t count;
};

static void take(void *context, const struct fault_record *record)
{
	struct taken *taken = context;

	taken->count++;
	FUZZ_CHECK(record->stack.count <= CALL_STACK_FRAMES_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct fault_format format = {.registers = 3};
	unsigned char *pages = calloc(1, PAGE + DATA);
	struct perf_event_mmap_page *page = (void *)pages;
	struct fault_ring ring;
	struct taken taken = {0};
	uint64_t head = 0, tail = 0, bad;

	if (!pages || length < 16) {
		free(pages);
		return 0;
	}
	memcpy(&head, bytes, sizeof(head));
	memcpy(&tail, bytes + 8, sizeof(tail));
	memcpy(pages + PAGE, bytes + 16, length - 16 < DATA ? length - 16 : DATA);
	page->data_head = head;
	page->data_tail = tail;
	fault_ring_init(&ring, pages, PAGE, DATA);
	bad = fault_ring_drain(&ring, &format, take, &taken);
	FUZZ_CHECK(page->data_tail == head);
	FUZZ_CHECK((taken.count + bad) * sizeof(struct perf_event_header) <= DATA);
	FUZZ_CHECK(fault_ring_drain(&ring, &format, take, &taken) == 0);
	fault_ring_finish(&ring);
	free(pages);
	return 0;
}
