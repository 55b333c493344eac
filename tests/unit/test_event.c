/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/change.h"
#include "model/coverage.h"
#include "model/vma.h"
#include "report/event.h"

#define RW  (PERM_READ | PERM_WRITE)
#define RX  (PERM_READ | PERM_EXEC)
#define RWX (RW | PERM_EXEC)

#define TIME INT64_C(1792412467123000000)

static const struct change grew = {
	.type = CHANGE_GREW,
	.time_ns = TIME,
	.start = 0x55b5f7c8d000,
	.end = 0x55b5f7e87000,
	.old_start = 0x55b5f7c8d000,
	.old_end = 0x55b5f7e66000,
	.size = 0x1fa000,
	.delta = 0x21000,
	.perms = RW,
	.old_perms = RW,
	.kind = KIND_HEAP,
	.name = "[heap]",
};

static const struct change unmapped = {
	.type = CHANGE_UNMAPPED,
	.time_ns = TIME,
	.old_start = 0x7f83a9100000,
	.old_end = 0x7f83a9900000,
	.size = 0x800000,
	.delta = -0x800000,
	.old_perms = 0,
	.kind = KIND_RESERVE,
	.name = "",
};

static const struct change exec = {
	.type = CHANGE_EXEC,
	.time_ns = TIME,
	.kind = KIND_GAP,
	.name = "/bin/\033[2J\xff",
};

static struct change make_protected(uint8_t old_perms, uint8_t perms)
{
	struct change change = grew;

	change.type = CHANGE_PROTECTED;
	change.delta = 0;
	change.old_perms = old_perms;
	change.perms = perms;
	return change;
}

