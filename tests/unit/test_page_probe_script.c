/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "model/classify.h"
#include "model/page_facts.h"
#include "model/target.h"
#include "model/usage.h"
#include "residency/page_probe.h"

/* What is read for a page, and what is made of each reply. */

#define PRESENT (UINT64_C(1) << 63)
#define SWAPPED (UINT64_C(1) << 62)

static struct {
	int process_error, pagemap_error, smaps_error, scan_error, read_error;
	int directory, pagemap;
	uint64_t entry;
	size_t guards;
	const char *smaps[4]; /* what the reads give; NULL: the end */
	int64_t now, takes;
	const char *overcommit; /* NULL: there is no such file */
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now += script.takes;
}

int procfs_options_open_process(const struct procfs_options *options, int32_t pid)
{
	assert_string_equal(options->root, "/p");
	assert_int_equal(pid, 7);
	script.directory =
		script.process_error ? script.process_error : open("/", O_PATH | O_CLOEXEC);
	return script.directory;
}

/* smaps is a pipe, of which each read is one text. */
static int open_smaps(void)
{
	int ends[2];

	if (script.smaps_error)
		return script.smaps_error;
	assert_int_equal(pipe2(ends, O_CLOEXEC | O_DIRECT), 0);
	for (size_t i = 0; i < 4 && script.smaps[i]; i++)
		assert_int_equal(write(ends[1], script.smaps[i], strlen(script.smaps[i])),
				 strlen(script.smaps[i]));
	close(ends[1]);
	return ends[0];
}

int proc_file_open(int directory, const char *name)
{
	assert_int_equal(directory, script.directory);
	call_log_say("open %s", name);
	if (!strcmp(name, "smaps"))
		return open_smaps();
	script.pagemap =
		script.pagemap_error ? script.pagemap_error : open("/", O_PATH | O_CLOEXEC);
	return script.pagemap;
}

int proc_file_read(int directory, const char *path, size_t max, struct text *text)
{
	assert_int_equal(directory, AT_FDCWD);
	assert_int_equal(max, 32);
	call_log_say("read %s", path);
	if (!script.overcommit)
		return -ENOENT;
	text_append(text, script.overcommit);
	return 0;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	assert_int_equal(file, script.pagemap);
	assert_int_equal(size, sizeof(uint64_t));
	call_log_say("entry %d", (int)(offset / 8));
	memcpy(bytes, &script.entry, size);
	errno = script.read_error;
	return script.read_error ? -1 : (ssize_t)size;
}

int pagemap_scan_guards(int pagemap, uint64_t start, uint64_t end,
			struct guard_range guards[static PAGEMAP_SCAN_REGIONS], size_t *ret_count,
			uint64_t *ret_walked)
{
	assert_int_equal(pagemap, script.pagemap);
	assert_non_null(guards);
	call_log_say("guards %x to %x", (unsigned)start, (unsigned)end);
	*ret_count = script.guards;
	*ret_walked = end;
	return script.scan_error;
}

static struct page_facts facts;

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.takes = 10;
	script.entry = PRESENT;
	facts = (struct page_facts){PAGE_GUARD, 1, 2, 3, 4};
	call_log_clear();
	return 0;
}

static int probe(unsigned avoid, uint64_t address, uint64_t page_size, int64_t budget)
{
	const struct procfs_options options = {.root = "/p", .avoid = avoid};

	return page_probe(&options, 7, address, page_size, budget, &facts);
}

/* The state, by these calls; nothing else is asked for without time. */
static void check_state(unsigned avoid, uint64_t address, enum page_state state, const char *calls)
{
	assert_int_equal(probe(avoid, address, 4096, 0), 0);
	assert_int_equal(facts.state, state);
	assert_int_equal(facts.flags, 1);
	call_log_expect(calls);
}

