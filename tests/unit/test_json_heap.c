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

static void chunks_are_parts(void **state)
{
	struct heap_piece pieces[] = {{.start = 0x1000, .end = 0x1290, .use = HEAP_USE_USED},
				      {.start = 0x1290, .end = 0x1690, .use = HEAP_USE_FREE}};
	const struct heap_usage heap = {.pieces = pieces, .piece_count = 2};
	struct json_written written;

	(void)state;
	json_writer_array(json_written_start(&written, false), NULL);
	json_heap_write_parts(&written.writer, &heap);
	json_writer_end(&written.writer);
	json_written_expect(
		&written, "[{\"start\":\"0x1000\",\"end\":\"0x1290\",\"size\":656,"
			  "\"kind\":\"chunk\",\"name\":null,\"type\":\"used\",\"state\":null},"
			  "{\"start\":\"0x1290\",\"end\":\"0x1690\",\"size\":1024,"
			  "\"kind\":\"chunk\",\"name\":null,\"type\":\"free\",\"state\":null}]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_says_what_it_holds),
		cmocka_unit_test(what_is_not_known_is_null),
		cmocka_unit_test(chunks_are_parts),
	};

	return cmocka_run_group_tests_name("json_heap", tests, NULL, NULL);
}
