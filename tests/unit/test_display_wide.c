/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "maps_space.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"

/* Screens that are wide enough for all columns, and with letters for colours. */

static void all_columns_have_room(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python_without(0x7f83a9100000), 150, 24, true);
	stage_scan(&stage, true);
	stage.ui.host.letters = true;
	trace_begin(&trace, &stage);
	stage_add(&stage, sample_python_grown(1 << 18), 1);
	trace_note(&trace, "one came, one grew");
	stage_scan(&stage, true);
	trace_note(&trace, "which is scanned");
	stage_add(&stage, sample_python_without(0x7fff7725a000), 2);
	trace_note(&trace, "one came back, one went");
	trace_steps(&trace, "+ + Home Down Down o PgDn c c c c c t o t PgDn");
	trace_end(&trace, "display_wide_letters");
	stage_close(&stage);
}

static void what_a_filter_hides_is_counted(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 124, 22, true);
	stage_scan(&stage, true);
	trace_run(&stage,
		  "=fkind:rodata Enter f Down Down Enter Backspace t Down t c c c + + o Esc =flibc "
		  "Enter f "
		  "s Down s Esc =fowner:program Enter =/perm:rw Enter n n t",
		  "display_wide_filters");
	stage_close(&stage);
}

static const char deleted[] = "10000000-10010000 r-xp 00000000 08:01 77 /lib/old.so (deleted)\n"
			      "10010000-10020000 rw-p 00010000 08:01 77 /lib/old.so (deleted)\n"
			      "20000000-20100000 rw-s 00000000 00:05 9 /memfd:pool (deleted)\n"
			      "20200000-20300000 rw-s 00000000 00:05 8 /SYSV00000000 (deleted)\n"
			      "20400000-20500000 rw-s 00000000 00:05 7 /dev/zero (deleted)\n"
			      "20600000-20700000 rwxp 00000000 00:00 0 [anon:jit code]\n"
			      "20800000-20900000 rw-s 00000000 00:05 6 /dev/shm/x (deleted)\n"
			      "20a00000-20b00000 ---p 00000000 00:00 0 \n"
			      "20b00000-20c00000 rw-p 00000000 00:00 0 \n"
			      "20d00000-20d01000 rw-s 00000000 00:06 5 /dev/dri/card0\n"
			      "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n";

static void names_of_all_sorts(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, maps_space_create(NULL, deleted), 110, 26, true);
	trace_run(&stage,
		  "t Down Down Down Down Down Down ] ] ] ] t Home Enter + + c c c c c =fdeleted "
		  "Enter f Esc "
		  "=/jit Enter I Esc B Esc g =10000010 Enter g =pool+4096 Enter",
		  "display_wide_names");
	stage_close(&stage);
}

/* News of all sorts, with each pane open in turn. */
static void news_are_shown_in_each_pane(void **state)
{
	static const uint32_t keys[] = {'u', 'd', 'e', 'v', 'B', '!', 'H', 'I', 't', 'D', 'A', '?'};
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 100, 22, true);
	trace_begin(&trace, &stage);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const int second = 4 * (int)i + 1;

		stage_press(&stage, (const uint32_t[]){keys[i], 0});
		trace_note(&trace, "a pane");
		stage_pulse(&stage, 0x1fa000 + i * 4096, 61026304 + i * 8192, second * 1000);
		trace_note(&trace, "a pulse");
		stage_add(&stage, sample_python_grown(i * 4096), second + 1);
		trace_note(&trace, "a sample");
		stage_scan(&stage, i % 2);
		trace_note(&trace, "what is in memory");
		stage_add(&stage, sample_python_grown(i * 4096), second + 2);
		trace_note(&trace, "the same list");
		stage_press(&stage, (const uint32_t[]){27, 0});
		trace_note(&trace, "left");
	}
	trace_end(&trace, "display_wide_news");
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_columns_have_room),
		cmocka_unit_test(what_a_filter_hides_is_counted),
		cmocka_unit_test(names_of_all_sorts),
		cmocka_unit_test(news_are_shown_in_each_pane),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("display_wide", tests, NULL, NULL);
}
