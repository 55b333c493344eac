/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_FAULT_RECORD_H
#define GROWTH_FAULT_RECORD_H

/*
 * What the kernel writes into the ring of a page-fault event (perf_event_open(2)), one record at a
 * time. The records come from the kernel, but a copy of the target's stack and the call chain,
 * which is found in it, are the target's: every length is checked against the record. Pure.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/call_stack.h"

#define FAULT_RECORD_MAX    ((size_t)UINT16_MAX) /* bytes; the size has 16 bits */
#define FAULT_REGISTERS_MAX 64

/*
 * What a sample has: FAULT_SAMPLE and, where the user's registers and stack are copied, too,
 * FAULT_SAMPLE_COPIES. All other records end with the part of FAULT_SAMPLE that tells who and when
 * (sample_id_all). Without PERF_SAMPLE_PERIOD: with it the kernel takes each fault for a sample,
 * whatever the period (perf_swevent_event() in kernel/events/core.c).
 */
#define FAULT_SAMPLE                                                                               \
	(PERF_SAMPLE_IP | PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_ADDR | PERF_SAMPLE_ID | \
	 PERF_SAMPLE_CALLCHAIN)
#define FAULT_SAMPLE_COPIES (PERF_SAMPLE_REGS_USER | PERF_SAMPLE_STACK_USER)

struct fault_format {
	unsigned registers; /* how many a sample copies; 0: neither registers nor stack */
};

enum fault_record_type {
	FAULT_RECORD_OTHER, /* of no interest */
	FAULT_RECORD_SAMPLE,
	FAULT_RECORD_LOST,     /* the ring was full */
	FAULT_RECORD_FORK,     /* a thread began, or a process */
	FAULT_RECORD_EXIT,     /* a thread ended */
	FAULT_RECORD_EXEC,     /* the process runs another program */
	FAULT_RECORD_MAP,      /* code was mapped */
	FAULT_RECORD_THROTTLE, /* the kernel took too many samples and paused */
};

struct fault_record {
	enum fault_record_type type;
	int32_t pid, tid;               /* 0: not told */
	int32_t parent_pid, parent_tid; /* of FORK */
	uint64_t lost;                  /* of LOST: records that are missing */
	/* Of MAP: the range. */
	uint64_t start, end;
	/* Of SAMPLE: */
	uint64_t time_ns; /* CLOCK_MONOTONIC where the event asks for it */
	uint64_t address; /* that faulted */
	uint64_t id;      /* of the event that was opened; that of one inherited is its parent's */
	bool in_kernel;   /* the kernel touched the page, in a system call */
	/*
	 * The user's part of the call chain: count 0: there is none; a chain of one frame rests on
	 * the address alone.
	 */
	struct call_stack stack;
	/* Copies, which point into the record; NULL: there are none. */
	const unsigned char *registers;  /* 8 bytes each, as many as the format says */
	bool registers_are_32;           /* of a thread in 32-bit mode */
	const unsigned char *stack_copy; /* from the stack pointer on */
	size_t stack_size;               /* bytes */
};

/*
 * Reads one whole record of size bytes, its header included. Returns 0 and fills *ret_record, which
 * points into the bytes; or -EBADMSG for what is no record of that format.
 */
int fault_record_parse(const struct fault_format *format, const unsigned char *bytes, size_t size,
		       struct fault_record *ret_record);

#endif
