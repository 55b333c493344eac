/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/page_probe.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/pagemap.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "model/classify.h"
#include "model/page_facts.h"
#include "procfs/smaps_parser.h"

#define READ_BYTES ((size_t)8 * 1024) /* one read() gives a page at most */
#define NUMBER_MAX ((size_t)32)

/* Whether the kernel knows guard pages, and what it says of this one. */
static enum page_state state_away(int pagemap, uint64_t address, uint64_t page_size)
{
	struct guard_range guards[PAGEMAP_SCAN_REGIONS];
	uint64_t walked;
	size_t count;

	if (pagemap_scan_guards(pagemap, address, address + page_size, guards, &count, &walked))
		return PAGE_AWAY;
	return count ? PAGE_GUARD : PAGE_SWAPPED;
}

static void look_at_entry(int directory, unsigned avoid, uint64_t address, uint64_t page_size,
			  struct page_facts *facts)
{
	int pagemap = proc_file_open(directory, "pagemap");
	uint64_t entries[PAGEMAP_PIECE];

	/* Addresses of the kernel's half have no entry. */
	if (pagemap < 0)
		return;
	address -= page_size ? address % page_size : 0;
	if (page_size && address <= INT64_MAX &&
	    !pagemap_read(pagemap, address, page_size, 1, entries))
		facts->state = pagemap_state(entries[0]);
	if (facts->state == PAGE_AWAY && !(avoid & AVOID_PAGEMAP_SCAN))
		facts->state = state_away(pagemap, address, page_size);
	close(pagemap);
}

/* Which complete range is the first that ends above the address; their count where none does. */
static size_t find_range(const struct usage_ranges *told, uint64_t address)
{
	size_t index = told->count;

	/* They are sorted: only the last ones can be new. */
	while (index && told->ranges[index - 1].end > address)
		index--;
	return index;
}

/* What was said of the range, and of the one before it. */
static void take_range(const struct usage_ranges *told, size_t index, struct page_facts *facts)
{
	const struct usage usage = usage_list_get(&told->usages, index);

	facts->flags = usage.flags;
	facts->key = usage.key;
	facts->below = index ? usage_list_get(&told->usages, index - 1).flags : 0;
}

static void read_smaps(int file, uint64_t address, int64_t budget_ns, struct page_facts *facts)
{
	const int64_t began = clock_ns(CLOCK_MONOTONIC);
	struct smaps_parser parser;
	char bytes[READ_BYTES];
	ssize_t length = 1;
	size_t index = 0;
	int error = 0;

	smaps_parser_init(&parser);
	while (length > 0 && index == parser.told.count && !error &&
	       clock_ns(CLOCK_MONOTONIC) - began < budget_ns) {
		do
			length = read(file, bytes, READ_BYTES);
		while (length < 0 && errno == EINTR);
		if (length >= 0)
			error = length ? smaps_parser_feed(&parser, bytes, (size_t)length)
				       : smaps_parser_end(&parser);
		index = find_range(&parser.told, address);
	}
	if (!error && index < parser.told.count)
		take_range(&parser.told, index, facts);
	smaps_parser_finish(&parser);
}

static void look_at_mapping(int directory, uint64_t address, int64_t budget_ns,
			    struct page_facts *facts)
{
	int file = proc_file_open(directory, "smaps");

	if (file < 0)
		return;
	read_smaps(file, address, budget_ns, facts);
	close(file);
}

/* vm.overcommit_memory of the machine that the procfs is of. */
static void look_at_commitment(const char *root, struct page_facts *facts)
{
	struct text path = {0}, number = {0};
	const char *at, *end;
	uint64_t value;

	text_append_format(&path, "%s/sys/vm/overcommit_memory", root);
	if (!proc_file_read(AT_FDCWD, text_string(&path), NUMBER_MAX, &number)) {
		at = text_string(&number);
		end = at + number.length;
		if (!number_scan(&at, end, 10, &value))
			facts->overcommit = value;
	}
	text_finish(&path);
	text_finish(&number);
}

int page_probe(const struct procfs_options *options, int32_t pid, uint64_t address,
	       uint64_t page_size, int64_t budget_ns, struct page_facts *facts)
{
	int directory = procfs_options_open_process(options, pid);

	if (directory < 0)
		return directory;
	facts->state = PAGE_UNKNOWN;
	if (budget_ns > 0)
		*facts = page_facts_unknown();
	if (!(options->avoid & AVOID_PAGEMAP))
		look_at_entry(directory, options->avoid, address, page_size, facts);
	if (budget_ns > 0) {
		look_at_mapping(directory, address, budget_ns, facts);
		look_at_commitment(options->root, facts);
	}
	close(directory);
	return 0;
}
