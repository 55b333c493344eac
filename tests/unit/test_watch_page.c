/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/options.h"
#include "app/watch_page.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/command/command.h"
#include "ui/pane/go_to_pane.h"

#define PATIENCE_MS 20000

static struct address_space *read_this_process(const struct options *options)
{
	const struct procfs_options procfs = {.root = options->procfs};
	struct address_space *space;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, getpid(), &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	source_destroy(source);
	return space;
}

static void go_to(struct stage *stage, const void *address)
{
	uint32_t keys[24] = {'g'};
	char digits[20];
	int length = snprintf(digits, sizeof(digits), "%" PRIxPTR, (uintptr_t)address);

	for (int i = 0; i < length; i++)
		keys[i + 1] = (unsigned char)digits[i];
	keys[length + 1] = KEY_RETURN;
	stage_press(stage, keys);
}

static void nothing_is_started_before_it_is_needed(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_page page = {.options = &options};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	watch_page_look(&page, &stage.ui);
	assert_null(page.looker);
	assert_int_equal(watch_page_descriptor(&page), -1);
	watch_page_take(&page, &stage.ui);
	assert_false(stage.ui.request.bits);
	watch_page_finish(&page);
	stage_close(&stage);
}

/* Asks, waits, and returns what the pane knows then. */
static const struct page_facts *look(struct watch_page *page, struct stage *stage)
{
	const struct go_to_pane *pane = (const struct go_to_pane *)stage_pane(stage, &go_to_pane);
	struct pollfd wait = {.events = POLLIN};

	watch_page_look(page, &stage->ui);
	wait.fd = watch_page_descriptor(page);
	assert_true(wait.fd >= 0);
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	watch_page_take(page, &stage->ui);
	assert_true(stage->ui.request.bits & UI_DRAW);
	return &pane->located.page;
}

static void the_screen_gets_what_was_found(void **state)
{
	const struct options options = {.procfs = "/proc"};
	struct watch_page page = {.options = &options};
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	unsigned char *memory =
		mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct pollfd wait = {.events = POLLIN};
	const struct page_facts *facts;
	struct stage stage;

	(void)state;
	assert_true(memory != MAP_FAILED);
	memory[0] = 1;
	stage_open(&stage, read_this_process(&options), 80, 24, true);
	go_to(&stage, memory);
	facts = look(&page, &stage);
	if (facts->state == PAGE_UNKNOWN)
		skip();
	assert_int_equal(facts->state, PAGE_PRESENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	/* The same snapshot and address are not asked about again. */
	watch_page_look(&page, &stage.ui);
	wait.fd = watch_page_descriptor(&page);
	assert_int_equal(poll(&wait, 1, 0), 0);
	go_to(&stage, memory + size);
	facts = look(&page, &stage);
	assert_int_equal(facts->state, PAGE_ABSENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	/* With the next snapshot only the page is looked at. */
	memory[size] = 1;
	stage_add(&stage, read_this_process(&options), 1);
	facts = look(&page, &stage);
	assert_int_equal(facts->state, PAGE_PRESENT);
	assert_true(page_facts_has(facts->flags, "wr"));
	watch_page_finish(&page);
	stage_close(&stage);
	munmap(memory, 2 * size);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_started_before_it_is_needed),
		cmocka_unit_test(the_screen_gets_what_was_found),
	};

	if (access("/proc/self/smaps", R_OK) != 0) {
		puts("1..0 # SKIP /proc has no smaps");
		return 0;
	}
	return cmocka_run_group_tests_name("watch_page", tests, NULL, NULL);
}
