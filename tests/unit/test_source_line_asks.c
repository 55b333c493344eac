/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a child is asked for a line, how long it may take, and what is made of its reply. */

#include "fake_dwarf.h"

#include <errno.h>

#include "base/text.h"
#include "files/source_line.h"
#include "kernel/procfs_options.h"

#define ASKED "init\nerrand to 8:3\nrun, 10 s each, 10 s at most\n"
#define TOOK  ASKED "4 s of processor time\n"
#define OPEN  "open /srv/app at 7000 of a process, avoiding 5\n"

static const struct procfs_options proc = {.root = "/proc", .avoid = 5};
static const struct vma vma = {
	.start = 0x7000, .end = 0x8000, .dev_major = 8, .dev_minor = 3, .name = "/srv/app"};

static int set_up(void **state)
{
	(void)state;
	memset(&fake_errands, 0, sizeof(fake_errands));
	memset(&fake_dwarf, 0, sizeof(fake_dwarf));
	fake_dwarf.found = 1;
	fake_dwarf.lines[0] = (struct dwarf_line){.file = "app.c", .line = 7};
	call_log_clear();
	return 0;
}

/* Expects the error, and the text to be as it was with that behind it. */
static void assert_line(int error, const char *line)
{
	struct text text = {0};

	text_append(&text, "at ");
	assert_int_equal(source_line_append(&proc, getpid(), &vma, 0x1234, &text), error);
	assert_memory_equal(text_string(&text), "at ", 3);
	assert_string_equal(text_string(&text) + 3, line);
	text_finish(&text);
}

static void a_line_is_appended(void **state)
{
	(void)state;
	assert_line(0, "app.c:7");
	call_log_expect(TOOK OPEN "find 1234, 1 lines at most\nclose\nfinish\n");
}

static void what_is_not_known_is_no_line(void **state)
{
	(void)state;
	fake_dwarf.lines[0] = (struct dwarf_line){.file = "app.c", .function = "main"};
	assert_line(-ENOENT, "");
	fake_dwarf.lines[0] = (struct dwarf_line){.line = 7};
	assert_line(-ENOENT, "");
	fake_dwarf.lines[0] = (struct dwarf_line){.file = "app.c", .line = 7};
	fake_dwarf.found = -ENOENT;
	assert_line(-ENOENT, "");
	call_log_clear();
	fake_dwarf.open_error = -ELIBACC;
	assert_line(-ELIBACC, "");
	call_log_expect(TOOK OPEN "finish\n");
}

static void a_process_that_is_gone_is_an_error(void **state)
{
	struct text text = {0};

	(void)state;
	assert_int_equal(source_line_append(&proc, INT32_MAX, &vma, 0x1234, &text), -ENOENT);
	call_log_expect(TOOK "finish\n");
	assert_int_equal(text.length, 0);
}

static void without_a_reply_there_is_none(void **state)
{
	(void)state;
	fake_errands.given_up = ERRAND_STALLED;
	assert_line(-ETIMEDOUT, "");
	fake_errands.given_up = ERRAND_FAILED;
	assert_line(-ETIMEDOUT, "");
	call_log_expect(ASKED "finish\n" ASKED "finish\n");
	/* One that is too short for an error, and one that has nothing behind it. */
	fake_errands.given_up = ERRAND_WAITING;
	fake_errands.cut = strlen("app.c:7") + 1;
	assert_line(-ETIMEDOUT, "");
	fake_errands.cut = strlen("app.c:7");
	assert_line(0, "");
}

/* A reply has room for so much. */
static void a_long_name_is_cut(void **state)
{
	static char name[HELPER_REPLY_MAX], cut[HELPER_REPLY_MAX / 2 + 1];

	(void)state;
	memset(name, 'n', sizeof(name) - 1);
	memset(cut, 'n', sizeof(cut) - 1);
	fake_dwarf.lines[0].file = name;
	assert_line(0, cut);
	name[sizeof(cut) - 3] = '\0';
	strcpy(cut + sizeof(cut) - 3, ":7");
	assert_line(0, cut);
}

#define TEST(function) cmocka_unit_test_setup(function, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_line_is_appended),
		TEST(what_is_not_known_is_no_line),
		TEST(a_process_that_is_gone_is_an_error),
		TEST(without_a_reply_there_is_none),
		TEST(a_long_name_is_cut),
	};

	return cmocka_run_group_tests_name("source_line_asks", tests, NULL, NULL);
}
