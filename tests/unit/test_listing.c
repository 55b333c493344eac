/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "app/listing.h"
#include "support/stage.h"
#include "ui/arrange.h"
#include "ui/processes/processes_pane.h"

#define PATIENCE_MS 20000

static void lists_come_while_the_list_is_shown(void **state)
{
	struct listing listing = {0};
	struct pollfd wait = {.events = POLLIN};
	const struct picker *picker;
	struct stage stage;

	(void)state;
	stage_open_empty(&stage, 80, 24, true);
	picker = &((struct processes_pane *)stage_pane(&stage, &processes_pane))->picker;
	listing_set_wanted(&listing, &stage.ui);
	assert_int_equal(listing_descriptor(&listing), -1);
	listing_take(&listing, &stage.ui);
	arrange_open(&stage.ui, &processes_pane);
	listing_set_wanted(&listing, &stage.ui);
	assert_true(listing.going);
	wait.fd = listing_descriptor(&listing);
	while (!picker->list && poll(&wait, 1, PATIENCE_MS) > 0)
		listing_take(&listing, &stage.ui);
	assert_non_null(picker->list);
	/* It is paused, and goes on. */
	arrange_close(&stage.ui, &processes_pane);
	listing_set_wanted(&listing, &stage.ui);
	assert_false(listing.going);
	arrange_open(&stage.ui, &processes_pane);
	assert_null(picker->list);
	listing_set_wanted(&listing, &stage.ui);
	while (!picker->list && poll(&wait, 1, PATIENCE_MS) > 0)
		listing_take(&listing, &stage.ui);
	assert_non_null(picker->list);
	listing_finish(&listing);
	stage_close(&stage);
}

static void the_first_list_is_waited_for(void **state)
{
	struct listing listing = {0};
	struct stage stage;

	(void)state;
	assert_int_equal(listing_wait(&listing), 0);
	stage_open_empty(&stage, 80, 24, true);
	arrange_open(&stage.ui, &processes_pane);
	listing_set_wanted(&listing, &stage.ui);
	assert_true(listing_descriptor(&listing) >= 0);
	stage_close(&stage);
	listing_finish(&listing);
	listing_finish(&listing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_come_while_the_list_is_shown),
		cmocka_unit_test(the_first_list_is_waited_for),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	return cmocka_run_group_tests_name("listing", tests, NULL, NULL);
}
