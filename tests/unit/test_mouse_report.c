/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "term/mouse_report.h"

static void assert_press(const struct mouse *mouse, enum mouse_button button, unsigned modifiers,
			 int column, int line)
{
	assert_int_equal(mouse->button, button);
	assert_int_equal(mouse->modifiers, modifiers);
	assert_int_equal(mouse->column, column);
	assert_int_equal(mouse->line, line);
	assert_int_equal(mouse->clicks, 1);
}

static void presses_are_read(void **state)
{
	static const struct {
		const char *parameters;
		enum mouse_button button;
		unsigned modifiers;
		int column, line;
	} reports[] = {
		{"0;1;1", MOUSE_LEFT, 0, 0, 0},
		{"1;10;5", MOUSE_MIDDLE, 0, 9, 4},
		{"2;300;200", MOUSE_RIGHT, 0, 299, 199},
		{"64;2;3", MOUSE_WHEEL_UP, 0, 1, 2},
		{"65;2;3", MOUSE_WHEEL_DOWN, 0, 1, 2},
		{"81;2;3", MOUSE_WHEEL_DOWN, MOUSE_CTRL, 1, 2},
		{"4;1;1", MOUSE_LEFT, MOUSE_SHIFT, 0, 0},
		{"30;1;1", MOUSE_RIGHT, MOUSE_SHIFT | MOUSE_ALT | MOUSE_CTRL, 0, 0},
		{"0;65535;65535", MOUSE_LEFT, 0, 65534, 65534},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		const char *parameters = reports[i].parameters;
		struct mouse mouse;

		assert_true(mouse_report_parse(parameters, strlen(parameters), &mouse));
		assert_press(&mouse, reports[i].button, reports[i].modifiers, reports[i].column,
			     reports[i].line);
	}
}

static void what_is_no_press_is_refused(void **state)
{
	static const char *const reports[] = {
		"",
		"0",
		"0;",
		"0;1",
		"0;1;",
		"0;0;1",
		"0;1;0",
		"0;1;1;",
		"0;1;1 ",
		"0;1;1;1",
		";1;1",
		"-1;1;1",
		"3;1;1",
		"32;1;1",
		"66;1;1",
		"67;1;1",
		"128;1;1",
		"0:1:1",
		"<0;1",
		"0;1;+1",
		"0;1 ;1",
		"0;65536;1",
		"0;1;65536",
		"18446744073709551616;1;1",
		"0;18446744073709551617;1",
	};
	struct mouse mouse, before;

	(void)state;
	memset(&mouse, 0x55, sizeof(mouse));
	before = mouse;
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		assert_false(mouse_report_parse(reports[i], strlen(reports[i]), &mouse));
		assert_memory_equal(&mouse, &before, sizeof(mouse));
	}
}

static void the_older_encoding_is_read(void **state)
{
	struct mouse mouse;

	(void)state;
	assert_true(mouse_report_parse_bytes((const unsigned char *)" *%", &mouse));
	assert_press(&mouse, MOUSE_LEFT, 0, 9, 4);
	assert_true(mouse_report_parse_bytes((const unsigned char *)"q!!", &mouse));
	assert_press(&mouse, MOUSE_WHEEL_DOWN, MOUSE_CTRL, 0, 0);
	assert_true(mouse_report_parse_bytes((const unsigned char *)"\"\xff\x80", &mouse));
	assert_press(&mouse, MOUSE_RIGHT, 0, 222, 95);
	/* A release, cell 0, and bytes that are no numbers. */
	assert_false(mouse_report_parse_bytes((const unsigned char *)"#!!", &mouse));
	assert_false(mouse_report_parse_bytes((const unsigned char *)"  !", &mouse));
	assert_false(mouse_report_parse_bytes((const unsigned char *)" \033[", &mouse));
}

#define MS INT64_C(1000000)

static int press(struct mouse_clicks *clicks, struct mouse mouse, int64_t ms)
{
	/* Clocks may begin anywhere. */
	mouse_clicks_count(clicks, &mouse, ms * MS + 12345);
	return mouse.clicks;
}

static void second_clicks_are_told(void **state)
{
	const struct mouse left = {MOUSE_LEFT, 0, 3, 4, 1}, right = {MOUSE_RIGHT, 0, 3, 4, 1};
	const struct mouse beside = {MOUSE_LEFT, 0, 4, 4, 1}, below = {MOUSE_LEFT, 0, 3, 5, 1};
	const struct mouse shifted = {MOUSE_LEFT, MOUSE_SHIFT, 3, 4, 1};
	const struct mouse wheel = {MOUSE_WHEEL_UP, 0, 3, 4, 1};
	struct mouse_clicks clicks = {0};

	(void)state;
	assert_int_equal(press(&clicks, (struct mouse){0}, 0), 1);
	assert_int_equal(press(&clicks, left, 10), 1);
	assert_int_equal(press(&clicks, left, 410), 2);
	/* A third is a first one again, a fourth a second. */
	assert_int_equal(press(&clicks, left, 420), 1);
	assert_int_equal(press(&clicks, left, 430), 2);
	assert_int_equal(press(&clicks, left, 500), 1);
	assert_int_equal(press(&clicks, left, 901), 1);
	assert_int_equal(press(&clicks, beside, 902), 1);
	assert_int_equal(press(&clicks, left, 903), 1);
	assert_int_equal(press(&clicks, below, 904), 1);
	assert_int_equal(press(&clicks, left, 905), 1);
	assert_int_equal(press(&clicks, right, 906), 1);
	assert_int_equal(press(&clicks, right, 907), 2);
	assert_int_equal(press(&clicks, left, 908), 1);
	assert_int_equal(press(&clicks, shifted, 909), 1);
	assert_int_equal(press(&clicks, wheel, 910), 1);
	assert_int_equal(press(&clicks, wheel, 911), 1);
	assert_int_equal(press(&clicks, left, 912), 1);
	assert_int_equal(press(&clicks, wheel, 913), 1);
	assert_int_equal(press(&clicks, left, 914), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(presses_are_read),
		cmocka_unit_test(what_is_no_press_is_refused),
		cmocka_unit_test(the_older_encoding_is_read),
		cmocka_unit_test(second_clicks_are_told),
	};

	return cmocka_run_group_tests_name("mouse_report", tests, NULL, NULL);
}
