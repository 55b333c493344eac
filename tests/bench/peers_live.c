/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/json_writer.h"
#include "base/memory.h"
#include "kernel/clock.h"
#include "support/process_cost.h"
#include "support/spread.h"
#include "support/viewer.h"
#include "whole_program.h"

#define SECOND  INT64_C(1000000000)
#define LONGEST (20 * SECOND)  /* until a picture */
#define SILENCE (SECOND / 100) /* ends a picture */
#define SETTLE  (2 * SECOND)   /* what happens once at the start is over then */
#define WINDOW  (8 * SECOND)

enum { SCREENS = 16, ROUNDS = 100 };

enum value {
	PICTURE_MS,  /* from the start to the first picture */
	KNOWN_MS,    /* to what is in memory */
	START_MS,    /* CPU time of the first two seconds */
	CPU_PERCENT, /* of one core, from then on */
	RSS_BYTES,
	PSS_BYTES,
	OUTPUT_BYTES, /* to the terminal, a second */
	VALUES
};

static const char *const names[VALUES] = {
	"picture_ms",
	"known_ms",
	"start_cpu_ms",
	"cpu_percent",
	"rss_bytes",
	"pss_bytes",
	"output_bytes_per_second",
};

/* A program that is here, and what was measured of it. */
struct column {
	const struct peer_screen *screen;
	char *argv[PEER_ARGUMENTS];
	double values[VALUES][ROUNDS];
	size_t counts[VALUES];
};

static void add(struct column *column, enum value value, double measured)
{
	column->values[value][column->counts[value]++] = measured;
}

static bool knows(struct viewer *viewer, const void *unknown)
{
	return !viewer_sees(viewer, unknown);
}

static void measure_start(struct column *column)
{
	const struct peer_screen *screen = column->screen;
	int64_t begin = clock_ns(CLOCK_MONOTONIC), deadline = begin + LONGEST, drawn;
	struct viewer viewer;

	bench_start_viewer(&viewer, column->argv);
	drawn = viewer_wait(&viewer, viewer_sees, screen->drawn, deadline);
	if (drawn && screen->drawn_on && viewer_wait_quiet(&viewer, SILENCE, deadline))
		drawn = viewer.last;
	if (drawn)
		add(column, PICTURE_MS, (double)(drawn - begin) / 1e6);
	if (drawn && screen->unknown)
		drawn = viewer_wait(&viewer, knows, screen->unknown, deadline);
	if (drawn && screen->one)
		add(column, KNOWN_MS, (double)(drawn - begin) / 1e6);
	viewer_stop(&viewer);
}

static void measure_window(struct column *column)
{
	int64_t begin = clock_ns(CLOCK_MONOTONIC), before, after;
	struct process_memory memory;
	struct viewer viewer;
	uint64_t bytes;

	bench_start_viewer(&viewer, column->argv);
	viewer_ignore(&viewer, begin + SETTLE);
	bytes = viewer.bytes;
	if (!process_cost_cpu(viewer.pid, &before)) {
		begin = clock_ns(CLOCK_MONOTONIC);
		viewer_ignore(&viewer, begin + WINDOW);
		if (!process_cost_cpu(viewer.pid, &after) &&
		    !process_cost_memory(viewer.pid, &memory)) {
			double past = (double)(clock_ns(CLOCK_MONOTONIC) - begin);

			add(column, START_MS, (double)before / 1e6);
			add(column, CPU_PERCENT, (double)(after - before) / past * 100);
			add(column, RSS_BYTES, (double)memory.rss);
			add(column, PSS_BYTES, (double)memory.pss);
			add(column, OUTPUT_BYTES, (double)(viewer.bytes - bytes) / past * 1e9);
		}
	}
	viewer_stop(&viewer);
}

/* A value that was never seen is null. */
static void report(struct json_writer *writer, const struct peer_target *target,
		   struct column *column)
{
	json_writer_object(writer, NULL);
	json_writer_string(writer, "target", target->name);
	json_writer_string(writer, "program", column->screen->name);
	for (int value = 0; value < VALUES; value++) {
		size_t count = column->counts[value];

		if (count)
			peer_write(writer, names[value], spread_of(column->values[value], count));
		else
			json_writer_null(writer, names[value]);
	}
	json_writer_end(writer);
}

static size_t rounds_of(size_t own, size_t wanted)
{
	size_t rounds = own && wanted ? wanted : own;

	return rounds < ROUNDS ? rounds : ROUNDS;
}

void peers_live(struct json_writer *writer, const struct peer_target *target, pid_t pid,
		size_t rounds)
{
	struct column *columns = memory_alloc(SCREENS * sizeof(*columns));
	size_t count = 0, starts = rounds_of(target->starts, rounds);
	size_t windows = rounds_of(target->windows, rounds);
	char number[16];

	snprintf(number, sizeof(number), "%d", (int)pid);
	for (const struct peer_screen *screen = peer_screens(); screen->name; screen++) {
		columns[count] = (struct column){.screen = screen};
		if ((screen->one || target->all) &&
		    peer_arguments(screen->argv, number, columns[count].argv))
			count++;
	}
	for (size_t round = 0; round < starts; round++)
		for (size_t i = 0; i < count; i++)
			measure_start(&columns[(round + i) % count]);
	for (size_t round = 0; round < windows; round++)
		for (size_t i = 0; i < count; i++)
			measure_window(&columns[(round + i) % count]);
	for (size_t i = 0; i < count; i++)
		report(writer, target, &columns[i]);
	free(columns);
}
