/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/dump.h"

#include <stdlib.h>
#include <time.h>

#include "app/denied.h"
#include "app/denied_bytes.h"
#include "app/options.h"
#include "app/output.h"
#include "app/place_option.h"
#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "report/hex_dump.h"
#include "residency/resident_memory.h"
#include "residency/scan_plan.h"
#include "sampler/source.h"

#define PIECE_BYTES ((size_t)256 * 1024)

/* Writes so many bytes from the address on. Returns 0, or the -errno of a read. */
static int write_bytes(FILE *stream, struct resident_memory *memory, uint64_t address,
		       uint64_t length)
{
	const struct memory_reader reader = resident_memory_reader(memory);
	uint8_t *bytes = memory_alloc(PIECE_BYTES);
	uint8_t *absent = memory_alloc(
		memory_reader_map_size(reader.page_size - 1, PIECE_BYTES, reader.page_size));
	struct scan_pace pace;
	struct hex_dump dump;
	int error = 0;

	scan_pace_init(&pace, SCAN_SHARE_ONCE_MAX, SCAN_SHARE_ONCE_MIN, clock_ns(CLOCK_MONOTONIC));
	hex_dump_begin(&dump, stream, address);
	while (!error && length && !ferror(stream)) {
		size_t piece = length < PIECE_BYTES ? (size_t)length : PIECE_BYTES;

		error = reader.read(reader.context, address, bytes, piece, absent);
		if (error)
			break;
		hex_dump_add(&dump, bytes, piece, absent, reader.page_size);
		address += piece;
		length -= piece;
		resident_memory_rest(memory, &pace);
	}
	hex_dump_end(&dump);
	free(bytes);
	free(absent);
	return error;
}

static int dump(const struct options *options, const struct address_space *space, uint64_t address)
{
	const struct procfs_options procfs = options_procfs(options);
	/* The last byte of all is in no mapping. */
	const uint64_t most = UINT64_MAX - address;
	struct resident_memory memory;
	struct output output;
	int status, error = resident_memory_open(&memory, &procfs, space->target.pid);

	if (error)
		return denied_bytes_say(options, &space->target, error);
	output_open(&output);
	error = write_bytes(output.stream, &memory, address,
			    options->length < most ? options->length : most);
	resident_memory_close(&memory);
	status = output_close(&output, 0);
	return !status && error ? denied_bytes_say(options, &space->target, error) : status;
}

int dump_run(const struct options *options, struct source *source)
{
	struct address_space *space;
	int error = source_read(source, &space), status;
	uint64_t address;

	if (error)
		return denied_say_of_source(options, source, error);
	status = place_option_find(options, space, "bytes", &address);
	if (!status)
		status = dump(options, space, address);
	address_space_destroy(space);
	return status;
}
