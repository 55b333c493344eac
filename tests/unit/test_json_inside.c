/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "model/address_space.h"
#include "model/page_pieces.h"
#include "report/json_inside.h"
#include "support/golden.h"
#include "support/sample.h"

static void parts_are_written_as_they_come(void **state)
{
	struct page_sums one = {.known = 4096, .of[PAGES_ANON] = 4096};
	struct page_sums two = {.known = 8192, .of[PAGES_FILE] = 4096, .of[PAGES_SWAPPED] = 4096};
	const struct json_inside_part parts[] = {
		{0x55b5c41f4000, 0x55b5c41f4010, "section", ".data", "data", &one},
		{0x55b5c41f4000, 0x55b5c41f4004, "symbol", "a\xff\n", "variable", &two},
		{0x55b5c41f4004, 0x55b5c41f4010, "pages", NULL, NULL, NULL},
	};
	struct address_space *space = sample_python();
	char *written;
	size_t length;
	FILE *stream = open_memstream(&written, &length);
	struct json_inside *json = json_inside_begin(stream, space, 4, NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		json_inside_add(json, &parts[i]);
	assert_int_equal(json_inside_end(json), 0);
	fclose(stream);
	golden_check("json_inside", written);
	free(written);
	address_space_destroy(space);
}

static void a_full_disk_is_an_error(void **state)
{
	struct address_space *space = sample_python();
	FILE *full = fopen("/dev/full", "we");
	struct json_inside *json;

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	json = json_inside_begin(full, space, 4, NULL, NULL);
	assert_true(json_inside_end(json) < 0);
	fclose(full);
	address_space_destroy(space);
}

static void states_are_words(void **state)
{
	struct page_sums sums = {.known = 4096, .of[PAGES_GUARD] = 4096};
	struct json_inside_part part = {0, 4096, "pages", NULL, NULL, &sums};

	(void)state;
	assert_string_equal(json_inside_state(&part), "guard");
	sums.of[PAGES_ZERO] = sums.known;
	sums.known *= 2;
	assert_string_equal(json_inside_state(&part), "mixed");
	sums.known = 0;
	assert_null(json_inside_state(&part));
	part.sums = NULL;
	assert_null(json_inside_state(&part));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_written_as_they_come),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(states_are_words),
	};

	return cmocka_run_group_tests_name("json_inside", tests, NULL, NULL);
}
