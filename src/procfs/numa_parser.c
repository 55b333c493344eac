/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "procfs/numa_parser.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/usage.h"

#define KILOBYTE UINT64_C(1024)

static const char page_size_key[] = "kernelpagesize_kB=";

void numa_parser_finish(struct numa_parser *parser)
{
	free(parser->nodes);
	lines_finish(&parser->lines);
	*parser = (struct numa_parser){0};
}

/* "N12=345"; what is not like that is another word. */
static bool parse_node(const char *at, const char *end, uint64_t *ret_node, uint64_t *ret_pages)
{
	return at < end && *at++ == 'N' && number_scan(&at, end, 10, ret_node) == 0 && at < end &&
	       *at++ == '=' && number_scan(&at, end, 10, ret_pages) == 0 && at == end &&
	       *ret_node <= UINT32_MAX;
}

/* Adds it, unless the line has one of that node or a higher one before; bytes are pages yet. */
static void add_node(struct numa_parser *parser, size_t first, uint64_t start, uint64_t node,
		     uint64_t pages)
{
	if (parser->count > first && parser->nodes[parser->count - 1].node >= node)
		return;
	parser->nodes = memory_array_grow(parser->nodes, parser->count, &parser->capacity,
					  sizeof(*parser->nodes));
	parser->nodes[parser->count++] =
		(struct usage_node){.start = start, .node = (uint32_t)node, .bytes = pages};
}

/* "kernelpagesize_kB=4"; 0 for another word, and for what no page can have. */
static uint64_t parse_page_size(const char *at, const char *end)
{
	const size_t length = sizeof(page_size_key) - 1;
	uint64_t size;

	if ((size_t)(end - at) <= length || memcmp(at, page_size_key, length) != 0)
		return 0;
	at += length;
	if (number_scan(&at, end, 10, &size) || at != end || size > UINT64_MAX / KILOBYTE)
		return 0;
	return size * KILOBYTE;
}

/* Pages become bytes; false when that is not possible. */
static bool scale(struct numa_parser *parser, size_t first, uint64_t page_size)
{
	for (size_t i = first; i < parser->count; i++)
		if (__builtin_mul_overflow(parser->nodes[i].bytes, page_size,
					   &parser->nodes[i].bytes))
			return false;
	return page_size != 0;
}

/* One line without its newline. */
static int parse_line(void *context, const char *at, const char *end)
{
	struct numa_parser *parser = context;
	uint64_t start, node, pages, page_size = 0;
	size_t first = parser->count;

	if (number_scan(&at, end, 16, &start) || at == end || *at != ' ')
		return -EBADMSG;
	if (first && start <= parser->nodes[first - 1].start)
		return 0;
	while (at < end) {
		const char *word = ++at;

		at = memchr(word, ' ', (size_t)(end - word));
		if (!at)
			at = end;
		if (parse_node(word, at, &node, &pages))
			add_node(parser, first, start, node, pages);
		else if (!page_size)
			page_size = parse_page_size(word, at);
	}
	if (!scale(parser, first, page_size))
		parser->count = first;
	return 0;
}

static int parse_lines(void *context, const char *at, const char *end)
{
	return lines_each(at, end, parse_line, context);
}

int numa_parser_feed(struct numa_parser *parser, const char *bytes, size_t length)
{
	return lines_feed(&parser->lines, bytes, length, parse_lines, parser);
}

int numa_parser_end(struct numa_parser *parser)
{
	return lines_end(&parser->lines, parse_lines, parser);
}

struct usage_node *numa_parser_take(struct numa_parser *parser, size_t *ret_count)
{
	struct usage_node *taken = parser->nodes;

	*ret_count = parser->count;
	parser->nodes = NULL;
	parser->count = parser->capacity = 0;
	return taken;
}
