/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <locale.h>

#include "app/message.h"
#include "app/options.h"
#include "app/replay_once.h"
#include "recording_made.h"
#include "support/capture.h"

/* What it writes to the descriptor. */
static char *run(const struct options *options, int descriptor, int status)
{
	struct capture capture;
	int is;

	capture_begin(&capture, descriptor);
	is = replay_once_run(options);
	assert_int_equal(is, status);
	return capture_end(&capture);
}

static void json_is_that_of_the_sample(void **state)
{
	struct options options = {.action = ACTION_ONCE, .format = FORMAT_JSON};
	struct recording_place place;
	char argument[160], *text;
	json_t *document;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	snprintf(argument, sizeof(argument), "%s@+2s", place.path);
	options.replay = argument;
	text = run(&options, 1, EXIT_DONE);
	document = json_loads(text, 0, NULL);
	assert_non_null(document);
	assert_string_equal(json_string_value(json_object_get(document, "time")),
			    "2026-11-29T19:26:42.000Z");
	assert_string_equal(json_string_value(json_object_get(document, "usage_source")), "none");
	json_decref(document);
	free(text);
	recording_place_remove(&place);
}

static void the_picture_says_where_it_is_from(void **state)
{
	struct options options = {
		.action = ACTION_ONCE, .width = 80, .height = 24, .colour = COLOUR_NEVER};
	struct recording_place place;
	char *text;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	options.replay = place.path;
	text = run(&options, 1, EXIT_DONE);
	assert_non_null(strstr(text, "[heap]"));
	assert_non_null(strstr(text, "  Linux "));
	free(text);
	recording_place_remove(&place);
}

static void what_cannot_be_read_is_said(void **state)
{
	const struct options options = {.action = ACTION_ONCE, .replay = "/dev/null"};
	char *text;

	(void)state;
	text = run(&options, 2, EXIT_TROUBLE);
	assert_non_null(strstr(text, "cannot show /dev/null"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_that_of_the_sample),
		cmocka_unit_test(the_picture_says_where_it_is_from),
		cmocka_unit_test(what_cannot_be_read_is_said),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests_name("replay_once", tests, NULL, NULL);
}
