/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "growth/fault_ring.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "growth/fault_record.h"

/* An event that never happens; the clock has to be that of those that write into the ring. */
static int open_event(int processor)
{
	struct perf_event_attr attributes = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attributes),
		.config = PERF_COUNT_SW_DUMMY,
		.sample_type = FAULT_SAMPLE,
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.use_clockid = 1,
		.clockid = CLOCK_MONOTONIC,
	};
	long descriptor =
		syscall(SYS_perf_event_open, &attributes, 0, processor, -1, PERF_FLAG_FD_CLOEXEC);

	return descriptor < 0 ? -errno : (int)descriptor;
}

/* As much as may be locked, at most *data_size. */
static void *map_pages(int descriptor, size_t page_size, size_t *data_size)
{
	const size_t most = *data_size;
	void *pages;
	int shift = 0;

	for (;;) {
		*data_size = most >> shift++;
		pages = mmap(NULL, page_size + *data_size, PROT_READ | PROT_WRITE, MAP_SHARED,
			     descriptor, 0);
		if (pages != MAP_FAILED || *data_size <= page_size ||
		    (errno != EPERM && errno != ENOMEM && errno != EAGAIN))
			return pages;
	}
}

int fault_ring_open(struct fault_ring *ring, int processor, size_t data_size)
{
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
	int descriptor = open_event(processor), error;
	void *pages;

	if (descriptor < 0)
		return descriptor == -EINVAL ? -ENODEV : descriptor;
	pages = map_pages(descriptor, page_size, &data_size);
	if (pages == MAP_FAILED) {
		error = -errno;
		close(descriptor);
		return error;
	}
	fault_ring_init(ring, pages, page_size, data_size);
	ring->descriptor = descriptor;
	return 0;
}

void fault_ring_close(struct fault_ring *ring)
{
	if (ring->descriptor < 0)
		return;
	munmap(ring->pages, ring->page_size + ring->data_size);
	close(ring->descriptor);
	fault_ring_finish(ring);
}

void fault_ring_init(struct fault_ring *ring, void *pages, size_t page_size, size_t data_size)
{
	*ring = (struct fault_ring){
		.descriptor = -1,
		.pages = pages,
		.page_size = page_size,
		.data_size = data_size,
		.whole = memory_alloc(FAULT_RECORD_MAX),
	};
}

void fault_ring_finish(struct fault_ring *ring)
{
	free(ring->whole);
	ring->whole = NULL;
	ring->descriptor = -1;
}

/* The size bytes from that place on, the end of the data leading to its beginning. */
static const unsigned char *bytes_at(struct fault_ring *ring, uint64_t place, size_t size)
{
	const unsigned char *data = (const unsigned char *)ring->pages + ring->page_size;
	const size_t offset = (size_t)(place & (ring->data_size - 1));
	const size_t first = ring->data_size - offset;

	if (size <= first)
		return data + offset;
	memcpy(ring->whole, data + offset, first);
	memcpy(ring->whole + first, data, size - first);
	return ring->whole;
}

/* The size of the record at that place; 0: it cannot be, as it ends before it begins or beyond. */
static size_t size_at(struct fault_ring *ring, uint64_t place, uint64_t head)
{
	struct perf_event_header header;

	if (head - place < sizeof(header))
		return 0;
	memcpy(&header, bytes_at(ring, place, sizeof(header)), sizeof(header));
	return header.size < sizeof(header) || header.size > head - place ? 0 : header.size;
}

/*
 * The barriers are those that perf_event_open(2) asks for: what the kernel wrote is read after its
 * head, and the tail, which gives the room back, is written after all was read.
 */
uint64_t fault_ring_drain(struct fault_ring *ring, const struct fault_format *format,
			  fault_ring_take *take, void *context)
{
	struct perf_event_mmap_page *page = ring->pages;
	const uint64_t head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
	uint64_t tail = page->data_tail, bad = 0;
	struct fault_record record;

	if (head - tail > ring->data_size) {
		bad++;
		tail = head;
	}
	while (tail != head) {
		size_t size = size_at(ring, tail, head);

		if (!size) {
			bad++;
			break;
		}
		if (fault_record_parse(format, bytes_at(ring, tail, size), size, &record))
			bad++;
		else
			take(context, &record);
		tail += size;
	}
	__atomic_store_n(&page->data_tail, head, __ATOMIC_RELEASE);
	return bad;
}
