/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "kernel/avoid.h"
#include "kernel/procfs_options.h"
#include "model/page_facts.h"
#include "model/target.h"
#include "model/usage.h"
#include "residency/page_probe.h"

#define PID 7

/* A recorded tree with the smaps of one process and nothing else; NULL: not even that. */
static void check_recorded(const char *smaps, uint64_t address, uint64_t flags, uint64_t key)
{
	char root[] = "/tmp/vastop-test-XXXXXX";
	struct procfs_options options = {.root = root};
	struct text folder = {0}, file = {0};
	struct page_facts facts = {PAGE_GUARD, 1, 2, 3, 4};
	FILE *out;

	assert_non_null(mkdtemp(root));
	text_append_format(&folder, "%s/%d", root, PID);
	text_append_format(&file, "%s/smaps", text_string(&folder));
	assert_int_equal(page_probe(&options, PID, address, 4096, PAGE_PROBE_ALL, &facts), -ENOENT);
	assert_int_equal(facts.state, PAGE_GUARD);
	assert_int_equal(mkdir(text_string(&folder), 0700), 0);
	if (smaps) {
		out = fopen(text_string(&file), "we");
		assert_non_null(out);
		assert_true(fputs(smaps, out) >= 0);
		assert_int_equal(fclose(out), 0);
	}
	assert_int_equal(page_probe(&options, PID, address, 4096, PAGE_PROBE_ALL, &facts), 0);
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	assert_true(facts.flags == flags);
	assert_true(facts.key == key);
	/* Without time for smaps, what it told before is kept. */
	facts.flags = 7;
	assert_int_equal(page_probe(&options, PID, address, 4096, 0, &facts), 0);
	assert_int_equal(facts.flags, 7);
	unlink(text_string(&file));
	rmdir(text_string(&folder));
	rmdir(root);
	text_finish(&folder);
	text_finish(&file);
}

static void the_mapping_there_or_above_is_told_of(void **state)
{
	static const char smaps[] = "1000-2000 rw-p 00000000 00:00 0 \n"
				    "Rss:                   0 kB\n"
				    "ProtectionKey:         4\n"
				    "VmFlags: rd wr mr mw me gd ac \n"
				    "5000-6000 r--p 00000000 00:00 0 \n"
				    "Rss:                   0 kB\n"
				    "VmFlags: rd mr mw me gu \n";
	uint64_t first = 0, second = usage_flag_bit("gu");

	(void)state;
	for (size_t i = 0; i < 7; i++)
		first |= usage_flag_bit(&"rd\0wr\0mr\0mw\0me\0gd\0ac"[3 * i]);
	for (size_t i = 0; i < 4; i++)
		second |= usage_flag_bit(&"rd\0mr\0mw\0me"[3 * i]);
	check_recorded(smaps, 0x1fff, first, 4);
	check_recorded(smaps, 0xfff, first, 4);
	check_recorded(smaps, 0x2000, second, TARGET_UNKNOWN);
	check_recorded(smaps, 0x5000, second, TARGET_UNKNOWN);
	check_recorded(smaps, 0x6000, TARGET_UNKNOWN, TARGET_UNKNOWN);
}

static void what_cannot_be_read_stays_unknown(void **state)
{
	(void)state;
	check_recorded(NULL, 0x1000, TARGET_UNKNOWN, TARGET_UNKNOWN);
	check_recorded("", 0x1000, TARGET_UNKNOWN, TARGET_UNKNOWN);
	check_recorded("1000-2000 rw-p 00000000 00:00 0\nProtectionKey: x\nVmFlags: rd\n", 0x1000,
		       TARGET_UNKNOWN, TARGET_UNKNOWN);
	check_recorded("1000-2000 rw-p 0", 0x1000, TARGET_UNKNOWN, TARGET_UNKNOWN);
}

static void a_page_of_this_process(void **state)
{
	struct procfs_options options = {.root = "/proc"};
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	unsigned char *memory =
		mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct page_facts facts;

	(void)state;
	assert_true(memory != MAP_FAILED);
	memory[0] = 1;
	assert_int_equal(
		page_probe(&options, getpid(), (uintptr_t)memory + 9, page, PAGE_PROBE_ALL, &facts),
		0);
	if (facts.state == PAGE_UNKNOWN)
		skip();
	assert_int_equal(facts.state, PAGE_PRESENT);
	assert_true(facts.flags & usage_flag_bit("wr"));
	assert_int_equal(page_probe(&options, getpid(), (uintptr_t)memory + page, page, 0, &facts),
			 0);
	assert_int_equal(facts.state, PAGE_ABSENT);
	/* Not asked for, and beyond all entries. */
	assert_int_equal(page_probe(&options, getpid(), UINT64_MAX, page, 0, &facts), 0);
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	options.avoid = AVOID_PAGEMAP;
	assert_int_equal(page_probe(&options, getpid(), (uintptr_t)memory, page, 0, &facts), 0);
	assert_int_equal(facts.state, PAGE_UNKNOWN);
	munmap(memory, 2 * page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mapping_there_or_above_is_told_of),
		cmocka_unit_test(what_cannot_be_read_stays_unknown),
		cmocka_unit_test(a_page_of_this_process),
	};

	return cmocka_run_group_tests_name("page_probe", tests, NULL, NULL);
}
