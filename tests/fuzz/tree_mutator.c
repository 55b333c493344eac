/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tree_mutator.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define HEAD "==> "
#define TAIL " <==\n"

#define LINES_MAX 4096
#define SPAN_MAX  4096 /* bytes that are copied or replaced at once */
#define DEPTH_MAX 8    /* mutations in a row */

/* Part of the text. */
struct span {
	size_t start, end;
};

struct mutation {
	char *text;
	size_t length, max;
	uint64_t random;
	struct span lines[LINES_MAX]; /* each with its newline */
	size_t line_count;
};

static uint64_t draw(struct mutation *mutation, uint64_t below)
{
	/* xorshift64 */
	mutation->random ^= mutation->random << 13;
	mutation->random ^= mutation->random >> 7;
	mutation->random ^= mutation->random << 17;
	return below ? mutation->random % below : 0;
}

int tree_next(const char *text, size_t length, size_t *at, struct tree_file *ret_file)
{
	const char *end = text + length, *name, *tail, *next;

	if (*at >= length || length - *at < strlen(HEAD) || memcmp(text + *at, HEAD, strlen(HEAD)))
		return 0;
	name = text + *at + strlen(HEAD);
	tail = memmem(name, (size_t)(end - name), TAIL, strlen(TAIL));
	if (!tail)
		return 0;
	ret_file->name = name;
	ret_file->name_length = (size_t)(tail - name);
	ret_file->bytes = tail + strlen(TAIL);
	next = memmem(ret_file->bytes, (size_t)(end - ret_file->bytes), "\n" HEAD,
		      strlen("\n" HEAD));
	ret_file->length = (size_t)((next ? next : end) - ret_file->bytes);
	*at = next ? (size_t)(next + 1 - text) : length;
	return 1;
}

static bool is_head(const struct mutation *mutation, const struct span *line)
{
	return line->end - line->start >= strlen(HEAD) &&
	       !memcmp(mutation->text + line->start, HEAD, strlen(HEAD));
}

static void find_lines(struct mutation *mutation)
{
	size_t at = 0;

	mutation->line_count = 0;
	while (at < mutation->length && mutation->line_count < LINES_MAX) {
		const char *newline = memchr(mutation->text + at, '\n', mutation->length - at);
		size_t end = newline ? (size_t)(newline - mutation->text) + 1 : mutation->length;

		mutation->lines[mutation->line_count++] = (struct span){at, end};
		at = end;
	}
}

/* Puts the bytes in place of the span; where there is no room for them, nothing happens. */
static void replace(struct mutation *mutation, struct span span, const char *bytes, size_t length)
{
	size_t gone = span.end - span.start;

	if (mutation->length - gone + length > mutation->max)
		return;
	memmove(mutation->text + span.start + length, mutation->text + span.end,
		mutation->length - span.end);
	memcpy(mutation->text + span.start, bytes, length);
	mutation->length = mutation->length - gone + length;
}

/* Copies a span, as far as it goes. */
static size_t copy(const struct mutation *mutation, struct span span, char out[static SPAN_MAX])
{
	size_t length = span.end - span.start < SPAN_MAX ? span.end - span.start : SPAN_MAX;

	memcpy(out, mutation->text + span.start, length);
	return length;
}

static struct span draw_line(struct mutation *mutation)
{
	if (!mutation->line_count)
		return (struct span){0, 0};
	return mutation->lines[draw(mutation, mutation->line_count)];
}

/* A line of a file, rather than the head of one. */
static struct span draw_content(struct mutation *mutation)
{
	struct span line = draw_line(mutation);

	for (int i = 0; i < 4 && is_head(mutation, &line); i++)
		line = draw_line(mutation);
	return line;
}

static bool is_border(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '-' || c == ':' || c == '\0';
}

/* A word of a line. */
static struct span draw_field(struct mutation *mutation)
{
	struct span line = draw_content(mutation), field;

