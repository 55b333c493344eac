/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CORE_UNPACK_H
#define CORE_UNPACK_H

/*
 * Core files that were compressed, as systemd-coredump and gzip(1) leave them. A core file is read
 * here and there, which a compressed one cannot be: it is unpacked once, into a file that the
 * caller gives, in which blocks of zeroes become holes. The libraries for it are loaded when they
 * are needed; what they read is hostile: it is unpacked only if it begins as a core file does, and
 * as far as the bounds allow. Bytes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unpack_format {
	UNPACK_NONE, /* it is not compressed, or not known to be */
	UNPACK_GZIP,
	UNPACK_ZSTD,
	UNPACK_XZ, /* from here on: told, but not unpacked */
	UNPACK_LZ4,
	UNPACK_BZIP2,
	UNPACK_FORMATS,
};

/* The most that comes out of a file, holes included. */
#define UNPACK_BYTES_MAX (UINT64_C(1) << 40)

/* By the first bytes of a file. */
enum unpack_format unpack_format_of(const void *bytes, size_t size);

/* "gzip", "zstd", …; NULL for UNPACK_NONE. */
const char *unpack_format_name(enum unpack_format format);

struct unpacked {
	uint64_t size; /* of what came out */
	bool cut;      /* the packed file ends too early, or is damaged */
	bool full;     /* a bound was met, or the disk is full */
};

/*
 * Unpacks the descriptor from, from its begin, into the descriptor to, of which at most room bytes
 * that are not zeroes are written. Returns 0 and fills *ret_unpacked: what came before a fault or a
 * bound is there; -ELIBACC: the library for it is missing; -ENOTSUP: there is no way to unpack that
 * format; -ENOEXEC: something else is in it; -EBADMSG: nothing came out of it; or another
 * -errno of reading or writing.
 */
int unpack_file(int from, int to, enum unpack_format format, uint64_t room,
		struct unpacked *ret_unpacked);

#endif
