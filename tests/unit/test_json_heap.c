/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside/heap_usage.h"
#include "json_written.h"
#include "report/json_heap.h"

static void an_arena_says_what_it_holds(void **state)
{
	struct heap_arena arena = {
		.address = 0x7f10c60,
		.is_main = true,
		.system = 1000,
		.used = 500,
		.free = 200,
		.top = 299,
		.unknown = 1,
		.used_chunks = 7,
		.free_chunks = 2,
		.largest_free = 150,
		.cached = 64,
		.cached_chunks = 2,
		.resident_free = 4096,
		.pinned = 8192,
	};
	const struct heap_usage heap = {
		.arenas = &arena, .count = 1, .mapped = 12288, .mapped_chunks = 1};
	struct json_written written;

	(void)state;
	json_writer_object(json_written_start(&written, false), NULL);
	json_heap_write(&written.writer, "glibc", &heap);
	json_writer_end(&written.writer);
	json_written_expect(&written,
			    "{\"heap\":{\"allocator\":\"glibc\",\"certain\":0.999,\"arenas\":[{"
			    "\"address\":\"0x7f10c60\",\"main\":true,\"system\":1000,\"used\":500,"
			    "\"free\":200,\"top\":299,\"unknown\":1,\"largest_free\":150,"
			    "\"used_chunks\":7,\"free_chunks\":2,\"cached\":64,\"cached_chunks\":2,"
			    "\"resident_free\":4096,\"pinned\":8192}],\"mapped\":12288,"
			    "\"mapped_chunks\":1}}\n");
}

static void what_is_not_known_is_null(void **state)
{
	struct json_written written;

	(void)state;
	json_writer_object(json_written_start(&written, false), NULL);
	json_heap_write(&written.writer, "jemalloc", NULL);
	json_writer_end(&written.writer);
	json_written_expect(&written, "{\"heap\":{\"allocator\":\"jemalloc\",\"certain\":null,"
				      "\"arenas\":null,\"mapped\":null,"
				      "\"mapped_chunks\":null}}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_says_what_it_holds),
		cmocka_unit_test(what_is_not_known_is_null),
	};

	return cmocka_run_group_tests_name("json_heap", tests, NULL, NULL);
}
