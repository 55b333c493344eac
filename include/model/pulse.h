/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_PULSE_H
#define MODEL_PULSE_H

/*
 * The cheapest look at a process: statm and one query of the brk heap, about 1 us. Bytes;
 * TARGET_UNKNOWN (model/target.h) for what the kernel does not report.
 */

#include <stdint.h>

struct pulse {
	int64_t time_ns;   /* CLOCK_REALTIME, nanoseconds */
	uint64_t heap_end; /* where the brk heap ends; 0 without a heap */
	uint64_t heap;     /* its size, also when it is several mappings; 0 without a heap */
	uint64_t size, resident, shared, data;
};

#endif
