/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_bytes.h"
#include "own_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/inside/inside_open.h"
#include "ui/inside/inside_pane.h"
#include "ui/pane/bytes_pane.h"

#define PATIENCE_MS 20000
#define CHUNK_SIZE  65536

static volatile unsigned char here[32]; /* some memory of this process */

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_bytes watched = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_bytes_look(&watched, &stage.ui);
	assert_null(watched.watch);
	assert_int_equal(watch_bytes_descriptor(&watched), -1);
	watch_bytes_take(&watched, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_bytes_finish(&watched);
	stage_close(&stage);
}

static void wait_for_answer(struct watch_bytes *watched, struct stage *stage)
{
	struct pollfd wait = {.events = POLLIN};

	watch_bytes_look(watched, &stage->ui);
	wait.fd = watch_bytes_descriptor(watched);
	assert_true(wait.fd >= 0);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_bytes_take(watched, &stage->ui);
}

static void the_screen_gets_the_bytes(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_bytes watched = {.options = &options};
	struct stage stage;
	uint8_t byte = 0;

	(void)state;
	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK))
		skip();
	here[5] = 77;
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage.ui.host.interval_ns = 1000000;
	bytes_pane_show(&stage.ui, (uintptr_t)here);
	ui_layout(&stage.ui);
	while (byte != 77) {
		const struct bytes_pane *pane =
			(const struct bytes_pane *)stage_pane(&stage, &bytes_pane);

		wait_for_answer(&watched, &stage);
		bytes_held_get(&pane->held, (uintptr_t)&here[5], &byte);
	}
	/* Closed, it asks for nothing. */
	stage_press(&stage, (uint32_t[]){KEY_ESC, 0});
	watch_bytes_look(&watched, &stage.ui);
	assert_int_equal(watched.question.pid, 0);
	watch_bytes_finish(&watched);
	stage_close(&stage);
}

/* While the pane of the bytes is closed, a chunk has its first ones. */
static void a_chunk_gets_its_first_bytes(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_bytes watched = {.options = &options};
	char *memory =
		mmap(NULL, CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct heap_piece piece = {.start = (uintptr_t)memory,
				   .end = (uintptr_t)memory + CHUNK_SIZE,
				   .use = HEAP_USE_USED};
	const struct heap_usage heap = {.pieces = &piece, .piece_count = 1};
	struct inside *inside;
	struct stage stage;

	(void)state;
	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK))
		skip();
	assert_true(memory != MAP_FAILED);
	strcpy(memory + 16, "sixteen further");
	stage_open(&stage, own_space_read(), 80, 24, true);
	stage.ui.host.interval_ns = 1000000;
	inside_open(&stage.ui, piece.start);
	inside = &((struct inside_pane *)stage_pane(&stage, &inside_pane))->inside;
	inside_use_heap(inside, &heap, true);
	inside_show(inside, piece.start);
	stage.ui.view.cursor = piece.start;
	ui_layout(&stage.ui);
	while (!inside->first.size)
		wait_for_answer(&watched, &stage);
	assert_true(inside->first.address == piece.start + 16);
	assert_false(inside->first.absent);
	assert_string_equal((const char *)inside->first.bytes, "sixteen further");
	watch_bytes_finish(&watched);
	stage_close(&stage);
	munmap(memory, CHUNK_SIZE);
}

static void the_screen_gets_why_there_are_none(void **state)
{
	const struct options options = {.procfs = "/nowhere"};
	struct watch_bytes watched = {.options = &options};
	struct bytes_pane *pane;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_press(&stage, (uint32_t[]){'g', 'h', 'e', 'a', 'p', KEY_RETURN, 'B', 0});
	pane = (struct bytes_pane *)stage_pane(&stage, &bytes_pane);
	wait_for_answer(&watched, &stage);
	assert_string_equal(text_string(&pane->refusal),
			    "Cannot read the memory of process 20712: it is recorded, and a "
			    "recording has no memory.");
	watch_bytes_finish(&watched);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(the_screen_gets_the_bytes),
		cmocka_unit_test(a_chunk_gets_its_first_bytes),
		cmocka_unit_test(the_screen_gets_why_there_are_none),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("watch_bytes", tests, NULL, NULL);
}
