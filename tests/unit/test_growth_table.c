/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/growth_table.h"
#include "maps_space.h"
#include "model/growth_balance.h"
#include "sample_sites.h"
#include "support/golden.h"

#define RW "rw-p 00000000 00:00 0"

static void every_site_is_a_line(void **state)
{
	const struct growth_balance balance = {.known = true, .mapped = 1 << 20, .untouched = 4096};
	struct call_sites *sites = sample_sites_create();
	struct address_space *space = maps_space_create(NULL, "5000000-5100000 " RW " [heap]\n");
	const struct growth_table table = {
		.before = space, .now = space, .sites = sites, .balance = &balance};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	growth_table_write(stream, &table);
	fclose(stream);
	golden_check("growth_table", text);
	free(text);
	address_space_destroy(space);
	call_sites_unref(sites);
}

static void mappings_that_grew_are_lines(void **state)
{
	struct growth_table table = {
		.before = maps_space_create(NULL, "5000000-5100000 " RW " [heap]\n"),
		.now = maps_space_create(NULL, "5000000-5300000 " RW " [heap]\n"),
	};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	growth_table_write_growers(stream, &table);
	fclose(stream);
	assert_string_equal(text, "     GREW       SIZE  KIND          MAPPING\n"
				  "     2.0M       3.0M  heap          000005000000 [heap]\n");
	free(text);
	address_space_destroy((struct address_space *)table.before);
	address_space_destroy((struct address_space *)table.now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_site_is_a_line),
		cmocka_unit_test(mappings_that_grew_are_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
