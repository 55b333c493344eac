/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

/*
 * JSON (RFC 8259) written as a stream: what a value is made of goes out as it is written, through a
 * buffer of a fixed size, so that memory does not depend on how much is written.
 *
 * What goes out is always the beginning of one valid text, and the whole of it once
 * json_writer_finish() returns 0. A call that does not fit is an error and writes nothing: a member
 * of an object without a name, a name elsewhere, an end of nothing, a second text, more than
 * JSON_WRITER_DEPTH containers in each other. After the first error nothing more goes out, so that
 * only json_writer_finish() need be asked. That names of an object differ is the caller's matter.
 *
 * The text is ASCII, and harmless on a terminal. Strings may hold any bytes: control characters,
 * and what is not ASCII, stand as \uNNNN; bytes that are not UTF-8 as \xNN, four characters of the
 * string each, as JSON has no way to write them.
 *
 * name is NUL-terminated in all functions: of a member of an object; NULL for an element of an
 * array, or the text's only value.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_WRITER_DEPTH 64
#define JSON_WRITER_BYTES ((size_t)16 * 1024)

/* Takes the next bytes of the text. Returns 0 or -errno, after which it is not called again. */
typedef int json_writer_take(void *context, const char *bytes, size_t length);

/* All of it private. */
struct json_writer {
	json_writer_take *take;
	void *context;
	bool lines;
	bool filled; /* the innermost container has an element; outside of all: the text is there */
	int error;
	unsigned depth;   /* containers that are not ended */
	uint64_t objects; /* bit i: the one at depth i is an object */
	size_t length;    /* of bytes, that have not been taken */
	char bytes[JSON_WRITER_BYTES];
};

/* lines: each value stands on a line of its own, a blank further in for each container. */
void json_writer_init(struct json_writer *writer, json_writer_take *take, void *context,
		      bool lines);

/*
 * Writes a newline, and hands over what is left. Returns 0; or what take() returned, or -EINVAL
 * when a call did not fit, a container is not ended, or nothing was written.
 */
int json_writer_finish(struct json_writer *writer);

/* Whether nothing more goes out, as json_writer_finish() would say: for long loops. */
bool json_writer_failed(const struct json_writer *writer);

/* Begin a container: what follows lies in it until json_writer_end(). */
void json_writer_object(struct json_writer *writer, const char *name);
void json_writer_array(struct json_writer *writer, const char *name);

/* Ends the innermost container. */
void json_writer_end(struct json_writer *writer);

void json_writer_null(struct json_writer *writer, const char *name);
void json_writer_boolean(struct json_writer *writer, const char *name, bool value);

/* A string of any bytes, NUL-terminated. */
void json_writer_string(struct json_writer *writer, const char *name, const char *bytes);

/*
 * An integer; above 2^63 - 1, which many programs' integers end at, the same number with a point
 * and an exponent.
 */
void json_writer_number(struct json_writer *writer, const char *name, uint64_t number);
void json_writer_signed(struct json_writer *writer, const char *name, int64_t number);

/* number / 10^places, with at least one digit behind the point; places is 1 to 19. */
void json_writer_decimal(struct json_writer *writer, const char *name, uint64_t number,
			 unsigned places);

/* The string "0x…": no integer of JSON safely holds 64 bits. */
void json_writer_hex(struct json_writer *writer, const char *name, uint64_t number);

#endif
