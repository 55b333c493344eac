/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "fake_musl.h"
#include "inside/heap_memory.h"
#include "inside/memory_window.h"

#define START   UINT64_C(0x10000)
#define PAGES   4
#define AREA    (START + 2 * FAKE_PAGE)
#define CONTEXT (START + 0x9c0)

struct fixture {
	struct fake_memory memory;
	struct memory_window window;
	struct heap_range data, writable;
	struct heap_memory heap;
	struct fake_musl musl;
};

static void begin(struct fixture *fixture, unsigned word, bool has_page_size)
{
	*fixture = (struct fixture){.data = {START, START + FAKE_PAGE},
				    .writable = {START, START + PAGES * FAKE_PAGE},
				    .musl = {CONTEXT, AREA, has_page_size}};
	fake_memory_init(&fixture->memory, START, PAGES, word);
	memory_window_init(&fixture->window, &fixture->memory.reader, word, PAGES);
	fixture->heap = (struct heap_memory){.reader = &fixture->memory.reader,
					     .word = word,
					     .data = {&fixture->data, 1},
					     .writable = {&fixture->writable, 1}};
	fake_musl_put(&fixture->memory, &fixture->musl, 4);
}

static void end(struct fixture *fixture)
{
	memory_window_finish(&fixture->window);
	fake_memory_finish(&fixture->memory);
}

static int find(struct fixture *fixture, uint64_t symbol, struct musl_context *ret_context)
{
	return musl_context_find(&fixture->window, &fixture->heap, symbol, ret_context);
}

static void check(unsigned word, bool has_page_size)
{
	struct fixture fixture;
	struct musl_context context;

	begin(&fixture, word, has_page_size);
	assert_int_equal(find(&fixture, 0, &context), 0);
	assert_int_equal(context.address, CONTEXT);
	assert_int_equal(context.secret, FAKE_SECRET);
	assert_int_equal(context.areas, AREA);
	assert_int_equal(context.end, CONTEXT + 16 + (has_page_size ? word : 0) + 56 * word);
	assert_int_equal(find(&fixture, CONTEXT, &context), 0);
	end(&fixture);
}

static void found_without_symbols(void **state)
{
	(void)state;
	check(8, false);
	check(8, true);
	check(4, false);
	check(4, true);
}

static void a_symbol_is_believed_no_more_than_what_is_found(void **state)
{
	struct fixture fixture;
	struct musl_context context;

	(void)state;
	begin(&fixture, 8, false);
	assert_int_equal(find(&fixture, CONTEXT + 8, &context), -ENOENT);
	assert_int_equal(find(&fixture, START - FAKE_PAGE, &context), -ENOENT);
	end(&fixture);
}

static void areas_have_the_secret(void **state)
{
	struct fixture fixture;
	struct musl_context context;

	(void)state;
	begin(&fixture, 8, false);
	fake_memory_put(&fixture.memory, AREA, FAKE_SECRET + 1);
	assert_int_equal(find(&fixture, 0, &context), -ENOENT);
	end(&fixture);
	/* The last one, too. */
	begin(&fixture, 8, false);
	fake_memory_put(&fixture.memory, fake_musl_words(&fixture.memory, &fixture.musl) + 6 * 8,
			AREA + FAKE_PAGE);
	assert_int_equal(find(&fixture, 0, &context), -ENOENT);
	end(&fixture);
}

static void groups_in_use_lie_in_areas(void **state)
{
	struct fixture fixture;
	struct musl_context context;
	uint64_t active;

	(void)state;
	begin(&fixture, 8, false);
	active = fake_musl_active(&fixture.memory, &fixture.musl, 47);
	fake_memory_put(&fixture.memory, active, fake_musl_meta(&fixture.memory, &fixture.musl, 2));
	assert_int_equal(find(&fixture, 0, &context), 0);
	fake_memory_put(&fixture.memory, active, START + 0x40);
	memory_window_forget(&fixture.window);
	assert_int_equal(find(&fixture, 0, &context), -ENOENT);
	end(&fixture);
}

static void before_the_first_malloc_there_is_none(void **state)
{
	struct fixture fixture;
	struct musl_context context;

	(void)state;
	begin(&fixture, 8, false);
	memset(fixture.memory.bytes, 0, PAGES * FAKE_PAGE);
	assert_int_equal(find(&fixture, 0, &context), -ENOENT);
	assert_int_equal(find(&fixture, CONTEXT, &context), -ENOENT);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_without_symbols),
		cmocka_unit_test(a_symbol_is_believed_no_more_than_what_is_found),
		cmocka_unit_test(areas_have_the_secret),
		cmocka_unit_test(groups_in_use_lie_in_areas),
		cmocka_unit_test(before_the_first_malloc_there_is_none),
	};

	return cmocka_run_group_tests_name("musl_context", tests, NULL, NULL);
}
