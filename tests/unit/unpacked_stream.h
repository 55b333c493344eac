/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_UNPACKED_STREAM_H
#define TESTS_UNIT_UNPACKED_STREAM_H

/* Tests of one library that unpacks, whichever it is (core/unpacker.h). */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>

#include "core/unpacker.h"
#include "packed_core.h"

struct packing {
	int (*create)(struct unpacker **ret_unpacker);
	void (*put)(struct packed *packed, const void *bytes, size_t size);
};

/* Has so many bytes at a time go in and come out; returns how many came out, or -EBADMSG. */
static inline int unpack_in_steps(const struct packing *packing, const struct packed *packed,
				  size_t piece, char *out, size_t room, bool *ret_ended)
{
	struct unpacker_step step = {.in = (const char *)packed->bytes, .out = out};
	struct unpacker *unpacker;
	size_t left = packed->size;
	int error = 0;

	assert_int_equal(packing->create(&unpacker), 0);
	while (!error && (left || step.in_left) && (size_t)(step.out - out) < room) {
		size_t some = left < piece ? left : piece;

		if (!step.in_left) {
			step.in_left = some;
			left -= some;
		}
		step.out_left = room - (size_t)(step.out - out);
		step.out_left = step.out_left < piece ? step.out_left : piece;
		error = unpacker->step(unpacker, &step);
	}
	unpacker->destroy(unpacker);
	*ret_ended = step.ended;
	return error ? error : (int)(step.out - out);
}

static inline void unpacked_stream_check(const struct packing *packing)
{
	enum { SIZE = 100000 };
	char *bytes = malloc(SIZE), *out = malloc(2 * SIZE);
	struct packed packed = {0};
	bool ended;

	for (int i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 7 % 251);
	packing->put(&packed, bytes, SIZE);
	for (size_t piece = 1; piece <= 2 * SIZE; piece = piece * 7 + 1) {
		assert_int_equal(unpack_in_steps(packing, &packed, piece, out, 2 * SIZE, &ended),
				 SIZE);
		assert_memory_equal(out, bytes, SIZE);
		assert_true(ended);
	}
	/* One stream behind the other is both. */
	packing->put(&packed, bytes, 1000);
	assert_int_equal(unpack_in_steps(packing, &packed, 5000, out, 2 * SIZE, &ended),
			 SIZE + 1000);
	assert_memory_equal(out + SIZE, bytes, 1000);
	assert_true(ended);
	/* What is cut off is not there; what came before is. */
	packed.size = SIZE / 2;
	assert_in_range(unpack_in_steps(packing, &packed, 5000, out, 2 * SIZE, &ended), 1,
			SIZE / 2);
	assert_false(ended);
	packed.bytes[0] ^= 0xff;
	assert_int_equal(unpack_in_steps(packing, &packed, 5000, out, 2 * SIZE, &ended), -EBADMSG);
	free(packed.bytes);
	free(bytes);
	free(out);
}

#endif
