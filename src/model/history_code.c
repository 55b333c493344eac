/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_code.h"

#include <string.h>

#include "base/text.h"

/*
 * A distance d is written as one number: 2z for d = 4096 * unzigzag(z), so that whole pages cost
 * as little as units do; 2z + 1 for d = unzigzag(z) that is no multiple of 4096, and 1 followed by
 * z where 2z + 1 does not fit (z is never 0 there, so that 1 stands for nothing else).
 */
#define PAGE_BITS 12
#define FAR       1

/* Signed to unsigned with the small ones first: 0, -1, 1, -2, … */
static uint64_t zigzag(uint64_t number)
{
	return number << 1 ^ (number >> 63 ? UINT64_MAX : 0);
}

static uint64_t unzigzag(uint64_t number)
{
	return number >> 1 ^ (number & 1 ? UINT64_MAX : 0);
}

unsigned history_number_encode(uint64_t number, char out[static HISTORY_NUMBER_LENGTH])
{
	unsigned length = 0;

	for (; number >= 0x80; number >>= 7)
		out[length++] = (char)(number | 0x80);
	out[length++] = (char)number;
	return length;
}

void history_number_put(struct text *out, uint64_t number)
{
	char bytes[HISTORY_NUMBER_LENGTH];

	text_append_bytes(out, bytes, history_number_encode(number, bytes));
}

uint64_t history_number_take(struct history_cursor *reader)
{
	uint64_t number = 0;

	for (unsigned shift = 0; reader->at < reader->end && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)*reader->at++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			break;
	}
	return number;
}

void history_delta_put(struct text *out, uint64_t from, uint64_t number)
{
	uint64_t distance = number - from, sign = distance >> 63 ? ~(UINT64_MAX >> PAGE_BITS) : 0;
	uint64_t z = zigzag(distance);

	if (distance << (64 - PAGE_BITS) == 0) {
		history_number_put(out, zigzag(distance >> PAGE_BITS | sign) << 1);
	} else if (z >> 63 == 0) {
		history_number_put(out, z << 1 | 1);
	} else {
		history_number_put(out, FAR);
		history_number_put(out, z);
	}
}

uint64_t history_delta_take(struct history_cursor *reader, uint64_t from)
{
	uint64_t code = history_number_take(reader);

	if (code == FAR)
		return from + unzigzag(history_number_take(reader));
	if (code & 1)
		return from + unzigzag(code >> 1);
	return from + (unzigzag(code >> 1) << PAGE_BITS);
}

/* One byte is kept free for the length, enough for most. */
size_t history_block_open(struct text *out)
{
	text_append_char(out, 0);
	return out->length;
}

void history_block_close(struct text *out, size_t start)
{
	char length[HISTORY_NUMBER_LENGTH] = {0};
	size_t body = out->length - start;
	unsigned bytes = history_number_encode(body, length);

	if (bytes > 1) {
		text_append_bytes(out, length, bytes - 1);
		memmove(out->bytes + start - 1 + bytes, out->bytes + start, body);
	}
	memcpy(out->bytes + start - 1, length, bytes);
}

struct history_cursor history_block_take(struct history_cursor *reader)
{
	size_t length = history_number_take(reader), left = (size_t)(reader->end - reader->at);
	struct history_cursor block = {reader->at, NULL};

	reader->at += length < left ? length : left;
	block.end = reader->at;
	return block;
}
