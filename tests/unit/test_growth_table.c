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
		.before = maps_space_create(NULL, "5000000-5100000 " RW " [heap]\n"
						  "7000000-7001000 " RW "\n"),
		.now = maps_space_create(NULL, "5000000-5300000 " RW " [heap]\n"
					       "7000000-7003000 " RW "\n"),
	};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	growth_table_write_growers(stream, &table);
	fclose(stream);
	assert_string_equal(text, "     GREW       SIZE  KIND          MAPPING\n"
				  "     2.0M       3.0M  heap          000005000000 [heap]\n"
				  "     8.0K        12K  anon          000007000000 \n");
	free(text);
	address_space_destroy((struct address_space *)table.before);
	address_space_destroy((struct address_space *)table.now);
}

/* What differs from the sample: of other code, more of it, and less that is known. */
static void what_is_not_known_is_said(void **state)
{
	const struct growth_balance balance = {0};
	struct call_sites *sites = sample_sites_create();
	struct address_space *space = maps_space_create(NULL, "5000000-5100000 " RW " [heap]\n");
	const struct growth_table table = {
		.before = space, .now = space, .sites = sites, .balance = &balance, .ascii = true};
	struct code_frame nameless = {.module = "/lib/libx.so", .offset = 0x12};
	struct call_site *many = memory_alloc(41 * sizeof(*many));
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	for (size_t i = 0; i < 41; i++)
		many[i] = (struct call_site){
			.frame = &nameless, .stack = CALL_SITES_NONE, .bytes = 4096};
	free(sites->sites);
	sites->sites = many;
	sites->site_count = 41;
	sites->bytes = 41 * UINT64_C(4096);
	sites->listening.lost = 5;
	sites->listening.slowdown = -1;
	growth_table_write(stream, &table);
	fclose(stream);
	golden_check("growth_table_many", text);
	free(text);
	address_space_destroy(space);
	call_sites_unref(sites);
}

static void that_nothing_grew_is_said(void **state)
{
	struct address_space *space = maps_space_create(NULL, "5000000-5100000 " RW " [heap]\n");
	const struct growth_table table = {.before = space, .now = space};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	(void)state;
	growth_table_write_growers(stream, &table);
	fclose(stream);
	assert_string_equal(text, "     GREW       SIZE  KIND          MAPPING\n"
				  "no mapping grew\n");
	free(text);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_site_is_a_line),
		cmocka_unit_test(mappings_that_grew_are_lines),
		cmocka_unit_test(what_is_not_known_is_said),
		cmocka_unit_test(that_nothing_grew_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
