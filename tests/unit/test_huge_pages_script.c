/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "growth/huge_pages.h"
#include "kernel/avoid.h"
#include "kernel/pagemap_scan.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"

/* What the settings and the kernel's replies say of huge pages. */

#define HUGE UINT64_C(0x200000)

static struct {
	const char *size; /* in the settings; NULL: it cannot be read */
	int open_error, scan_error;
	uint8_t flags; /* of the page; 0: it is not there */
} script;

int proc_file_read(int directory, const char *path, size_t max, struct text *text)
{
	assert_true(directory >= 0);
	assert_int_equal(max, 64);
	assert_string_equal(path, "hpage_pmd_size");
	if (!script.size)
		return -ENOENT;
	text_append(text, script.size);
	return 0;
}

int proc_file_open(int directory, const char *name)
{
	assert_int_equal(directory, 70);
	call_log_say("open %s", name);
	return script.open_error ? script.open_error : open("/", O_PATH | O_CLOEXEC);
}

int pagemap_scan(struct pagemap_scan *scan, int pagemap, uint64_t start, uint64_t end,
		 uint64_t max_pages, struct residency_run runs[static PAGEMAP_SCAN_REGIONS],
		 size_t *ret_count, uint64_t *ret_walked)
{
	assert_true(scan && pagemap >= 0);
	call_log_say("scan %x to %x, %d pages", (unsigned)start, (unsigned)end, (int)max_pages);
	runs[0] = (struct residency_run){start, end, script.flags};
	*ret_count = script.flags != 0;
	*ret_walked = end;
	return script.scan_error;
}

static struct huge_pages huge;

static void open_it(unsigned avoid)
{
	const struct procfs_options options = {.root = "/p", .avoid = avoid};

	call_log_clear();
	huge_pages_open(&huge, &options, 70);
}

static void the_size_is_in_the_settings(void **state)
{
	static const struct {
		const char *text;
		uint64_t size;
	} cases[] = {{"2097152\n", HUGE}, {"2097153\n", 0},   {"x\n", 0}, {"", 0},
		     {NULL, 0},           {"4294967296\n", 0}};

	(void)state;
	if (access("/sys/kernel/mm/transparent_hugepage", F_OK))
		skip(); /* this kernel has none */
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script.size = cases[i].text;
		open_it(0);
		assert_int_equal(huge.size, cases[i].size);
		assert_int_equal(huge.pagemap >= 0, cases[i].size != 0);
		assert_false(huge.unknown);
		huge_pages_close(&huge);
		assert_int_equal(huge.pagemap, -1);
	}
	script.size = "2097152\n";
	for (int i = 0; i < 2; i++) {
		open_it(i ? AVOID_PAGEMAP : AVOID_PAGEMAP_SCAN);
		assert_true(huge.unknown);
		assert_int_equal(huge.pagemap, -1);
		call_log_expect("");
	}
	script.open_error = -EACCES;
	open_it(0);
	assert_true(huge.unknown);
	call_log_expect("open pagemap\n");
	script.open_error = 0;
}

static void a_page_brought_what_is_mapped_by_it(void **state)
{
	struct address_space *space =
		maps_space_create(NULL, "10100000-10600000 rw-p 00000000 00:00 0\n"
					"20000000-20200000 rw-p 00000000 00:00 0\n");

	(void)state;
	huge = (struct huge_pages){.size = HUGE, .pagemap = open("/", O_PATH | O_CLOEXEC)};
	call_log_clear();
	script.flags = RUN_RESIDENT | RUN_HUGE;
	assert_int_equal(huge_pages_brought(&huge, space, 0x10200123), HUGE);
	call_log_expect("scan 10200000 to 10201000, 0 pages\n");
	assert_int_equal(huge_pages_brought(&huge, space, 0x105fffff), HUGE);
	assert_int_equal(huge_pages_brought(&huge, space, 0x20000000), HUGE);
	assert_int_equal(huge_pages_brought(&huge, space, 0x201ff000), HUGE);
	call_log_expect("scan 105ff000 to 10600000, 0 pages\nscan 20000000 to 20001000, 0 pages\n"
			"scan 201ff000 to 20200000, 0 pages\n");
	/* Where a huge page has no room it is none. */
	assert_int_equal(huge_pages_brought(&huge, space, 0x10100000), 4096);
	assert_int_equal(huge_pages_brought(&huge, space, 0x101fffff), 4096);
	call_log_expect("");
	/* Of a new mapping that is not known. */
	assert_int_equal(huge_pages_brought(&huge, space, 0x30000fff), HUGE);
	call_log_expect("scan 30000000 to 30001000, 0 pages\n");
	script.flags = RUN_RESIDENT;
	assert_int_equal(huge_pages_brought(&huge, space, 0x10200123), 4096);
	script.flags = 0;
	assert_int_equal(huge_pages_brought(&huge, space, 0x10200123), 4096);
	assert_false(huge.unknown);
	script.scan_error = -ENOTTY;
	assert_int_equal(huge_pages_brought(&huge, space, 0x10200123), 4096);
	assert_true(huge.unknown);
	assert_int_equal(huge.pagemap, -1);
	script.scan_error = 0;
	call_log_clear();
	assert_int_equal(huge_pages_brought(&huge, space, 0x10200123), 4096);
	call_log_expect(""); /* it is not asked again */
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_size_is_in_the_settings),
		cmocka_unit_test(a_page_brought_what_is_mapped_by_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
