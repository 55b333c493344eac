/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "maps_space.h"
#include "model/growth_balance.h"
#include "report/json_growth.h"
#include "sample_sites.h"
#include "support/golden.h"

static char *written(const struct call_sites *sites, const struct growth_balance *balance)
{
	struct address_space *space =
		maps_space_create(NULL, "5000000-5100000 rw-p 00000000 00:00 0 "
					"[heap]\n");
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	assert_int_equal(json_growth_write(stream, space, sites, balance), 0);
	fclose(stream);
	address_space_destroy(space);
	return text;
}

static void sites_have_all_their_fields(void **state)
{
	const struct growth_balance balance = {.known = true,
					       .mapped = 1000,
					       .unmapped = 10,
					       .rss = -5,
					       .swap_known = true,
					       .swap = 4,
					       .untouched = 7,
					       .gone = 8,
					       .swapped = 4};
	struct call_sites *sites = sample_sites_create();
	char *text = written(sites, &balance);

	(void)state;
	golden_check("json_growth", text);
	free(text);
	sites->sites[0].kinds[KIND_TEXT] = 1;
	sites->sites[0].kinds[KIND_VSYSCALL] = 2;
	text = written(sites, &balance);
	assert_non_null(strstr(text, "\"text\": 1,"));
	assert_non_null(strstr(text, "\"vsyscall\": 2\n"));
	free(text);
	call_sites_unref(sites);
}

static void what_is_not_known_is_null(void **state)
{
	struct call_sites *sites = sample_sites_create();
	char *text;

	(void)state;
	sites->listening.slowdown = sites->listening.kernel_share = -1;
	sites->site_count = 0;
	text = written(sites, &(struct growth_balance){0});
	golden_check("json_growth_unknown", text);
	free(text);
	call_sites_unref(sites);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sites_have_all_their_fields),
		cmocka_unit_test(what_is_not_known_is_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
