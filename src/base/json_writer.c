/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json_writer.h"

#include <errno.h>
#include <string.h>

#include "base/digits.h"
#include "base/utf8.h"

/*
 * What reserve() makes room for: the longest line break, a name and a value that are both short, or
 * any number.
 */
#define BREAK_BYTES   (1 + 1 + JSON_WRITER_DEPTH) /* a comma, a newline, blanks by eight */
#define SHORT_LENGTH  ((size_t)64)
#define NUMBER_BYTES  (2 * DIGITS_DECIMAL_MAX + 4) /* sign, point, exponent */
#define RESERVE_BYTES (BREAK_BYTES + 2 * (SHORT_LENGTH + 2) + NUMBER_BYTES)

void json_writer_init(struct json_writer *writer, json_writer_take *take, void *context, bool lines)
{
	writer->take = take;
	writer->context = context;
	writer->lines = lines;
	writer->filled = false;
	writer->error = 0;
	writer->depth = 0;
	writer->objects = 0;
	writer->length = 0;
}

static void hand_over(struct json_writer *writer)
{
	if (writer->length && !writer->error)
		writer->error = writer->take(writer->context, writer->bytes, writer->length);
	writer->length = 0;
}

/* Where the next bytes go, RESERVE_BYTES at most; advance() says where they end. */
static char *reserve(struct json_writer *writer)
{
	if (writer->length + RESERVE_BYTES > sizeof(writer->bytes))
		hand_over(writer);
	return writer->bytes + writer->length;
}

static void advance(struct json_writer *writer, const char *end)
{
	writer->length = (size_t)(end - writer->bytes);
}

static char *put(char *at, const char *bytes, size_t length)
{
	memcpy(at, bytes, length);
	return at + length;
}

/* The line that the next value, or the end of a container, stands on. */
static char *put_break(const struct json_writer *writer, char *at)
{
	static const char eight[] = "        ";
	char *end = at + 1 + writer->depth;

	if (!writer->lines)
		return at;
	*at++ = '\n';
	for (; at < end; at += 8)
		memcpy(at, eight, 8);
	return end;
}

#define ALL(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Not 0 where a byte of the word is 0. */
static uint64_t zeros(uint64_t word)
{
	return (word - ALL(1)) & ~word & ALL(0x80);
}

/* Whether any of the eight bytes cannot stand in a string as it is. */
static bool has_special(uint64_t word)
{
	return ((word | ((word - ALL(0x20)) & ~word)) & ALL(0x80)) | zeros(word ^ ALL('"')) |
	       zeros(word ^ ALL('\\')) | zeros(word ^ ALL(0x7f));
}

static bool is_special(char byte)
{
	return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f || (byte & 0x80);
}

/* Copies up to length bytes, as long as they stand as they are. Returns how many. */
static size_t copy_plain(char *to, const char *bytes, size_t length)
{
	uint64_t word;
	size_t i = 0;

	for (; i + sizeof(word) <= length; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		if (has_special(word))
			break;
		memcpy(to + i, &word, sizeof(word));
	}
	for (; i < length && !is_special(bytes[i]); i++)
		to[i] = bytes[i];
	return i;
}

static char *put_unit(char *at, unsigned unit)
{
	at = put(at, "\\u", 2);
	for (int shift = 12; shift >= 0; shift -= 4)
		*at++ = "0123456789ABCDEF"[unit >> shift & 15];
	return at;
}