static void expect_json(const struct change *change, const char *expected)
{
	struct text text = {0};

	event_append_json(&text, change);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void json_lines(void **state)
{
	struct change mapped = grew;

	(void)state;
	expect_json(&grew,
		    "{\"time\":\"2026-10-19T12:21:07.123Z\",\"change\":\"grew\","
		    "\"start\":\"0x55b5f7c8d000\",\"end\":\"0x55b5f7e87000\","
		    "\"old_start\":\"0x55b5f7c8d000\",\"old_end\":\"0x55b5f7e66000\","
		    "\"size\":2072576,\"delta\":135168,\"perms\":\"rw-p\","
		    "\"old_perms\":\"rw-p\",\"name\":\"[heap]\",\"kind\":\"heap\",\"tid\":null}\n");
	/* Permissions of nothing are not those of memory without access. */
	expect_json(&unmapped, "{\"time\":\"2026-10-19T12:21:07.123Z\",\"change\":\"unmapped\","
			       "\"start\":null,\"end\":null,\"old_start\":\"0x7f83a9100000\","
			       "\"old_end\":\"0x7f83a9900000\",\"size\":8388608,"
			       "\"delta\":-8388608,\"perms\":null,\"old_perms\":\"---p\","
			       "\"name\":\"\",\"kind\":\"reserve\",\"tid\":null}\n");
	mapped.type = CHANGE_MAPPED;
	mapped.start = mapped.old_start = mapped.old_end = 0;
	mapped.name = "/a\n";
	expect_json(&mapped, "{\"time\":\"2026-10-19T12:21:07.123Z\",\"change\":\"mapped\","
			     "\"start\":\"0x0\",\"end\":\"0x55b5f7e87000\",\"old_start\":null,"
			     "\"old_end\":null,\"size\":2072576,\"delta\":135168,"
			     "\"perms\":\"rw-p\",\"old_perms\":null,\"name\":\"/a\\n\","
			     "\"kind\":\"heap\",\"tid\":null}\n");
	expect_json(&exec, "{\"time\":\"2026-10-19T12:21:07.123Z\",\"change\":\"exec\","
			   "\"start\":null,\"end\":null,\"old_start\":null,\"old_end\":null,"
			   "\"size\":null,\"delta\":null,\"perms\":null,\"old_perms\":null,"
			   "\"name\":\"/bin/\\u001B[2J\\\\xff\",\"kind\":null,\"tid\":null}\n");
}

static void expect_line(const struct change *change, bool ascii, const char *expected)
{
	struct text text = {0};

	event_append_line(&text, change, "10:41:07.123", ascii);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void lines_for_people(void **state)
{
	struct change change = grew;

	(void)state;
	expect_line(&grew, false,
		    "10:41:07.123  grew       55b5f7c8d000-55b5f7e87000  rw-p  +132K    [heap]");
	expect_line(&unmapped, false,
		    "10:41:07.123  unmapped   7f83a9100000-7f83a9900000  ---p  -8.0M    reserve");
	expect_line(&exec, false, "10:41:07.123  exec       /bin/\\x1b[2J\\xff");
	change.old_start += 0x1000;
	change.start = 0x1000;
	change.end = 0x3000;
	expect_line(&change, false,
		    "10:41:07.123  grew       000000001000-000000003000  rw-p  +132K    [heap]  at "
		    "both ends");
	change.end = change.old_end;
	expect_line(&change, false,
		    "10:41:07.123  grew       000000001000-55b5f7e66000  rw-p  +132K    [heap]  at "
		    "its low end");
	change.type = CHANGE_MOVED;
	change.delta = 0;
	change.name = "/usr/lib/libm.so.6";
	expect_line(&change, false,
		    "10:41:07.123  moved      000000001000-55b5f7e66000  rw-p  1.9M     libm.so.6  "
		    "from 55b5f7c8e000");
	change.type = CHANGE_RENAMED;
	change.name = "/tmp/a\n (deleted)";
	expect_line(&change, false,
		    "10:41:07.123  renamed    000000001000-55b5f7e66000  rw-p  1.9M     "
		    "/tmp/a\\n (deleted)");
}

static void lines_of_protection(void **state)
{
	struct change change = make_protected(RW, RX);

	(void)state;
	expect_line(&change, false,
		    "10:41:07.123  protected  55b5f7c8d000-55b5f7e87000  rw-p → r-xp    [heap]");
	expect_line(&change, true,
		    "10:41:07.123  protected  55b5f7c8d000-55b5f7e87000  rw-p -> r-xp   [heap]");
	change = make_protected(RX, RWX);
	expect_line(
		&change, false,
		"10:41:07.123  protected  55b5f7c8d000-55b5f7e87000  r-xp → rwxp    w+x  [heap]");
	change.type = CHANGE_MAPPED;
	change.delta = 0x1fa000;
	expect_line(
		&change, false,
		"10:41:07.123  mapped     55b5f7c8d000-55b5f7e87000  rwxp  +1.9M    w+x  [heap]");
	/* It is no more what it was. */
	change = make_protected(RWX, RX);
	expect_line(&change, false,
		    "10:41:07.123  protected  55b5f7c8d000-55b5f7e87000  rwxp → r-xp    [heap]");
}

static void stacks_name_their_thread(void **state)
{
	const struct change change = {.type = CHANGE_MAPPED,
				      .time_ns = TIME,
				      .start = 0x7f83a7f81000,
				      .end = 0x7f83a8781000,
				      .size = 0x800000,
				      .delta = 0x800000,
				      .perms = RW,
				      .kind = KIND_THREAD_STACK,
				      .tid = 4711,
				      .name = ""};
	struct text text = {0};

	(void)state;
	event_append_line(&text, &change, "10:41:07", true);
	assert_non_null(strstr(text_string(&text), "thread-stack 4711"));
	text_finish(&text);
}

static void check_coverage(struct coverage coverage, const char *json, const char *words)
{
	struct text text = {0};

	event_append_coverage_json(&text, &coverage, TIME);
	assert_non_null(strstr(text_string(&text), "\"change\":\"coverage\""));
	assert_non_null(
		strstr(text_string(&text), "\"old_perms\":null,\"name\":null,\"kind\":null"));
	if (!strstr(text_string(&text), json))
		fail_msg("%s is not in %s", json, text_string(&text));
	text_clear(&text);
	event_append_coverage(&text, &coverage, "10:41:07.123");
	assert_string_equal(text_string(&text), words);
	text_finish(&text);
}

static void what_may_be_missed_is_said(void **state)
{
	(void)state;
	check_coverage((struct coverage){COVERAGE_ALL, 100000000, 1000000000},
		       "\"seen_from\":{\"size\":0.1",
		       "10:41:07.123  coverage   changes that last 0.10 s are seen");
	check_coverage((struct coverage){COVERAGE_CODE, 500000000, 1000000000},
		       "\"seen_from\":{\"size\":0.5,\"execute\":0.5,\"read-write\":1.0,"
		       "\"moved\":1.0}}\n",
		       "10:41:07.123  coverage   changes that last 0.50 s are seen; moves and "
		       "changes of r and w, 1.00 s");
	check_coverage((struct coverage){COVERAGE_SIZES, 500000000, 1000000000},
		       "\"seen_from\":{\"size\":0.5,\"execute\":1.0,\"read-write\":1.0,"
		       "\"moved\":1.0}}\n",
		       "10:41:07.123  coverage   changes that last 0.50 s are seen; moves and "
		       "changes of permissions, 1.00 s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_lines),
		cmocka_unit_test(lines_for_people),
		cmocka_unit_test(lines_of_protection),
		cmocka_unit_test(stacks_name_their_thread),
		cmocka_unit_test(what_may_be_missed_is_said),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
