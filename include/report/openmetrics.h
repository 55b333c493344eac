/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_OPENMETRICS_H
#define REPORT_OPENMETRICS_H

/*
 * The memory of processes in the text format of OpenMetrics 1.0, which readers of Prometheus' older
 * text format understand, too: gauges only, one family after the other, "# EOF" at the end. Bytes
 * and counts; what is not known has no sample. A name is UTF-8, its other bytes stand as \xNN.
 */

#include <stdint.h>
#include <stdio.h>

#include "model/kind.h"

/* Each may be TARGET_UNKNOWN (model/target.h). */
struct metrics_kind {
	uint64_t mappings; /* 0: there are none, and nothing of it is written */
	uint64_t size, rss, pss, swap;
	uint64_t size_first; /* when the process was first seen */
};

struct metrics_process {
	int32_t pid;
	const char *comm; /* any bytes */
	const char *unit; /* the service or container; "": none */
	uint64_t mappings, mappings_max;
	uint64_t writable_executable; /* mappings that are both */
	uint64_t heap;                /* bytes mapped for malloc: the brk heap and arenas */
	/* Of malloc's arenas: in use, free, free but in memory, and what could not be walked. */
	uint64_t heap_used, heap_free, heap_free_resident, heap_unknown;
	struct metrics_kind kinds[KIND_COUNT];
};

/* How the last round went. */
struct metrics_round {
	int64_t time_ns;   /* when it ended: CLOCK_REALTIME */
	int64_t length_ns; /* how long it took, pauses included */
	int64_t cpu_ns;    /* processor time of it */
	uint64_t failed;   /* processes that could not be read */
	uint64_t left_out; /* those that are more than can be watched */
};

/* Writes all of it. Whether writing failed the stream says (ferror(3)). */
void openmetrics_write(FILE *stream, const struct metrics_process *processes, size_t count,
		       const struct metrics_round *round);

#endif