	if (line.end == line.start)
		return line;
	field.start = line.start + draw(mutation, line.end - line.start);
	field.end = field.start;
	while (field.start > line.start && !is_border(mutation->text[field.start - 1]))
		field.start--;
	while (field.end < line.end && !is_border(mutation->text[field.end]))
		field.end++;
	return field;
}

static void drop_line(struct mutation *mutation)
{
	replace(mutation, draw_content(mutation), "", 0);
}

static void double_line(struct mutation *mutation)
{
	struct span line = draw_content(mutation);
	char bytes[SPAN_MAX];
	size_t length = copy(mutation, line, bytes);

	replace(mutation, (struct span){line.end, line.end}, bytes, length);
}

/* A line goes, or comes as well, in front of another one, of the same file or not. */
static void move_line(struct mutation *mutation)
{
	struct span line = draw_content(mutation), other = draw_line(mutation);
	char bytes[SPAN_MAX];
	size_t length = copy(mutation, line, bytes);

	if (draw(mutation, 2) && other.start <= line.start)
		replace(mutation, line, "", 0);
	replace(mutation, (struct span){other.start, other.start}, bytes, length);
}

static void swap_fields(struct mutation *mutation)
{
	struct span a = draw_field(mutation), b = draw_field(mutation);
	char one[SPAN_MAX], two[SPAN_MAX];
	size_t one_length, two_length;

	if (a.start > b.start) {
		struct span swap = a;

		a = b;
		b = swap;
	}
	if (a.end > b.start)
		return;
	one_length = copy(mutation, a, one);
	two_length = copy(mutation, b, two);
	/* The one behind first: the other stays where it is. */
	if (mutation->length + one_length + two_length > mutation->max)
		return;
	replace(mutation, b, one, one_length);
	replace(mutation, a, two, two_length);
}

static void copy_field(struct mutation *mutation)
{
	struct span from = draw_field(mutation);
	char bytes[SPAN_MAX];
	size_t length = copy(mutation, from, bytes);

	replace(mutation, draw_field(mutation), bytes, length);
}

/* Anything that stands where a number, a name or permissions are expected. */
static void put_word(struct mutation *mutation)
{
	static const char *const words[] = {
		"",
		"0",
		"1",
		"-1",
		"-",
		"00000000000000000000000",
		"7fffffffffffffff",
		"8000000000000000",
		"ffffffffffffffff",
		"10000000000000000",
		"ffffffffff600000",
		"18446744073709551615",
		"18446744073709551616",
		"9223372036854775807",
		"4294967296",
		"2147483648",
		"rwxs",
		"---p",
		"[heap]",
		"[stack]",
		"[vdso]",
		"[vsyscall]",
		"[anon:x]",
		"/x (deleted)",
		"\\012",
		"\033[2J",
		"\xff\xc0\x80",
		"\xe2\x80\xae",
		"\xc2\x9b",
		"unlimited",
		"kB",
		"Z (zombie)",
		"(a) b) c",
	};
	const char *word = words[draw(mutation, sizeof(words) / sizeof(words[0]))];

	replace(mutation, draw_field(mutation), word, strlen(word));
}

/* Another number near to the one that is there, or with another digit. */
static void change_number(struct mutation *mutation)
{
	struct span field = draw_field(mutation);
	unsigned base = draw(mutation, 2) ? 16 : 10;
	char bytes[32];
	uint64_t number = 0;

	for (size_t i = field.start; i < field.end; i++) {
		char c = mutation->text[i];
		unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
							: 99;

		if (digit >= base)
			return;
		number = number * base + digit;
	}
	switch (draw(mutation, 5)) {
	case 0: number++; break;
	case 1: number--; break;
	case 2: number ^= UINT64_C(1) << draw(mutation, 64); break;
	case 3: number += draw(mutation, 64) << 12; break;
	default: number = ~number; break;
	}
	snprintf(bytes, sizeof(bytes), base == 16 ? "%08llx" : "%llu", (unsigned long long)number);
	replace(mutation, field, bytes, strlen(bytes));
}

