/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "inside/heap_usage.h"
#include "json_written.h"
#include "model/heap_keeper.h"
#include "model/target.h"
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
	const struct heap_usage heap = {.allocator = ALLOCATOR_GLIBC,
					.arenas = &arena,
					.count = 1,
					.mapped = 12288,
					.mapped_chunks = 1};
	const struct heap_keeper keepers[] = {{"java-heap", "java heap", "jcmd", 4096},
					      {"snmalloc", "snmalloc", NULL, TARGET_UNKNOWN}};
	struct json_written written;

	(void)state;
	arena.free_by_class[5] = 50;
	arena.free_by_class[7] = 150;
	json_writer_object(json_written_start(&written, false), NULL);
	json_heap_write(&written.writer, &(struct json_heap){.allocator = "glibc",
							     .ask = "malloc_stats()",
							     .keepers = keepers,
							     .keeper_count = 2,
							     .usage = &heap});
	json_writer_end(&written.writer);
	json_written_expect(
		&written,
		"{\"heap\":{\"allocator\":\"glibc\",\"ask\":\"malloc_stats()\","
		"\"others\":[{\"name\":\"java-heap\",\"size\":4096,\"ask\":\"jcmd\"},"
		"{\"name\":\"snmalloc\",\"size\":null,\"ask\":null}],"
		"\"arenas_of\":\"glibc\",\"certain\":0.999,\"arenas\":[{"
		"\"address\":\"0x7f10c60\",\"main\":true,\"system\":1000,\"used\":500,"
		"\"free\":200,\"top\":299,\"unknown\":1,\"largest_free\":150,"
		"\"used_chunks\":7,\"free_chunks\":2,\"cached\":64,\"cached_chunks\":2,"
		"\"resident_free\":4096,\"pinned\":8192,\"free_by_class\":["
		"{\"from\":32,\"bytes\":50},{\"from\":128,\"bytes\":150}]}],\"mapped\":12288,"
		"\"mapped_chunks\":1}}\n");
}

static void each_arena_is_there(void **state)
{
	struct heap_arena arenas[] = {{.address = 0x10, .system = 1, .used = 1},
				      {.address = 0x20, .system = 1, .used = 1},
				      {.address = 0x30, .system = 1, .used = 1}};
	const struct heap_usage heap = {.allocator = ALLOCATOR_GLIBC, .arenas = arenas, .count = 3};
	struct json_written written;
	const char *at;

	(void)state;
	json_writer_object(json_written_start(&written, false), NULL);
	json_heap_write(&written.writer, &(struct json_heap){.usage = &heap});
	json_writer_end(&written.writer);
	assert_int_equal(json_writer_finish(&written.writer), 0);
	at = strstr(text_string(&written.text), "\"address\":\"0x10\"");
	assert_non_null(at);
	at = strstr(at, "\"address\":\"0x20\"");
	assert_non_null(at);
	assert_non_null(strstr(at, "\"address\":\"0x30\""));
	text_finish(&written.text);
}

static void what_is_not_known_is_null(void **state)
{
	struct json_written written;

	(void)state;
	json_writer_object(json_written_start(&written, false), NULL);
	json_heap_write(&written.writer, &(struct json_heap){.allocator = "jemalloc"});
	json_writer_end(&written.writer);
	json_written_expect(&written,
			    "{\"heap\":{\"allocator\":\"jemalloc\",\"ask\":null,\"others\":[],"
			    "\"arenas_of\":null,\"certain\":null,"
			    "\"arenas\":null,\"mapped\":null,"
			    "\"mapped_chunks\":null}}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_says_what_it_holds),
		cmocka_unit_test(each_arena_is_there),
		cmocka_unit_test(what_is_not_known_is_null),
	};

	return cmocka_run_group_tests_name("json_heap", tests, NULL, NULL);
}
