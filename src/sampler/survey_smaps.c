/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/survey_smaps.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "sampler/clock.h"
#include "sampler/survey_target.h"

#define READ_BYTES ((size_t)8 * 1024) /* one read() gives a page at most */
#define STEP_NS    UINT64_C(100000)

int survey_smaps_begin(struct survey_smaps *smaps, const struct survey_target *target)
{
	int file = survey_target_open_file(target, "smaps");

	if (file < 0)
		return file;
	*smaps = (struct survey_smaps){.file = file};
	smaps_parser_init(&smaps->parser);
	return 0;
}

/* One read. Returns 1, 0 at the end, or -errno. */
static int read_some(struct survey_smaps *smaps, uint64_t *held)
{
	char bytes[READ_BYTES];
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	ssize_t length = read(smaps->file, bytes, sizeof(bytes));
	int error;

	*held += clock_ns(CLOCK_MONOTONIC) - began;
	if (length < 0)
		return errno == EINTR ? 1 : -errno;
	if (length == 0) {
		smaps->time_ns = (int64_t)clock_ns(CLOCK_REALTIME);
		return smaps_parser_end(&smaps->parser);
	}
	error = smaps_parser_feed(&smaps->parser, bytes, (size_t)length);
	return error ? error : 1;
}

int survey_smaps_step(struct survey_smaps *smaps, uint64_t *ret_held_ns)
{
	uint64_t cost = clock_ns(CLOCK_THREAD_CPUTIME_ID), held = 0;
	int more;

	do
		more = read_some(smaps, &held);
	while (more > 0 && held < STEP_NS);
	smaps->held_ns += held;
	smaps->cost_ns += clock_ns(CLOCK_THREAD_CPUTIME_ID) - cost;
	*ret_held_ns = held;
	return more;
}

void survey_smaps_finish(struct survey_smaps *smaps)
{
	close(smaps->file);
	smaps_parser_finish(&smaps->parser);
	smaps->file = -1;
}