/* Above the first plane as two units of UTF-16. */
static char *put_escape(char *at, uint32_t codepoint)
{
	static const char letters[] = {['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
				       ['\t'] = 't', ['"'] = '"',  ['\\'] = '\\'};

	if (codepoint < sizeof(letters) && letters[codepoint]) {
		*at++ = '\\';
		*at++ = letters[codepoint];
		return at;
	}
	if (codepoint < 0x10000)
		return put_unit(at, codepoint);
	codepoint -= 0x10000;
	at = put_unit(at, 0xd800 | codepoint >> 10);
	return put_unit(at, 0xdc00 | (codepoint & 0x3ff));
}

/* The character at the beginning of the bytes, which is special. Sets how many it takes. */
static char *put_special(char *at, const char *bytes, size_t length, size_t *ret_step)
{
	uint32_t codepoint;

	*ret_step = utf8_decode(bytes, length, &codepoint);
	if (*ret_step)
		return put_escape(at, codepoint);
	*ret_step = 1;
	at = put(at, "\\\\x", 3);
	*at++ = "0123456789abcdef"[(unsigned char)*bytes >> 4];
	*at++ = "0123456789abcdef"[*bytes & 15];
	return at;
}

/* The inside of a string of any length, bit by bit. Returns where the next bytes go. */
static char *put_any(struct json_writer *writer, char *at, const char *bytes, size_t length)
{
	while (length) {
		size_t part = length < SHORT_LENGTH ? length : SHORT_LENGTH;
		size_t step = copy_plain(at, bytes, part);

		if (step)
			at += step;
		else
			at = put_special(at, bytes, length, &step);
		bytes += step;
		length -= step;
		advance(writer, at);
		at = reserve(writer);
	}
	return at;
}

/* Returns where the next bytes go: a value that is short, or any number. */
static char *put_string(struct json_writer *writer, char *at, const char *bytes)
{
	size_t length = strlen(bytes);

	*at++ = '"';
	if (length <= SHORT_LENGTH && copy_plain(at, bytes, length) == length)
		at += length;
	else
		at = put_any(writer, at, bytes, length);
	*at++ = '"';
	return at;
}

/* Whether a value with that name, or without one, may come next. */
static bool fits(const struct json_writer *writer, const char *name)
{
	if (!writer->depth)
		return !name && !writer->filled;
	return (writer->objects >> (writer->depth - 1) & 1) == (name != NULL);
}

/*
 * What stands before a value. Returns where the value goes, or NULL where it does not fit or there
 * was an error.
 */
static char *begin(struct json_writer *writer, const char *name)
{
	char *at;

	if (!writer->error && !fits(writer, name))
		writer->error = -EINVAL;
	if (writer->error)
		return NULL;
	at = reserve(writer);
	if (writer->filled)
		*at++ = ',';
	if (writer->depth)
		at = put_break(writer, at);
	writer->filled = true;
	if (name) {
		at = put_string(writer, at, name);
		*at++ = ':';
		if (writer->lines)
			*at++ = ' ';
	}
	return at;
}

static void begin_container(struct json_writer *writer, const char *name, bool object)
{
	uint64_t bit = UINT64_C(1) << (writer->depth % 64);
	char *at;

	if (writer->depth == JSON_WRITER_DEPTH && !writer->error)
		writer->error = -EINVAL;
	at = begin(writer, name);
	if (!at)
		return;
	*at++ = object ? '{' : '[';
	advance(writer, at);
	writer->objects = object ? writer->objects | bit : writer->objects & ~bit;
	writer->depth++;
	writer->filled = false;
}

void json_writer_object(struct json_writer *writer, const char *name)
{
	begin_container(writer, name, true);
}

void json_writer_array(struct json_writer *writer, const char *name)
{
	begin_container(writer, name, false);
}

void json_writer_end(struct json_writer *writer)
{
	char *at;

	if (!writer->depth && !writer->error)
		writer->error = -EINVAL;
	if (writer->error)
		return;
	writer->depth--;
	at = reserve(writer);
	if (writer->filled)
		at = put_break(writer, at);
	*at++ = writer->objects >> writer->depth & 1 ? '}' : ']';
	advance(writer, at);
	writer->filled = true;
}

static void write_word(struct json_writer *writer, const char *name, const char *word)
{
	char *at = begin(writer, name);

	if (at)
		advance(writer, put(at, word, strlen(word)));
}

void json_writer_null(struct json_writer *writer, const char *name)
{
	write_word(writer, name, "null");
}

void json_writer_boolean(struct json_writer *writer, const char *name, bool value)
{
	write_word(writer, name, value ? "true" : "false");
}

void json_writer_string(struct json_writer *writer, const char *name, const char *bytes)
{
	char *at = begin(writer, name);

	if (at)
		advance(writer, put_string(writer, at, bytes));
}

/* All digits, a point and an exponent: 1.8446744073709551615e19. */
static char *put_large(char *at, uint64_t number)
{
	char digits[DIGITS_DECIMAL_MAX];
	size_t count = digits_decimal(digits, number);

	*at++ = digits[0];
	*at++ = '.';
	at = put(at, digits + 1, count - 1);
	*at++ = 'e';
	return at + digits_decimal(at, count - 1);
}

void json_writer_number(struct json_writer *writer, const char *name, uint64_t number)
{
	char *at = begin(writer, name);

	if (at)
		advance(writer, number > INT64_MAX ? put_large(at, number)
						   : at + digits_decimal(at, number));
}

void json_writer_signed(struct json_writer *writer, const char *name, int64_t number)
{
	uint64_t amount = number < 0 ? -(uint64_t)number : (uint64_t)number;
	char *at = begin(writer, name);

	if (!at)
		return;
	if (number < 0)
		*at++ = '-';
	advance(writer, at + digits_decimal(at, amount));
}

void json_writer_decimal(struct json_writer *writer, const char *name, uint64_t number,
			 unsigned places)
{
	char digits[DIGITS_DECIMAL_MAX], *at = begin(writer, name);
	size_t count = digits_decimal(digits, number), whole = count > places ? count - places : 0;

	if (!at)
		return;
	if (whole)
		at = put(at, digits, whole);
	else
		*at++ = '0';
	*at++ = '.';
	for (size_t i = count; i < places; i++)
		*at++ = '0';
	at = put(at, digits + whole, count - whole);
	while (at[-1] == '0' && at[-2] != '.')
		at--;
	advance(writer, at);
}

void json_writer_hex(struct json_writer *writer, const char *name, uint64_t number)
{
	char *at = begin(writer, name);

	if (!at)
		return;
	at = put(at, "\"0x", 3);
	at += digits_hex(at, number);
	*at++ = '"';
	advance(writer, at);
}

bool json_writer_failed(const struct json_writer *writer)
{
	return writer->error;
}

int json_writer_finish(struct json_writer *writer)
{
	char *at = reserve(writer);

	if (!writer->error && (writer->depth || !writer->filled))
		writer->error = -EINVAL;
	*at++ = '\n';
	advance(writer, at);
	hand_over(writer);
	return writer->error;
}
