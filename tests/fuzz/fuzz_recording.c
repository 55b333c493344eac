/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recordings from strangers. Whatever the bytes are: they are refused, or samples are read that are
 * address spaces as all others, with as many usages as mappings. The input is a number of bytes to
 * change in a good recording, each by where it is and what it becomes; or a whole file, where it
 * begins as one.
 */
#include "fuzz.h"

#include <string.h>
#include <unistd.h>

#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/replay.h"
#include "model/residency.h"
#include "model/timeline.h"
#include "model/usage.h"
#include "record/recording.h"
#include "record/recording_marks.h"
#include "record/recording_steps.h"
#include "record/recording_timeline.h"
#include "record/recording_writer.h"

#define EDIT_BYTES   4 /* three of where, one of what */
#define FILE_MAX     ((size_t)4 << 20)
#define SAMPLES      3
#define SAMPLES_READ 8

/* Samples with everything that a recording can hold. */
static struct address_space *make_space(int number)
{
	const struct target target = {.pid = 7,
				      .comm = "fuzz",
				      .exe = "/bin/fuzz",
				      .cmdline = (const char *const[]){"fuzz", "-x"},
				      .cmdline_count = 2,
				      .state = 'S',
				      .threads = 2,
				      .page_size = 4096};
	struct vma vmas[] = {
		{.start = 0x10000, .end = 0x14000, .name = "/bin/fuzz", .inode = 5},
		{.start = 0x20000, .end = 0x28000, .name = "[heap]", .kind = KIND_HEAP},
		{.start = 0x40000, .end = 0x44000, .name = "", .kind = KIND_ANON},
	};
	const struct vma parts[] = {
		{.start = 0x40000, .end = 0x41000, .name = "", .kind = KIND_GUARD},
		{.start = 0x41000, .end = 0x44000, .name = "", .kind = KIND_THREAD_STACK, .tid = 8},
	};
	const struct lodged_stack stack = {0x21000, 9, false};
	struct address_space *space;

	vmas[1].end += (uint64_t)number << 12;
	FUZZ_CHECK(address_space_create(&target, vmas, 3, number + 1, 5, &space) == 0);
	FUZZ_CHECK(address_space_set_stacks(space, parts, 2, &stack, 1) == 0);
	return space;
}

static void write_sample(struct recording_writer *writer, int number)
{
	struct address_space *space = make_space(number);
	struct residency_run *runs = calloc(2, sizeof(*runs));
	struct residency *residency;
	struct usage_table usage;

	runs[0] = (struct residency_run){0x20000, 0x22000, RUN_RESIDENT};
	runs[1] = (struct residency_run){0x22000, 0x23000, RUN_SWAPPED};
	residency = residency_create(runs, 2, RESIDENCY_PAGEMAP, 1, 1);
	usage_table_init(&usage, space, residency, NULL, 0);
	FUZZ_CHECK(recording_writer_add(writer, space) == 0);
	FUZZ_CHECK(recording_writer_add_usage(writer, &usage, residency) == 0);
	usage_table_finish(&usage);
	residency_destroy(residency);
	address_space_destroy(space);
}

/* Writes a good one to the path; false where the library is missing. */
static int write_good(const char *path)
{
	const struct recording_plan plan = {.path = path, .force = 1};
	struct recording_writer *writer;
	int error = recording_writer_create(&plan, &writer);

	if (error)
		return error;
	for (int i = 0; i < SAMPLES; i++)
		write_sample(writer, i);
	FUZZ_CHECK(recording_writer_add_note(writer, 1, "note") == 0);
	return recording_writer_close(writer);
}

static void edit(int file, const uint8_t *bytes, size_t length)
{
	off_t size = lseek(file, 0, SEEK_END);

	for (size_t i = 0; i + EDIT_BYTES <= length; i += EDIT_BYTES) {
		size_t at = bytes[i] | (size_t)bytes[i + 1] << 8 | (size_t)bytes[i + 2] << 16;

		FUZZ_CHECK(pwrite(file, &bytes[i + 3], 1, (off_t)at % size) == 1);
	}
}

static void read_all(struct recording *recording)
{
	int64_t first = recording_first(recording), last = recording_last(recording);
	const struct replay_wish wish = {.type = REPLAY_NEXT_CHANGE, .end = UINT64_MAX >> 1};
	struct recording_marks marks;
	struct timeline timeline;
	int64_t found;
	struct address_space *space;
	struct kept_usage usage;

	FUZZ_CHECK(first >= 1 && first <= last);
	if (recording_marks_read(recording, first, last, &marks) == 0) {
		for (size_t i = 1; i < marks.count; i++)
			FUZZ_CHECK(marks.marks[i - 1].sample <= marks.marks[i].sample);
		recording_marks_finish(&marks);
	}
	if (recording_timeline(recording, &timeline) == 0)
		timeline_finish(&timeline);
	recording_step(recording, first, &wish, &found);
	for (int64_t i = first; i <= last && i - first < SAMPLES_READ; i++) {
		if (recording_read(recording, i, &space, &usage))
			continue;
		for (size_t k = 1; k < space->vma_count; k++)
			FUZZ_CHECK(space->vmas[k - 1].end <= space->vmas[k].start);
		FUZZ_CHECK(!usage.known || usage.table.vmas.count == space->vma_count);
		if (usage.residency)
			residency_between(usage.residency, 0, UINT64_MAX);
		kept_usage_finish(&usage);
		address_space_destroy(space);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	char path[] = "/tmp/vastop-fuzz-XXXXXX";
	int file = mkstemp(path);
	struct recording *recording;
	int64_t sample;

	FUZZ_CHECK(file >= 0);
	if (length >= 16 && length < FILE_MAX && !memcmp(bytes, "SQLite format 3", 16)) {
		FUZZ_CHECK(write(file, bytes, length) == (ssize_t)length);
	} else if (write_good(path) == 0) {
		edit(file, bytes, length);
	}
	close(file);
	if (recording_open(path, &recording) == 0) {
		read_all(recording);
		recording_find(recording, 2, &sample);
		recording_close(recording);
	}
	unlink(path);
	return 0;
}
