/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/scan_smaps.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "residency/scan_target.h"

#define READ_BYTES ((size_t)8 * 1024) /* one read() gives a page at most */
#define LIST_MAX   ((size_t)4096)
#define STEP_NS    UINT64_C(100000)
#define READ_MAX   (UINT64_C(4) << 30) /* far more than there are mappings for */

/* "0" of one node, "0-1" or "0,2" of several. */
bool scan_smaps_has_nodes(void)
{
	struct text text = {0};
	bool several = proc_file_read(AT_FDCWD, "/sys/devices/system/node/has_memory", LIST_MAX,
				      &text) == 0 &&
		       strpbrk(text_string(&text), ",-");

	text_finish(&text);
	return several;
}

int scan_smaps_begin(struct scan_smaps *smaps, const struct scan_target *target, bool nodes)
{
	int file = scan_target_open_file(target, "smaps");

	if (file < 0)
		return file;
	*smaps = (struct scan_smaps){.file = file, .nodes_file = -1};
	if (nodes)
		smaps->nodes_file = scan_target_open_file(target, "numa_maps");
	smaps_parser_init(&smaps->parser);
	smaps->parser.recorded = !target->live;
	return 0;
}

static void close_file(int *file)
{
	if (*file >= 0)
		close(*file);
	*file = -1;
}

/* One read. Returns what was read, 0 at the end, or -errno. */
static ssize_t read_file(int file, char bytes[static READ_BYTES], uint64_t *held)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	ssize_t length;

	do
		length = read(file, bytes, READ_BYTES);
	while (length < 0 && errno == EINTR);
	*held += clock_ns(CLOCK_MONOTONIC) - began;
	return length < 0 ? -errno : length;
}

/* Returns 1, or 0 at the end. What cannot be read or understood is not known, nothing worse. */
static int read_nodes(struct scan_smaps *smaps, uint64_t *held)
{
	char bytes[READ_BYTES];
	ssize_t length = read_file(smaps->nodes_file, bytes, held);
	int error = length < 0    ? (int)length
		    : length == 0 ? numa_parser_end(&smaps->nodes)
				  : numa_parser_feed(&smaps->nodes, bytes, (size_t)length);

	if (error)
		numa_parser_finish(&smaps->nodes);
	if (error || length == 0)
		close_file(&smaps->nodes_file);
	return smaps->nodes_file >= 0;
}

/* Returns 1, 0 at the end, or -errno. */
static int read_some(struct scan_smaps *smaps, uint64_t *held)
{
	char bytes[READ_BYTES];
	ssize_t length;
	int error;

	if (smaps->file < 0)
		return read_nodes(smaps, held);
	length = read_file(smaps->file, bytes, held);
	if (length < 0)
		return (int)length;
	smaps->taken += (uint64_t)length;
	if (smaps->taken > READ_MAX)
		return -EFBIG;
	if (length > 0) {
		error = smaps_parser_feed(&smaps->parser, bytes, (size_t)length);
		return error ? error : 1;
	}
	smaps->time_ns = clock_ns(CLOCK_REALTIME);
	close_file(&smaps->file);
	error = smaps_parser_end(&smaps->parser);
	return error ? error : smaps->nodes_file >= 0;
}

int scan_smaps_step(struct scan_smaps *smaps, uint64_t *ret_held_ns)
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

void scan_smaps_finish(struct scan_smaps *smaps)
{
	close_file(&smaps->file);
	close_file(&smaps->nodes_file);
	smaps_parser_finish(&smaps->parser);
	numa_parser_finish(&smaps->nodes);
}
