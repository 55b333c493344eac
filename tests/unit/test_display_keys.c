/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/trace.h"

/* Ways through many panes, of processes that are not as the others that tests look at. */

static void stacks_within_a_mapping(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_stacks(2), 84, 22, true);
	stage_scan(&stage, true);
	trace_begin(&trace, &stage);
	trace_steps(&trace, "Up Up Up Enter Down Down Down Enter Backspace Backspace c c c c C C");
	stage_add(&stage, sample_stacks(3), 1);
	trace_note(&trace, "another stack");
	stage_scan(&stage, true);
	trace_note(&trace, "which is scanned");
	trace_steps(&trace,
		    "c t Down Down Down Enter Down Down Up ] ] Enter Enter Backspace e d Down "
		    "Enter t =fthread Enter f Esc =/20716 Enter n n Esc g =20716 Enter , . L");
	trace_end(&trace, "display_keys_stacks");
	stage_close(&stage);
}

static void names_that_are_hostile(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_hostile(), 66, 20, true);
	trace_run(&stage,
		  "Down Down t Down ] Enter Backspace t u v e d g =red Enter Enter =/red Enter",
		  "display_keys_hostile");
	stage_close(&stage);
}

static void nothing_at_all(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_empty(), 60, 16, true);
	stage_scan(&stage, true);
	trace_run(&stage,
		  "Down Up Enter ] t Down Enter t u Down Enter d Down e Up v c c I B H F Esc g "
		  "Esc / Esc n + s o D ! A",
		  "display_keys_empty");
	stage_close(&stage);
}

static void many_mappings(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_large(400), 72, 22, true);
	stage_scan(&stage, false);
	trace_begin(&trace, &stage);
	trace_steps(&trace,
		    "+ PgDn PgDn s s o End Enter Down + Backspace c Down c Down c c c c "
		    "=fkind:reserve Enter f Down Enter Backspace Esc t PgDn PgDn Enter S Right "
		    "S PgDn");
	stage_add(&stage, sample_large(390), 1);
	trace_note(&trace, "ten are gone");
	trace_steps(&trace, "t c e Tab Up d Home Down Enter m");
	trace_end(&trace, "display_keys_large");
	stage_close(&stage);
}

static void a_core_file(void **state)
{
	struct address_space *space = sample_python();
	struct stage stage;

	(void)state;
	space->target.is_core = true;
	space->target.death = (struct target_death){
		.signal = 11, .has_code = true, .code = 1, .has_address = true, .address = 0x10};
	stage_open(&stage, space, 80, 20, true);
	stage.status.recorded = true;
	trace_run(&stage,
		  "] ] End ] Home t End Down ] ! Down Enter u Esc H g =10 Enter m , Space < r "
		  "U p",
		  "display_keys_core");
	stage_close(&stage);
}

static void a_process_that_ended(void **state)
{
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 20, true);
	stage_add(&stage, sample_python_grown(1 << 16), 1);
	stage_scan(&stage, true);
	stage.ui.shown.ended = true;
	stage.status.ended = true;
	stage.status.banner = "It has ended";
	trace_begin(&trace, &stage);
	trace_steps(
		&trace,
		"Down I Backspace B R B H H Space , , . L U F Esc d Enter v v c c m < > T M w w "
		"w Ctrl-L i");
	trace_end(&trace, "display_keys_ended");
	stage_close(&stage);
}

/* Another program in the same process: nothing of the one before is left in any pane. */
static void another_program(void **state)
{
	static const uint32_t keys[] = {'u', 'd', 'e', 'B', '!', 'H', 'v', 'I', 't', 'A', 'D'};
	struct trace trace;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 76, 20, true);
	stage_scan(&stage, true);
	trace_begin(&trace, &stage);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct address_space *space = i % 2 ? sample_python() : sample_large(20);

		stage_press(&stage, (const uint32_t[]){keys[i], 0});
		stage_draw(&stage);
		trace_note(&trace, "a pane");
		space->target.start_stack += 4096 * (i + 1);
		stage_add(&stage, space, (int)i + 1);
		trace_note(&trace, "another program");
		stage_press(&stage, (const uint32_t[]){KEY_ESC, 0});
		stage_draw(&stage);
	}
	trace_end(&trace, "display_keys_exec");
	stage_close(&stage);
}

/* What is wrong with a line stands beside it, or above it where it has no room. */
static void a_mistake_stands_by_its_line(void **state)
{
	static const struct {
		int columns, above;
	} sizes[] = {{60, 0}, {46, 1}, {40, 2}};
	struct stage stage;
	int column, line;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		stage_open(&stage, sample_python(), sizes[i].columns, 16, true);
		stage_press(&stage, (const uint32_t[]){'/', '(', KEY_RETURN, 0});
		assert_non_null(stage.ui.line.asking);
		stage.status.message = stage.ui.message.text;
		assert_true(stage_find(&stage, "missing closing", &column, &line));
		assert_int_equal(line, 15 - sizes[i].above);
		stage_close(&stage);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_within_a_mapping),
		cmocka_unit_test(names_that_are_hostile),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(many_mappings),
		cmocka_unit_test(a_core_file),
		cmocka_unit_test(a_process_that_ended),
		cmocka_unit_test(another_program),
		cmocka_unit_test(a_mistake_stands_by_its_line),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("display_keys", tests, NULL, NULL);
}
