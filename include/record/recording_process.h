/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef RECORD_RECORDING_PROCESS_H
#define RECORD_RECORDING_PROCESS_H

/* Reads what a recording has of a sample but for its mappings and their memory: the process. */

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/target.h"

struct database;
struct statement;

/* All zeroes: not open. */
struct recording_process_reader {
	struct statement *sample, *process, *arguments;
};

struct recorded_process {
	struct arena strings; /* those of the target, and the user */
	struct target target;
	const char *user; /* the name; NULL: none was recorded */
	int64_t time_ns, cost_ns;
};

/* Returns 0 or -errno; recording_process_close() in any case. */
int recording_process_open(struct recording_process_reader *reader, struct database *database);
void recording_process_close(struct recording_process_reader *reader);

/*
 * Of the sample. Returns 0; -ENOENT where there is none, -EBADMSG, or another -errno;
 * recorded_process_finish() in any case.
 */
int recording_process_read(struct recording_process_reader *reader, int64_t sample,
			   struct recorded_process *ret_process);
void recorded_process_finish(struct recorded_process *process);

/* A string of the row, copied into the arena; false where there is none. */
bool recording_process_string(const struct statement *statement, int column, struct arena *arena,
			      const char **ret_string);

#endif
