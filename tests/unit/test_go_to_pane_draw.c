/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/file_facts.h"
#include "model/usage.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/go_to_pane.h"

static const uint32_t to_libc[] = {'g', 'l', 'i', 'b', 'c', '+',        '0', 'x',
				   '2', 'a', '0', '0', '0', KEY_RETURN, 0};
static const uint32_t to_the_stack[] = {'g', 's', 't', 'a', 'c',        'k',
					'-', '6', '4', 'K', KEY_RETURN, 0};

/* Goes there on a screen of that size, and says what the file is. */
static void check(const uint32_t *keys, int columns, int lines, bool unicode, const char *name)
{
	const struct page_facts page = {PAGE_ABSENT, usage_flag_bit("gd"), 0, 0, 0};
	static const struct file_facts facts = {0x1d5000, true, 0x7f83aa53e000};
	struct stage stage;

	stage_open(&stage, sample_python(), columns, lines, unicode);
	stage_scan(&stage, false);
	stage_press(&stage, keys);
	go_to_pane_take_page(
		&stage.ui, ((struct go_to_pane *)stage_pane(&stage, &go_to_pane))->located.address,
		0, &page);
	if (go_to_pane_wanted(&stage.ui))
		go_to_pane_take_file(&stage.ui, go_to_pane_wanted(&stage.ui)->inode, 0xfe, 0,
				     &facts);
	ui_layout(&stage.ui);
	stage_check_panes(&stage, name);
	stage_close(&stage);
}

static void screens_of_all_sizes(void **state)
{
	(void)state;
	check(to_libc, 80, 24, true, "answer_80x24");
	check(to_libc, 160, 50, true, "answer_160x50");
	check(to_libc, 40, 12, false, "answer_40x12");
	check(to_the_stack, 80, 24, true, "answer_stack_80x24");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_of_all_sizes),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("go_to_pane_draw", tests, NULL, NULL);
}
