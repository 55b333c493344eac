/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "model/usage.h"
#include "report/json_usage.h"

static int take(void *text, const char *bytes, size_t length)
{
	text_append_bytes(text, bytes, length);
	return 0;
}

/* What write() writes of the usage is an object of that text. */
static void expect(void (*write)(struct json_writer *, const struct usage *),
		   const struct usage *usage, const char *expected)
{
	struct json_writer writer;
	struct text text = {0};

	json_writer_init(&writer, take, &text, false);
	json_writer_object(&writer, NULL);
	write(&writer, usage);
	json_writer_end(&writer);
	assert_int_equal(json_writer_finish(&writer), 0);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void all_members_of_a_mapping(void **state)
{
	const struct usage usage = {.rss = 1,
				    .swap = 2,
				    .hugetlb = 11,
				    .pss = 3,
				    .uss = 4,
				    .private_dirty = 5,
				    .shared_dirty = 6,
				    .referenced = 7,
				    .anonymous = 8,
				    .huge = 9,
				    .locked = 10,
				    .page_size = 4096,
				    .flags = 3};

	(void)state;
	expect(json_usage_write, &usage,
	       "{\"rss\":1,\"swap\":2,\"hugetlb\":11,\"pss\":3,\"uss\":4,\"private_dirty\":5,"
	       "\"shared_dirty\":6,\"referenced\":7,\"anonymous\":8,\"huge\":9,"
	       "\"locked\":10,\"flags\":[\"rd\",\"wr\"]}\n");
}

static void what_is_not_known_is_null(void **state)
{
	(void)state;
	expect(json_usage_write, NULL,
	       "{\"rss\":null,\"swap\":null,\"hugetlb\":null,\"pss\":null,\"uss\":null,"
	       "\"private_dirty\":null,\"shared_dirty\":null,\"referenced\":null,"
	       "\"anonymous\":null,\"huge\":null,\"locked\":null,\"flags\":null}\n");
}

static void members_of_a_sum(void **state)
{
	struct usage usage = usage_unknown();

	(void)state;
	usage.rss = 5;
	usage.swap = 0;
	usage.hugetlb = 4194304;
	expect(json_usage_write_sum, &usage,
	       "{\"rss\":5,\"pss\":null,\"swap\":0,\"hugetlb\":4194304}\n");
	expect(json_usage_write_sum, NULL,
	       "{\"rss\":null,\"pss\":null,\"swap\":null,\"hugetlb\":null}\n");
}

static void check_flags(uint64_t flags, const char *names)
{
	struct usage usage = usage_unknown();
	struct text expected = {0};

	usage.flags = flags;
	text_append(&expected, "{\"rss\":null,\"swap\":null,\"hugetlb\":null,\"pss\":null,"
			       "\"uss\":null,\"private_dirty\":null,\"shared_dirty\":null,"
			       "\"referenced\":null,\"anonymous\":null,\"huge\":null,"
			       "\"locked\":null,\"flags\":[");
	text_append(&expected, names);
	text_append(&expected, "]}\n");
	expect(json_usage_write, &usage, text_string(&expected));
	text_finish(&expected);
}

static void every_flag_has_its_place(void **state)
{
	struct text all = {0};
	uint64_t bits = 0;
	char one[8];

	(void)state;
	check_flags(0, "");
	for (size_t i = 0; usage_flag_name(i); i++) {
		snprintf(one, sizeof(one), "\"%s\"", usage_flag_name(i));
		check_flags(UINT64_C(1) << i, one);
		text_append(&all, i ? "," : "");
		text_append(&all, one);
		bits |= UINT64_C(1) << i;
	}
	check_flags(bits, text_string(&all));
	/* Bits without a name have none. */
	check_flags(UINT64_MAX - 1, text_string(&all) + strlen("\"rd\","));
	text_finish(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_members_of_a_mapping),
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(members_of_a_sum),
		cmocka_unit_test(every_flag_has_its_place),
	};

	return cmocka_run_group_tests_name("json_usage", tests, NULL, NULL);
}
