/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_RING_H
#define GROWTH_FAULT_RING_H

/*
 * The ring that the kernel writes the records of one processor's events into (perf_event_open(2),
 * "MMAP layout"): a page that says how far it has written and how far was read, and then the data.
 * The kernel writes only what there is room for, and tells in a record how many it had to drop.
 */

#include <stddef.h>
#include <stdint.h>

struct fault_format;
struct fault_record;

struct fault_ring {
	/*
	 * Of the event that owns the ring, for those that write into it; poll() finds it readable
	 * once the ring is half full. -1: there is none.
	 */
	int descriptor;
	/* Private: */
	void *pages; /* the first is struct perf_event_mmap_page */
	size_t page_size;
	size_t data_size;     /* bytes; a power of two */
	unsigned char *whole; /* a record that goes over the end of the data, put together */
};

/* Is given each record; it points into memory that the kernel may overwrite when this returns. */
typedef void fault_ring_take(void *context, const struct fault_record *record);

/*
 * Makes a ring of up to data_size bytes (a power of two, at least a page), or of less where the
 * user may lock no more memory (perf_event_mlock_kb in proc_sys_kernel(5)). It belongs to an event
 * of this thread that never happens, so that the target's events can come and go. Returns 0;
 * -ENODEV when the processor is not there; -EPERM when not even a page may be locked; or another
 * -errno of perf_event_open(2).
 */
int fault_ring_open(struct fault_ring *ring, int processor, size_t data_size);
void fault_ring_close(struct fault_ring *ring);

/* A ring in memory that the caller fills: page and data one behind the other. */
void fault_ring_init(struct fault_ring *ring, void *pages, size_t page_size, size_t data_size);
void fault_ring_finish(struct fault_ring *ring);

/*
 * Takes all records that are there by now. Returns how many had to be passed over because they were
 * no records of the format; of what is behind one whose length cannot be, nothing can be read, and
 * it counts as one.
 */
uint64_t fault_ring_drain(struct fault_ring *ring, const struct fault_format *format,
			  fault_ring_take *take, void *context);

#endif
