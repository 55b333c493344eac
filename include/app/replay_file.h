/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_REPLAY_FILE_H
#define APP_REPLAY_FILE_H

/* The recording that the options name, "FILE" or "FILE@TIME", and the sample meant. */

#include <stdbool.h>
#include <stdint.h>

struct recording;
struct text;

struct replay_file {
	char *path;
	struct recording *recording;
	int64_t sample; /* that of the time, or the last one */
	bool timed;     /* a time was given */
};

/*
 * Opens it. Returns 0; or the exit status, after appending to why a sentence that says what to do.
 */
int replay_file_open(const char *argument, struct replay_file *ret_file, struct text *why);

/* The sample that a time of the user means (app/replay_time.h). Returns as replay_file_open(). */
int replay_file_find(const struct replay_file *file, const char *time, int64_t *ret_sample,
		     struct text *why);

void replay_file_close(struct replay_file *file);

/* Whether an argument that is no number is a recording, and no process of that name is meant. */
bool replay_file_is_meant(const char *argument);

/* Where and when the sample was recorded, as origin_append() says it of a process that runs. */
void replay_file_append_origin(struct text *text, const struct recording *recording,
			       int64_t time_ns);

#endif
