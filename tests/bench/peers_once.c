/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "peers.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/memory.h"
#include "support/program_run.h"
#include "support/spread.h"

enum { PROGRAMS = 16, ROUNDS = 100 };

/* A program that is here, and what it took: milliseconds, by round. */
struct column {
	const struct peer_program *program;
	char *argv[PEER_ARGUMENTS];
	double wall[ROUNDS], cpu[ROUNDS];
};

static void run(struct column *column, size_t round)
{
	struct program_run run;
	int result = program_run(column->argv, &run);

	if (result)
		errx(1, "%s: %s", column->program->name, strerror(-result));
	column->wall[round] = (double)run.wall_ns / 1e6;
	column->cpu[round] = (double)run.cpu_ns / 1e6;
}

/* What the column is compared with; NULL when that is nothing, or not here. */
static const struct column *find_against(const struct column *columns, const struct column *column)
{
	for (const struct column *other = columns; other < column; other++)
		if (column->program->against &&
		    !strcmp(other->program->name, column->program->against))
			return other;
	return NULL;
}

static void report(struct json_writer *writer, const struct peer_target *target,
		   const struct column *column, const struct column *against, size_t rounds)
{
	struct column sorted = *column;

	json_writer_object(writer, NULL);
	json_writer_string(writer, "target", target->name);
	json_writer_string(writer, "program", column->program->name);
	peer_write(writer, "wall_ms", spread_of(sorted.wall, rounds));
	peer_write(writer, "cpu_ms", spread_of(sorted.cpu, rounds));
	if (against) {
		json_writer_string(writer, "against", against->program->name);
		peer_write(writer, "ratio", spread_of_ratios(column->wall, against->wall, rounds));
	}
	json_writer_end(writer);
}

void peers_once(struct json_writer *writer, const struct peer_target *target, pid_t pid,
		size_t rounds)
{
	struct column *columns = memory_alloc(PROGRAMS * sizeof(*columns));
	size_t count = 0, i;
	char number[16];

	rounds = rounds ? rounds : target->rounds;
	rounds = rounds < ROUNDS ? rounds : ROUNDS;
	snprintf(number, sizeof(number), "%d", (int)pid);
	for (const struct peer_program *program = peer_programs(); program->name; program++) {
		columns[count].program = program;
		if (peer_arguments(program->argv, number, columns[count].argv))
			count++;
	}
	/* Once without counting, so that files are read and the first is not behind. */
	for (i = 0; i < count; i++)
		run(&columns[i], 0);
	for (size_t round = 0; round < rounds; round++)
		for (i = 0; i < count; i++)
			run(&columns[(round + i) % count], round);
	for (i = 0; i < count; i++)
		report(writer, target, &columns[i], find_against(columns, &columns[i]), rounds);
	free(columns);
}
