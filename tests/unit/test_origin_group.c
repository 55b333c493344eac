/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "app/options.h"
#include "app/origin.h"
#include "app/recorded_words.h"
#include "base/text.h"
#include "kernel/cgroup_file.h"

/* The line about a process that runs here, of a control group that the test gives it. */

static const char *group; /* NULL: it is not known */
static size_t length;
static bool recorded;
static int uname_result;

int uname(struct utsname *system)
{
	*system = (struct utsname){.sysname = "Linux", .nodename = "ho\nst", .release = "6.1"};
	return uname_result;
}

bool recorded_words_apply(const struct options *options)
{
	(void)options;
	return recorded;
}

const char *cgroup_file_read(const char *root, int32_t pid, struct text *text, size_t *ret_length)
{
	assert_string_equal(root, "/p");
	assert_int_equal(pid, 5);
	text_append(text, "freed by the caller");
	*ret_length = length;
	return group;
}

static void says(const char *expected)
{
	const struct options options = {.procfs = "/p"};
	struct text text = {0};

	origin_append(&text, &options, 5, INT64_C(1796000000999999999));
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

#define PLACE "ho\\nst  2026-11-30 00:53:20 +0000  Linux 6.1"

static void the_group_is_named_unless_it_is_the_root(void **state)
{
	(void)state;
	says(PLACE);
	group = "/a\n and more";
	length = 3;
	says(PLACE "  /a\\n");
	length = 2;
	says(PLACE "  /a");
	length = 1;
	says(PLACE);
	length = 0;
	says(PLACE);
	group = NULL;
	length = 3;
	says(PLACE);
}

static void nothing_is_said_of_where_it_was_not_taken(void **state)
{
	(void)state;
	recorded = true;
	says("");
	recorded = false;
	uname_result = -1;
	says("");
	uname_result = 0;
	says(PLACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_group_is_named_unless_it_is_the_root),
		cmocka_unit_test(nothing_is_said_of_where_it_was_not_taken),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests_name("origin_group", tests, NULL, NULL);
}
