/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_is_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
