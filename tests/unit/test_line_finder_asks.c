/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a child is asked for lines, and what is made of its reply and of the records it leaves. */

#include "fake_dwarf.h"

#include <errno.h>

#include "base/text.h"
#include "files/line_finder.h"
#include "inside/code_line.h"
#include "kernel/procfs_options.h"

#define ASKED "errand to 8:3\nrun, 1 s each, 1 s at most, with a descriptor\n"
#define TOOK  ASKED "4 s of processor time\n"
#define OPEN  "open /srv/app at 7000 of a process, avoiding 5\n"

static const struct procfs_options proc = {.root = "/proc", .avoid = 5};
static const struct vma vma = {
	.start = 0x7000, .end = 0x8000, .dev_major = 8, .dev_minor = 3, .name = "/srv/app"};
static struct errands errands;
static struct text records;

static int set_up(void **state)
{
	(void)state;
	memset(&fake_errands, 0, sizeof(fake_errands));
	memset(&fake_dwarf, 0, sizeof(fake_dwarf));
	errands_init(&errands);
	text_clear(&records);
	text_append(&records, "before");
	call_log_clear();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	text_finish(&records);
	return 0;
}

static int find_of(int32_t pid)
{
	static const uint64_t addresses[] = {0x10, 0x123456789abcdef0};

	return line_finder_find(&errands, &proc, pid, &vma, addresses, 2, &records);
}

static int find(void)
{
	return find_of(getpid());
}

static void assert_next(const char **at, uint32_t index, const char *function, const char *file,
			uint32_t number)
{
	struct code_line line;

	assert_int_equal(code_line_take(at, records.bytes + records.length, &line), 0);
	assert_int_equal(line.index, index);
	assert_string_equal(line.function, function);
	assert_string_equal(line.file, file);
	assert_int_equal(line.line, number);
}

static void each_address_has_its_lines(void **state)
{
	const char *at;

	(void)state;
	fake_dwarf.found = 3;
	fake_dwarf.lines[0] = (struct dwarf_line){"_ZN3app4fillEi", "fill.cc", 7};
	fake_dwarf.lines[1] = (struct dwarf_line){NULL, NULL, 0};
	fake_dwarf.lines[2] = (struct dwarf_line){"main", "main.cc", 90};
	assert_int_equal(find(), 0);
	call_log_expect(TOOK OPEN "find 10, 32 lines at most\n"
				  "find 123456789abcdef0, 32 lines at most\nclose\n");
	at = records.bytes;
	for (uint32_t i = 0; i < 2; i++) {
		assert_next(&at, i, "app::fill(int)", "fill.cc", 7);
		assert_next(&at, i, "", "", 0);
		assert_next(&at, i, "main", "main.cc", 90);
	}
	assert_ptr_equal(at, records.bytes + records.length);
}

static void what_is_not_known_is_no_record(void **state)
{
	(void)state;
	fake_dwarf.found = -ENOENT;
	assert_int_equal(find(), 0);
	assert_int_equal(records.length, 0);
}

static void errors_leave_the_records_as_they_were(void **state)
{
	(void)state;
	fake_dwarf.open_error = -ENODATA;
	assert_int_equal(find(), -ENODATA);
	call_log_expect(TOOK OPEN);
	assert_int_equal(find_of(INT32_MAX), -ENOENT);
	call_log_expect(TOOK);
	fake_errands.no_file = EMFILE;
	assert_int_equal(find(), -EMFILE);
	fake_errands.no_file = 0;
	call_log_expect("");
	fake_errands.given_up = ERRAND_STALLED;
	assert_int_equal(find(), -ETIMEDOUT);
	fake_errands.given_up = ERRAND_FAILED;
	assert_int_equal(find(), -EIO);
	call_log_expect(ASKED ASKED);
	fake_errands.given_up = ERRAND_WAITING;
	fake_dwarf.open_error = 0;
	fake_errands.cut = 1;
	assert_int_equal(find(), -ETIMEDOUT);
	assert_string_equal(text_string(&records), "before");
}

/* Names that are made to be long: each a megabyte and a half. What passes four megabytes is last.
 */
static void there_is_an_end_to_records(void **state)
{
	const size_t long_length = (size_t)3 << 19;
	char *name = memory_alloc(long_length + 1);
	const char *at;

	(void)state;
	memset(name, 'n', long_length);
	fake_dwarf.found = 2;
	fake_dwarf.lines[0] = (struct dwarf_line){name, "a", 1};
	fake_dwarf.lines[1] = (struct dwarf_line){"f", name, 2};
	assert_int_equal(find(), 0);
	at = records.bytes;
	assert_next(&at, 0, name, "a", 1);
	assert_next(&at, 0, "f", name, 2);
	assert_next(&at, 1, name, "a", 1);
	assert_ptr_equal(at, records.bytes + records.length);
	free(name);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_address_has_its_lines),
		TEST(what_is_not_known_is_no_record),
		TEST(errors_leave_the_records_as_they_were),
		TEST(there_is_an_end_to_records),
	};

	return cmocka_run_group_tests_name("line_finder_asks", tests, NULL, NULL);
}
