/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/page_look.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"
#include "model/page_facts.h"
#include "model/target.h"
#include "sampler/avoid.h"
#include "sampler/pagemap.h"
#include "sampler/procfs.h"
#include "sampler/smaps_parser.h"

#define READ_BYTES ((size_t)8 * 1024) /* one read() gives a page at most */

static void look_at_entry(int directory, uint64_t address, uint64_t page_size,
			  struct page_facts *facts)
{
	int pagemap = openat(directory, "pagemap", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint64_t entries[PAGEMAP_PIECE];

	/* Addresses of the kernel's half have no entry. */
	if (pagemap < 0)
		return;
	if (page_size && address <= INT64_MAX &&
	    !pagemap_read(pagemap, address - address % page_size, page_size, 1, entries))
		facts->state = pagemap_state(entries[0]);
	close(pagemap);
}

/*
 * The first range that ends above the address, if all that was said of it has been parsed; NULL
 * when there is more to read.
 */
static const struct usage_range *find_range(const struct smaps_parser *parser, uint64_t address,
					    bool ended)
{
	size_t whole = parser->count - (parser->count && !ended);

	/* They are sorted: only the last ones can be new. */
	if (!whole || parser->ranges[whole - 1].end <= address)
		return NULL;
	while (whole > 1 && parser->ranges[whole - 2].end > address)
		whole--;
	return &parser->ranges[whole - 1];
}

static void read_smaps(int file, uint64_t address, struct page_facts *facts)
{
	const struct usage_range *range = NULL;
	struct smaps_parser parser;
	char bytes[READ_BYTES];
	ssize_t length = 0;
	int error = 0;

	smaps_parser_init(&parser);
	while (!range && !error) {
		length = read(file, bytes, READ_BYTES);
		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			break;
		error = smaps_parser_feed(&parser, bytes, (size_t)length);
		range = find_range(&parser, address, false);
	}
	if (!range && !error && length == 0 && !smaps_parser_end(&parser))
		range = find_range(&parser, address, true);
	if (range && !error) {
		facts->flags = range->usage.flags;
		facts->key = range->usage.key;
	}
	smaps_parser_finish(&parser);
}

static void look_at_mapping(int directory, uint64_t address, struct page_facts *facts)
{
	int file = openat(directory, "smaps", O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return;
	read_smaps(file, address, facts);
	close(file);
}

int page_look(const struct procfs_options *options, int32_t pid, uint64_t address,
	      uint64_t page_size, bool smaps, struct page_facts *ret_facts)
{
	struct page_facts facts = page_facts_unknown();
	struct text path = {0};
	int directory, error;

	text_append_format(&path, "%s/%d", options->root, pid);
	directory = open(text_string(&path), O_PATH | O_DIRECTORY | O_CLOEXEC);
	error = directory < 0 ? -errno : 0;
	text_finish(&path);
	if (error)
		return error;
	if (!(options->avoid & AVOID_PAGEMAP))
		look_at_entry(directory, address, page_size, &facts);
	if (smaps)
		look_at_mapping(directory, address, &facts);
	close(directory);
	*ret_facts = facts;
	return 0;
}
