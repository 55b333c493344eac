/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <poll.h>
#include <string.h>

#include "app/options.h"
#include "app/watch_probes.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

/* Each pane that asks has a descriptor then, and what comes is drawn. */
static void what_is_asked_for_comes_to_the_screen(void **state)
{
	const struct options options = {.procfs = "/nowhere"};
	struct pollfd waits[WATCH_PROBES] = {0};
	int descriptors[WATCH_PROBES], started = 0;
	struct watch_probes probes;
	struct stage stage;

	(void)state;
	watch_probes_init(&probes, &options);
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_probes_look(&probes, &stage.ui);
	watch_probes_descriptors(&probes, descriptors);
	for (int i = 0; i < WATCH_PROBES; i++)
		assert_int_equal(descriptors[i], -1);
	watch_probes_take(&probes, &stage.ui);
	assert_false(stage.ui.request.bits);
	stage_press(&stage, (uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, 'B', 0});
	watch_probes_look(&probes, &stage.ui);
	watch_probes_descriptors(&probes, descriptors);
	for (int i = 0; i < WATCH_PROBES; i++) {
		waits[i] = (struct pollfd){.fd = descriptors[i], .events = POLLIN};
		started += descriptors[i] >= 0;
	}
	assert_true(started >= 1);
	assert_true(poll(waits, WATCH_PROBES, 20000) > 0);
	watch_probes_take(&probes, &stage.ui);
	assert_true(stage.ui.request.bits & UI_DRAW);
	watch_probes_finish(&probes);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_asked_for_comes_to_the_screen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("watch_probes", tests, NULL, NULL);
}
