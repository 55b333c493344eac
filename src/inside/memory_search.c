/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/memory_search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/memory_reader.h"

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int take(struct memory_needle *needle, uint8_t byte)
{
	if (needle->size == MEMORY_NEEDLE_MAX)
		return -E2BIG;
	needle->bytes[needle->size++] = byte;
	return 0;
}

/* Pairs of digits, blanks between them. */
static int parse_digits(const char *at, const char *end, struct memory_needle *needle)
{
	int error = 0;

	while (!error && at < end) {
		if (*at == ' ') {
			at++;
			continue;
		}
		if (end - at < 2 || digit_of(at[0]) < 0 || digit_of(at[1]) < 0)
			return -EINVAL;
		error = take(needle, (uint8_t)(digit_of(at[0]) << 4 | digit_of(at[1])));
		at += 2;
	}
	return error;
}

static bool is_quoted(const char *text, size_t length)
{
	return length >= 2 && text[0] == '"' && text[length - 1] == '"';
}

int memory_needle_parse(const char *text, size_t length, struct memory_needle *ret_needle)
{
	struct memory_needle needle = {.size = 0};
	int error = 0;

	if (length >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		error = parse_digits(text + 2, text + length, &needle);
	} else {
		if (is_quoted(text, length)) {
			text++;
			length -= 2;
		}
		for (size_t i = 0; !error && i < length; i++)
			error = take(&needle, (uint8_t)text[i]);
	}
	if (!error && !needle.size)
		error = -EINVAL;
	if (!error)
		*ret_needle = needle;
	return error;
}

struct memory_needle memory_needle_of_address(uint64_t address, unsigned word)
{
	struct memory_needle needle = {.size = word};
	const uint32_t half = (uint32_t)address;

	if (word == sizeof(half))
		memcpy(needle.bytes, &half, sizeof(half));
	else
		memcpy(needle.bytes, &address, sizeof(address));
	return needle;
}

void memory_search_init(struct memory_search *search, const struct memory_needle *needle,
			size_t most)
{
	*search = (struct memory_search){.needle = *needle, .most = most};
}

void memory_search_finish(struct memory_search *search)
{
	free(search->found);
	*search = (struct memory_search){0};
}

static void add(struct memory_search *search, uint64_t address)
{
	search->full = search->count == search->most;
	if (search->full)
		return;
	search->found = memory_array_grow(search->found, search->count, &search->capacity,
					  sizeof(*search->found));
	search->found[search->count++] = address;
}

/* Those that begin in the bytes and end in them. */
static void look(struct memory_search *search, uint64_t address, const uint8_t *bytes, size_t size)
{
	const struct memory_needle *needle = &search->needle;
	const uint8_t *at = bytes;

	while (!search->full) {
		at = memmem(at, size - (size_t)(at - bytes), needle->bytes, needle->size);
		if (!at)
			return;
		add(search, address + (uint64_t)(at - bytes));
		at++;
	}
}

/* Those that begin in what was before the bytes and end in them. */
static void look_across(struct memory_search *search, const uint8_t *bytes, size_t size)
{
	const size_t overlap = search->needle.size - 1;
	uint8_t joint[2 * MEMORY_NEEDLE_MAX];

	if (size > overlap)
		size = overlap;
	memcpy(joint, search->tail, search->tail_size);
	memcpy(joint + search->tail_size, bytes, size);
	look(search, search->next - search->tail_size, joint, search->tail_size + size);
}

/* Keeps the last bytes, of what was kept before and of these. */
static void keep(struct memory_search *search, const uint8_t *bytes, size_t size)
{
	const size_t overlap = search->needle.size - 1;
	size_t old = search->tail_size;

	if (size > overlap) {
		bytes += size - overlap;
		size = overlap;
	}
	if (old > overlap - size) {
		memmove(search->tail, search->tail + (old - (overlap - size)), overlap - size);
		old = overlap - size;
	}
	memcpy(search->tail + old, bytes, size);
	search->tail_size = old + size;
}

/* Bytes that are all there, without a hole. */
static void feed_run(struct memory_search *search, uint64_t address, const uint8_t *bytes,
		     size_t size)
{
	if (address != search->next)
		search->tail_size = 0;
	if (search->tail_size)
		look_across(search, bytes, size);
	look(search, address, bytes, size);
	keep(search, bytes, size);
	search->next = address + size;
}

/* The bytes up to where pages begin that are absent, or read. */
static size_t run_size(uint64_t address, size_t at, size_t size, const uint8_t *absent,
		       uint64_t page_size, bool *ret_absent)
{
	size_t end = at;

	*ret_absent = memory_reader_is_absent(absent, address, at, page_size);
	while (end < size &&
	       memory_reader_is_absent(absent, address, end, page_size) == *ret_absent)
		end += (size_t)(page_size - (address + end) % page_size);
	return (end < size ? end : size) - at;
}

void memory_search_feed(struct memory_search *search, uint64_t address, const uint8_t *bytes,
			size_t size, const uint8_t *absent, uint64_t page_size)
{
	bool is_absent;

	for (size_t at = 0, run; at < size && !search->full; at += run) {
		run = run_size(address, at, size, absent, page_size, &is_absent);
		if (!is_absent)
			feed_run(search, address + at, bytes + at, run);
	}
}
