/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fake_memory.h"
#include "inside/heap_pages.h"
#include "inside/memory_window.h"

#define START UINT64_C(0x7f0000000000)
#define PAGES 16

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct heap_pages pages;
};

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){0};
	fake_memory_init(&fixture->memory, START, PAGES, 8);
	memory_window_init(&fixture->window, &fixture->memory.reader, 8, PAGES);
}

static void end(struct fixture *fixture)
{
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static void a_free_chunk_keeps_its_links(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	/* From a page's beginning: that page holds the links. */
	heap_pages_free(&fixture.pages, &fixture.window, START, START + 3 * FAKE_PAGE, 48);
	assert_int_equal(fixture.pages.free, 2 * FAKE_PAGE);
	/* From 48 bytes before it. */
	heap_pages_free(&fixture.pages, &fixture.window, START + 4 * FAKE_PAGE - 48,
			START + 6 * FAKE_PAGE + 8, 48);
	assert_int_equal(fixture.pages.free, 4 * FAKE_PAGE);
	heap_pages_free(&fixture.pages, &fixture.window, START + 8 * FAKE_PAGE - 32,
			START + 9 * FAKE_PAGE - 16, 48);
	assert_int_equal(fixture.pages.free, 4 * FAKE_PAGE);
	end(&fixture);
}

static void absent_pages_are_not_given_back(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	fixture.memory.absent[2] = true;
	heap_pages_free(&fixture.pages, &fixture.window, START, START + 5 * FAKE_PAGE, 48);
	assert_int_equal(fixture.pages.free, 3 * FAKE_PAGE);
	end(&fixture);
}

static void one_small_chunk_pins_a_page(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x100, START + 0x120);
	/* Two in one page are not one, and a large one is not small. */
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x1100, START + 0x1120);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x1200, START + 0x1220);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x2000, START + 0x2200);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x3000, START + 0x3100);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, 2 * FAKE_PAGE);
	end(&fixture);
}

static void a_chunk_over_several_pages_fills_those_between(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0xff0, START + 0x4010);
	heap_pages_end(&fixture.pages, &fixture.window);
	/* The first and the last one it only touches. */
	assert_int_equal(fixture.pages.pinned, 2 * FAKE_PAGE);
	/* It touches the last page with one byte, or ends before it. */
	fixture.pages = (struct heap_pages){0};
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x6ff0, START + 0x9001);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, 2 * FAKE_PAGE);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0xaff0, START + 0xc000);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, 3 * FAKE_PAGE);
	end(&fixture);
}

static void what_is_small_has_a_limit(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	heap_pages_use(&fixture.pages, &fixture.window, START, START + 256);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, FAKE_PAGE);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x1000, START + 0x1000 + 257);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, FAKE_PAGE);
	/* It is over with the page that was before; what is not in memory is not pinned. */
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x1200, START + 0x1210);
	heap_pages_end(&fixture.pages, &fixture.window);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, 2 * FAKE_PAGE);
	fixture.memory.absent[2] = true;
	memory_window_forget(&fixture.window);
	heap_pages_use(&fixture.pages, &fixture.window, START + 0x2000, START + 0x2010);
	heap_pages_end(&fixture.pages, &fixture.window);
	assert_int_equal(fixture.pages.pinned, 2 * FAKE_PAGE);
	end(&fixture);
}

/* Returns what is in memory of a free chunk, which takes back whole pages alone. */
static void free_bytes_are_those_in_memory(void **state)
{
	static const struct {
		uint64_t start, end, kept, pages, bytes;
	} cases[] = {
		{0, 0x1000, 0, 1, 0x1000},
		{0, 0x1000, 1, 0, 0x1000},
		{0, 0xfff, 0, 0, 0xfff},
		{1, 0x2000, 0, 1, 0x1fff},
		{0xfd0, 0x2000, 48, 1, 0x1030},
		{0xfd1, 0x2000, 48, 0, 0x102f},
		/* The page at 0x3000 is absent. */
		{0x2000, 0x5000, 0, 2, 0x2000},
		{0x3000, 0x4000, 0, 0, 0},
		{0x3000, 0x4000, 1, 0, 0x1000},
		{0x2fff, 0x4001, 0, 0, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		begin(&fixture);
		fixture.memory.absent[3] = true;
		assert_int_equal(heap_pages_free(&fixture.pages, &fixture.window,
						 START + cases[i].start, START + cases[i].end,
						 cases[i].kept),
				 cases[i].bytes);
		assert_int_equal(fixture.pages.free, cases[i].pages * FAKE_PAGE);
		end(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_free_chunk_keeps_its_links),
		cmocka_unit_test(absent_pages_are_not_given_back),
		cmocka_unit_test(one_small_chunk_pins_a_page),
		cmocka_unit_test(a_chunk_over_several_pages_fills_those_between),
		cmocka_unit_test(what_is_small_has_a_limit),
		cmocka_unit_test(free_bytes_are_those_in_memory),
	};

	return cmocka_run_group_tests_name("heap_pages", tests, NULL, NULL);
}
