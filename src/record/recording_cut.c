/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/recording_cut.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_file.h"
#include "record/recording_marks.h"
#include "record/recording_writer.h"

/* What is written with one commit. */
#define SAMPLES_COMMITTED 1024

struct cutting {
	struct recording *recording;
	struct recording_writer *writer;
	struct recording_marks marks;
	size_t mark;  /* the next one */
	bool reading; /* the error is that of the recording that is read */
};

static int copy_mark(struct cutting *cutting, const struct recording_mark *mark)
{
	switch (mark->type) {
	case RECORDING_BASELINE:
		return recording_writer_add_baseline(cutting->writer, mark->time_ns);
	case RECORDING_NOTE:
		return recording_writer_add_note(cutting->writer, mark->time_ns, mark->words);
	default: return recording_writer_add_end(cutting->writer, mark->time_ns);
	}
}

static int write_sample(struct cutting *cutting, const struct address_space *space,
			const struct kept_usage *usage)
{
	int error;

	recording_writer_set_user(cutting->writer, recording_user(cutting->recording));
	error = recording_writer_add(cutting->writer, space);
	return error ? error
		     : recording_writer_add_usage(cutting->writer, kept_usage_table(usage),
						  usage->residency);
}

static int copy_sample(struct cutting *cutting, int64_t sample)
{
	const struct recording_marks *marks = &cutting->marks;
	struct address_space *space;
	struct kept_usage usage;
	int error = recording_read(cutting->recording, sample, &space, &usage);

	cutting->reading = error != 0;
	if (error)
		return error;
	error = write_sample(cutting, space, &usage);
	kept_usage_finish(&usage);
	address_space_destroy(space);
	while (!error && cutting->mark < marks->count &&
	       marks->marks[cutting->mark].sample == sample)
		error = copy_mark(cutting, &marks->marks[cutting->mark++]);
	if (!error && sample % SAMPLES_COMMITTED == 0)
		error = recording_writer_commit(cutting->writer);
	return error;
}

static int copy_samples(struct cutting *cutting, const struct recording_cut *cut)
{
	int error =
		recording_marks_read(cutting->recording, cut->first, cut->last, &cutting->marks);

	cutting->reading = error != 0;
	for (int64_t sample = cut->first; sample <= cut->last && !error; sample++)
		error = copy_sample(cutting, sample);
	recording_marks_finish(&cutting->marks);
	return error;
}

/* Writes it to another path, where nothing is left of it after an error. */
static int write_at(const char *path, struct recording *recording, const struct recording_cut *cut,
		    bool *ret_reading)
{
	const struct recording_plan plan = {
		.path = path, .force = true, .origin = recording_origin(recording)};
	struct cutting cutting = {.recording = recording};
	int error = recording_writer_create(&plan, &cutting.writer), closed;

	if (error)
		return error;
	error = copy_samples(&cutting, cut);
	closed = recording_writer_close(cutting.writer);
	*ret_reading = cutting.reading;
	return error ? error : closed;
}

/* Writes a file with a new name beside it, which gets the name that is asked for once it is whole.
 */
static int write_beside(struct recording *recording, const struct recording_cut *cut,
			bool *ret_reading)
{
	struct text fresh = {0};
	int descriptor, error;

	text_append_format(&fresh, "%s.XXXXXX", cut->path);
	descriptor = mkstemp(fresh.bytes);
	error = descriptor < 0 ? -errno : 0;
	if (!error) {
		close(descriptor);
		error = write_at(text_string(&fresh), recording, cut, ret_reading);
		if (!error)
			recording_file_remove_journal(cut->path);
		if (!error && rename(text_string(&fresh), cut->path))
			error = -errno;
		if (error)
			unlink(text_string(&fresh));
	}
	text_finish(&fresh);
	return error;
}

int recording_cut_write(struct recording *recording, const struct recording_cut *cut,
			bool *ret_reading)
{
	int taken = recording_file_take(cut->path, cut->force), error;

	*ret_reading = false;
	if (taken < 0 && taken != -ENOENT)
		return taken;
	error = write_beside(recording, cut, ret_reading);
	/* Until now no other vastop may record to it. */
	if (taken >= 0)
		close(taken);
	return error;
}