static void an_entry_tells_the_state(void **state)
{
	(void)state;
	check_state(0, 0x10fff, PAGE_PRESENT, "open pagemap\nentry 16\n");
	script.entry = 0;
	check_state(0, 0x11000, PAGE_ABSENT, "open pagemap\nentry 17\n");
	script.entry = SWAPPED;
	check_state(AVOID_PAGEMAP_SCAN, 0x11000, PAGE_AWAY, "open pagemap\nentry 17\n");
	check_state(0, 0x11001, PAGE_SWAPPED, "open pagemap\nentry 17\nguards 11000 to 12000\n");
	script.guards = 1;
	check_state(0, 0x11001, PAGE_GUARD, "open pagemap\nentry 17\nguards 11000 to 12000\n");
	script.scan_error = -ENOTTY;
	check_state(0, 0x11001, PAGE_AWAY, "open pagemap\nentry 17\nguards 11000 to 12000\n");
	script.read_error = EIO;
	check_state(0, 0x11001, PAGE_UNKNOWN, "open pagemap\nentry 17\n");
	script.read_error = 0;
	check_state(AVOID_PAGEMAP, 0x11001, PAGE_UNKNOWN, "");
	check_state(0, UINT64_C(1) << 63, PAGE_UNKNOWN, "open pagemap\n");
	script.entry = PRESENT;
	check_state(0, (UINT64_C(1) << 63) - 1, PAGE_PRESENT, "open pagemap\nentry -1\n");
	script.pagemap_error = -EACCES;
	check_state(0, 0x11001, PAGE_UNKNOWN, "open pagemap\n");
	script.pagemap_error = 0;
	assert_int_equal(probe(0, 0x11001, 0, 0), 0);
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	call_log_expect("open pagemap\n");
	script.process_error = -ESRCH;
	facts.state = PAGE_GUARD;
	assert_int_equal(probe(0, 0x11001, 4096, 1000), -ESRCH);
	assert_int_equal(facts.state, PAGE_GUARD);
}

static void check_mapping(uint64_t address, int64_t budget, uint64_t flags, uint64_t key,
			  uint64_t below)
{
	assert_int_equal(probe(AVOID_PAGEMAP, address, 4096, budget), 0);
	assert_true(facts.flags == flags);
	assert_true(facts.key == key);
	assert_true(facts.below == below);
	call_log_expect("open smaps\nread /p/sys/vm/overcommit_memory\n");
}

static const char first[] = "1000-3000 r--p 00000000 00:00 0\nSize: 8 kB\nProtectionKey: 2\n"
			    "VmFlags: rd mr\n";
static const char second[] = "3000-5000 rw-p 00000000 00:00 0\nSize: 8 kB\nProtectionKey: 3\n"
			     "VmFlags: rd wr\n";
static const char third[] = "7000-8000 rw-p 00000000 00:00 0\nSize: 4 kB\nVmFlags: wr\n";

/* The mapping of the address, and what lies below it; beyond the last there is none. */
static void smaps_tells_of_the_mapping(void **state)
{
	const uint64_t rd = usage_flag_bit("rd"), wr = usage_flag_bit("wr"),
		       mr = usage_flag_bit("mr");

	(void)state;
	script.smaps[0] = first;
	script.smaps[1] = second;
	script.smaps[2] = third;
	check_mapping(0x1000, 100000, rd | mr, 2, 0);
	check_mapping(0x2fff, 100000, rd | mr, 2, 0);
	check_mapping(0x3000, 100000, rd | wr, 3, rd | mr);
	check_mapping(0x5000, 100000, wr, TARGET_UNKNOWN, rd | wr); /* of a gap: what is above */
	check_mapping(0x8000, 100000, TARGET_UNKNOWN, TARGET_UNKNOWN, page_facts_unknown().below);
	/* What is not understood says nothing. */
	script.smaps[1] = "what is this\n";
	check_mapping(0x3000, 100000, TARGET_UNKNOWN, TARGET_UNKNOWN, page_facts_unknown().below);
	script.smaps_error = -EACCES;
	check_mapping(0x1000, 100000, TARGET_UNKNOWN, TARGET_UNKNOWN, page_facts_unknown().below);
}

/* It reads as long as there is time: the clock passes by ten with each look. */
static void reading_ends_with_the_time(void **state)
{
	(void)state;
	script.smaps[0] = first;
	script.smaps[1] = second;
	script.smaps[2] = third;
	check_mapping(0x1000, 21, usage_flag_bit("rd") | usage_flag_bit("mr"), 2, 0);
	check_mapping(0x1000, 20, TARGET_UNKNOWN, TARGET_UNKNOWN, page_facts_unknown().below);
	check_mapping(0x1000, 10, TARGET_UNKNOWN, TARGET_UNKNOWN, page_facts_unknown().below);
}

static void the_commitment_is_a_number(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} cases[] = {{"2\n", 2}, {"0\n", 0}, {"x\n", TARGET_UNKNOWN}, {NULL, TARGET_UNKNOWN}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		script.overcommit = cases[i].text;
		assert_int_equal(probe(AVOID_PAGEMAP, 0x1000, 4096, 1000), 0);
		assert_true(facts.overcommit == cases[i].value);
	}
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_entry_tells_the_state),
		TEST(smaps_tells_of_the_mapping),
		TEST(reading_ends_with_the_time),
		TEST(the_commitment_is_a_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
