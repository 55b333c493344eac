/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/folded.h"
#include "sample_sites.h"

/* Outermost first; no semicolon or control character of a name gets through. */
static void a_stack_is_a_line(void **state)
{
	struct call_sites *sites = sample_sites_create();
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	assert_int_equal(folded_write(stream, "a;b\x1b[m", sites), 0);
	fclose(stream);
	assert_string_equal(text, "a:b\\x1b[m;handle:request;json_decode;malloc 204800\n"
				  "a:b\\x1b[m;handle:request;handle:request;json_decode 102400\n"
				  "a:b\\x1b[m;[unknown]+0x7f00 98304\n"
				  "a:b\\x1b[m;[other stacks] 4096\n");
	free(text);
	call_sites_unref(sites);
}

/* Of code without a name its module's last part, and where in that. */
static void code_without_a_name_is_a_place(void **state)
{
	const struct code_frame frames[] = {
		{.address = 1, .module = "/lib/x/li;b.so", .offset = 0x10},
		{.address = 2, .module = "nowhere", .offset = 0},
		{.address = 3, .module = "/", .offset = 0xabc},
	};
	const struct called_stack stack = {frames, 3, 0, 0, CALL_STACK_UNWOUND, 5};
	struct called_stack stacks[] = {stack};
	const struct call_sites sites = {.stacks = stacks, .stack_count = 1};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	assert_int_equal(folded_write(stream, "", &sites), 0);
	fclose(stream);
	assert_string_equal(text, ";+0xabc;nowhere+0x0;li:b.so+0x10 5\n");
	free(text);
}

static void a_stream_that_fails_is_an_error(void **state)
{
	struct call_sites *sites = sample_sites_create();
	FILE *full = fopen("/dev/full", "we");

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(folded_write(full, "a", sites), -EIO);
	fclose(full);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_is_a_line),
		cmocka_unit_test(code_without_a_name_is_a_place),
		cmocka_unit_test(a_stream_that_fails_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