/* The range that a line of maps or smaps begins with; false where it begins with none. */
static bool find_range(const struct mutation *mutation, const struct span *line, struct span *start,
		       struct span *end)
{
	static const char digits[] = "0123456789abcdef";
	size_t at = line->start;

	start->start = at;
	while (at < line->end && memchr(digits, mutation->text[at], 16))
		at++;
	start->end = at;
	if (at == start->start || at == line->end || mutation->text[at] != '-')
		return false;
	end->start = ++at;
	while (at < line->end && memchr(digits, mutation->text[at], 16))
		at++;
	end->end = at;
	return at > end->start;
}

/* Ranges that overlap, touch, contain each other, or run backwards. */
static void bend_range(struct mutation *mutation)
{
	struct span line, other, start, end, other_start, other_end;
	char bytes[SPAN_MAX];
	size_t length;

	line = draw_content(mutation);
	other = draw_content(mutation);
	for (int i = 0; i < 8 && !find_range(mutation, &line, &start, &end); i++)
		line = draw_content(mutation);
	for (int i = 0; i < 8 && !find_range(mutation, &other, &other_start, &other_end); i++)
		other = draw_content(mutation);
	if (!find_range(mutation, &line, &start, &end) ||
	    !find_range(mutation, &other, &other_start, &other_end))
		return;
	length = copy(mutation, draw(mutation, 2) ? other_start : other_end, bytes);
	replace(mutation, draw(mutation, 2) ? end : start, bytes, length);
}

/* Cuts a line, and perhaps all that follows it in its file, at any place. */
static void cut(struct mutation *mutation)
{
	struct span line = draw_content(mutation), gone = line;
	bool rest = draw(mutation, 2);

	if (line.end == line.start)
		return;
	gone.start += draw(mutation, line.end - line.start);
	for (size_t i = 0; rest && i < mutation->line_count; i++) {
		if (mutation->lines[i].start < line.end)
			continue;
		if (is_head(mutation, &mutation->lines[i]))
			break;
		gone.end = mutation->lines[i].end;
	}
	replace(mutation, gone, "\n", rest && gone.end == mutation->length ? 0 : rest);
}

/* A byte becomes another one, comes or goes. */
static void change_byte(struct mutation *mutation)
{
	struct span line = draw_content(mutation), span;
	char byte = (char)draw(mutation, 256);

	span.start = line.start + draw(mutation, line.end - line.start);
	span.end = span.start + (span.start < line.end && draw(mutation, 3));
	replace(mutation, span, &byte, draw(mutation, 3) != 0);
}

/* Many lines like one: another range each, the pages behind the one before. */
static void multiply_line(struct mutation *mutation)
{
	struct span line = draw_content(mutation), start, end;
	unsigned long long address = draw(mutation, UINT64_C(1) << 47) & ~UINT64_C(4095);
	char bytes[SPAN_MAX], made[SPAN_MAX + 64];
	size_t length;

	if (!find_range(mutation, &line, &start, &end))
		return;
	length = copy(mutation, (struct span){end.end, line.end}, bytes);
	for (uint64_t i = draw(mutation, 64); i; i--, address += 0x1000) {
		int head = snprintf(made, sizeof(made), "%llx-%llx", address, address + 0x1000);

		memcpy(made + head, bytes, length);
		replace(mutation, (struct span){line.end, line.end}, made, (size_t)head + length);
	}
}

typedef void mutate_once(struct mutation *mutation);

static mutate_once *const mutations[] = {
	drop_line, double_line, move_line,     swap_fields,   copy_field, put_word,   change_number,
	put_word,  bend_range,  change_number, multiply_line, cut,        bend_range, change_byte,
};

size_t tree_mutate(char *text, size_t length, size_t max, unsigned seed)
{
	struct mutation mutation = {.text = text,
				    .length = length,
				    .max = max,
				    .random = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15)};
	uint64_t count = 1 + draw(&mutation, DEPTH_MAX);

	for (; count; count--) {
		find_lines(&mutation);
		mutations[draw(&mutation, sizeof(mutations) / sizeof(mutations[0]))](&mutation);
	}
	return mutation.length;
}
