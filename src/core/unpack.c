/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "core/core_headers.h"
#include "core/gzip.h"
#include "core/unpacker.h"
#include "core/zstd.h"

#define IN_BYTES  ((size_t)256 * 1024)
#define OUT_BYTES ((size_t)1 << 20)
#define BLOCK     ((size_t)4096) /* that is left out where it is zero */

/* Enough of the file to tell whether it is a core file. */
#define HEAD_BYTES ((size_t)64)

struct mark {
	const char *bytes;
	size_t length;
	const char *name;
	int (*create)(struct unpacker **ret_unpacker); /* NULL: it is only told */
};

static const struct mark marks[UNPACK_FORMATS] = {
	[UNPACK_GZIP] = {"\x1f\x8b\x08", 3, "gzip", gzip_create},
	[UNPACK_ZSTD] = {"\x28\xb5\x2f\xfd", 4, "zstd", zstd_create},
	[UNPACK_XZ] = {"\xfd"
		       "7zXZ",
		       6, "xz", NULL},
	[UNPACK_LZ4] = {"\x04\x22\x4d\x18", 4, "lz4", NULL},
	[UNPACK_BZIP2] = {"BZh", 3, "bzip2", NULL},
};

enum unpack_format unpack_format_of(const void *bytes, size_t size)
{
	int format = UNPACK_NONE + 1;

	while (format < UNPACK_FORMATS &&
	       (size < marks[format].length ||
		memcmp(bytes, marks[format].bytes, marks[format].length)))
		format++;
	return format < UNPACK_FORMATS ? (enum unpack_format)format : UNPACK_NONE;
}

const char *unpack_format_name(enum unpack_format format)
{
	return marks[format].name;
}

/* What is under way. */
struct unpacking {
	struct unpacker *unpacker;
	int from, to;
	uint64_t room;   /* for bytes that are written */
	uint64_t offset; /* in from */
	char *in, *out;
	struct unpacked done;
};

static bool is_zero(const char *bytes, size_t size)
{
	return !bytes[0] && !memcmp(bytes, bytes + 1, size - 1);
}

static int write_all(int to, const char *bytes, size_t size, uint64_t offset)
{
	while (size) {
		ssize_t put = pwrite(to, bytes, size, (off_t)offset);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return put ? -errno : -ENOSPC;
		bytes += put;
		size -= (size_t)put;
		offset += (uint64_t)put;
	}
	return 0;
}

/* Appends what came out, as far as there is room; the bytes begin at a block. */
static int keep(struct unpacking *unpacking, const char *bytes, size_t size)
{
	struct unpacked *done = &unpacking->done;

	for (size_t at = 0; at < size && !done->full; at += BLOCK) {
		const size_t part = size - at < BLOCK ? size - at : BLOCK;
		const bool written = !is_zero(bytes + at, part);
		int error = 0;

		done->full =
			done->size > UNPACK_BYTES_MAX - part || (written && unpacking->room < part);
		if (written && !done->full)
			error = write_all(unpacking->to, bytes + at, part, done->size);
		/* What of the part was written is behind the end that is set at last. */
		done->full |= error == -ENOSPC || error == -EDQUOT || error == -EFBIG;
		if (error && !done->full)
			return error;
		if (done->full)
			break;
		unpacking->room -= written ? part : 0;
		done->size += part;
	}
	return 0;
}

/* Reads more where all was taken; nothing at the end of the file. Returns 0 or -errno. */
static int refill(struct unpacking *unpacking, struct unpacker_step *step)
{
	ssize_t got;

	if (step->in_left)
		return 0;
	do
		got = pread(unpacking->from, unpacking->in, IN_BYTES, (off_t)unpacking->offset);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	unpacking->offset += (uint64_t)got;
	step->in = unpacking->in;
	step->in_left = (size_t)got;
	return 0;
}

/*
 * Fills the room for what comes out. Returns 1; 0 when there is no more; or -errno. Bytes
 * behind a whole stream that begin no other one do not belong to the file: they may fill a block of
 * a tape.
 */
static int fill(struct unpacking *unpacking, struct unpacker_step *step)
{
	step->out = unpacking->out;
	step->out_left = OUT_BYTES;
	while (step->out_left) {
		const size_t room = step->out_left;
		const bool ended = step->ended;
		int error = refill(unpacking, step);
		const size_t left = step->in_left;

		if (error)
			return error;
		error = unpacking->unpacker->step(unpacking->unpacker, step);
		/* Without more to come, what is still inside of the library. */
		if (error || (room == step->out_left && left == step->in_left)) {
			unpacking->done.cut |= !ended && !step->ended;
			return 0;
		}
	}
	return 1;
}

static int run(struct unpacking *unpacking)
{
	struct unpacker_step step = {.in_left = 0};
	bool first = true;
	int more, error = 0;

	do {
		size_t size;

		more = fill(unpacking, &step);
		if (more < 0)
			return more;
		size = OUT_BYTES - step.out_left;
		if (first && !size)
			return -EBADMSG;
		if (first &&
		    !core_headers_are_meant(unpacking->out, size < HEAD_BYTES ? size : HEAD_BYTES))
			return -ENOEXEC;
		first = false;
		error = keep(unpacking, unpacking->out, size);
	} while (more && !error && !unpacking->done.full);
	if (!error && ftruncate(unpacking->to, (off_t)unpacking->done.size))
		error = -errno;
	return error;
}

int unpack_file(int from, int to, enum unpack_format format, uint64_t room,
		struct unpacked *ret_unpacked)
{
	struct unpacking unpacking = {.from = from, .to = to, .room = room};
	int error;

	if (!marks[format].create)
		return -ENOTSUP;
	error = marks[format].create(&unpacking.unpacker);
	if (error)
		return error;
	unpacking.in = memory_alloc(IN_BYTES);
	unpacking.out = memory_alloc(OUT_BYTES);
	error = run(&unpacking);
	unpacking.unpacker->destroy(unpacking.unpacker);
	free(unpacking.in);
	free(unpacking.out);
	if (!error)
		*ret_unpacked = unpacking.done;
	return error;
}
