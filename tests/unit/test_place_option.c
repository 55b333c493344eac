/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "app/message.h"
#include "app/options.h"
#include "app/place_option.h"
#include "model/address_space.h"
#include "support/capture.h"
#include "support/sample.h"

static void an_expression_means_an_address(void **state)
{
	struct address_space *space = sample_python();
	const struct options options = {.procfs = "/proc", .place = "heap+0x10"};
	uint64_t address = 0;

	(void)state;
	assert_int_equal(place_option_find(&options, space, "bytes", &address), EXIT_DONE);
	assert_int_equal(address, 0x55b5f7c8d010);
	address_space_destroy(space);
}

static void a_mistake_names_the_option(void **state)
{
	struct address_space *space = sample_python();
	const struct options options = {.procfs = "/no/such", .place = "hepa+1\n\033"};
	uint64_t address = 7;
	struct capture capture;
	char *said;

	(void)state;
	capture_begin(&capture, 2);
	assert_int_equal(place_option_find(&options, space, "bytes", &address), EXIT_USAGE);
	said = capture_end(&capture);
	assert_string_equal(said, "vastop: --bytes='hepa+1\\n\\x1b': Unknown name: 'hepa'; did you "
				  "mean heap?\n");
	assert_int_equal(address, 7);
	free(said);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_expression_means_an_address),
		cmocka_unit_test(a_mistake_names_the_option),
	};

	return cmocka_run_group_tests_name("place_option", tests, NULL, NULL);
}
