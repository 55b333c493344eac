/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "app/denied.h"
#include "app/look_heap.h"
#include "app/look_inside.h"
#include "app/message.h"
#include "app/options.h"
#include "app/place_option.h"
#include "call_log.h"
#include "message_script.h"
#include "files/inside_cache.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "report/json_heap.h"
#include "report/json_inside.h"
#include "residency/range_prober.h"
#include "sampler/source.h"
#include "support/capture.h"

/*
 * What --inside asks about a mapping that reaches over three windows, and writes of it, by a
 * script. Parts of JSON are lines of the log.
 */

static const struct pages {
	uint64_t start, end;
	enum page_sort sort;
	bool huge;
} in_memory[] = {
	{0x3ff000, 0x401000, PAGES_ANON, false},
	{0x401000, 0x402000, PAGES_SWAPPED, false},
	{0x700000, 0x801000, PAGES_FILE, true},
};

static struct {
	int read, place, walk_error, json_error;
	int walks, failing; /* the walk of that number fails */
	uint64_t address;
	struct vma vma;
	bool is_heap;
	int heap_error;
	struct heap_piece pieces[5];
	size_t piece_count;
} script;

static struct source source;
static struct options options;

int source_read(struct source *of, struct address_space **ret_space)
{
	const struct target target = {.pid = 5, .comm = "test", .page_size = 4096};

	assert_ptr_equal(of, &source);
	return script.read ? script.read
			   : address_space_create(&target, &script.vma, 1, 1, 0, ret_space);
}

int denied_say_of_source(const struct options *of, struct source *with, int error)
{
	(void)of, (void)with;
	call_log_say("denied, %d", error);
	return 31;
}

int place_option_find(const struct options *of, const struct address_space *space,
		      const char *option, uint64_t *ret_address)
{
	(void)of;
	call_log_say("place of --%s in %d", option, (int)space->target.pid);
	if (!script.place)
		*ret_address = script.address;
	return script.place;
}

struct inside_cache *inside_cache_create(const struct procfs_options *of)
{
	assert_string_equal(of->root, "/p");
	return (struct inside_cache *)&script;
}

void inside_cache_destroy(struct inside_cache *cache)
{
	assert_ptr_equal(cache, &script);
	call_log_say("destroy cache");
}

/* An object that is not loaded is not looked at. */
void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer)
{
	assert_ptr_equal(cache, &script);
	assert_int_equal(index, 0);
	(void)space;
	*ret_answer = (struct inside_answer){.object = (struct inside_object *)1};
}

void inside_answer_finish(struct inside_answer *answer)
{
	assert_true(answer->object == (struct inside_object *)1);
	call_log_say("finish answer");
}

void look_heap_init(struct look_heap *look, const struct procfs_options *procfs,
		    const struct address_space *space, size_t index, bool pieces)
{
	(void)procfs, (void)space, (void)index;
	call_log_say("heap%s", pieces ? ", pieces" : "");
	*look = (struct look_heap){
		.is_heap = script.is_heap,
		.error = script.heap_error,
		.found = {.allocator = ALLOCATOR_MUSL},
		.heap = {.pieces = script.pieces, .piece_count = script.piece_count}};
}

void look_heap_finish(struct look_heap *look)
{
	(void)look;
	call_log_say("finish heap");
}

void look_heap_write(const struct look_heap *look, FILE *stream)
{
	assert_int_equal(look->is_heap, script.is_heap);
	fputs("heap\n", stream);
}

int range_prober_walk(const struct procfs_options *procfs, const struct range_place *place,
		      struct page_pieces *ret_pieces)
{
	assert_string_equal(procfs->root, "/p");
	assert_int_equal(place->pid, 5);
	assert_int_equal(place->page_size, 4096);
	call_log_say("walk %" PRIx64 " to %" PRIx64 "%s", place->start, place->end,
		     place->anonymous ? ", anonymous" : "");
	if (++script.walks == script.failing)
		return -EACCES;
	page_pieces_init(ret_pieces, place->start, place->end);
	for (size_t i = 0; i < sizeof(in_memory) / sizeof(in_memory[0]); i++) {
		const struct pages *pages = &in_memory[i];
		const uint64_t start = pages->start > place->start ? pages->start : place->start;

		if (start < pages->end && start < place->end)
			page_pieces_add(ret_pieces, start, pages->end, pages->sort, pages->huge);
	}
	page_pieces_walk_to(ret_pieces, place->end);
	return 0;
}

const char *json_inside_state(const struct json_inside_part *part)
{
	int sort = 0;

	if (!part->sums)
		return NULL;
	while (!part->sums->of[sort])
		sort++;
	return part->sums->of[sort] == part->sums->known ? page_sort_name((enum page_sort)sort)
							 : "mixed";
}

struct json_inside *json_inside_begin(FILE *stream, const struct address_space *space, size_t index,
				      const struct inside_object *object,
				      const struct json_heap *heap)
{
	(void)stream, (void)space;
	assert_int_equal(index, 0);
	assert_null(object);
	call_log_say("begin%s%s%s", heap ? ", " : "", heap ? heap->allocator : "",
		     heap && heap->usage ? ", arenas" : "");
	return (struct json_inside *)&script;
}

void json_inside_add(struct json_inside *json, const struct json_inside_part *part)
{
	assert_ptr_equal(json, &script);
	assert_null(part->name);
	call_log_say("%" PRIx64 " to %" PRIx64 " %s %s", part->start, part->end, part->kind,
		     part->type ? part->type : "-");
	if (part->sums)
		call_log_say("%" PRIu64 " known, %" PRIu64 " huge: %" PRIu64 " absent, %" PRIu64
			     " anonymous, %" PRIu64 " of the file, %" PRIu64 " swapped",
			     part->sums->known, part->sums->huge, part->sums->of[PAGES_ABSENT],
			     part->sums->of[PAGES_ANON], part->sums->of[PAGES_FILE],
			     part->sums->of[PAGES_SWAPPED]);
}

int json_inside_end(struct json_inside *json)
{
	assert_ptr_equal(json, &script);
	return script.json_error;
}

static int reset(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.address = 0x400000;
	script.vma = (struct vma){
		.start = 0x3ff000, .end = 0x802000, .kind = KIND_HEAP, .name = "[heap]"};
	options =
		(struct options){.action = ACTION_INSIDE, .format = FORMAT_PICTURE, .procfs = "/p"};
	call_log_clear();
	return 0;
}

static void looks(int status, const char *written, const char *asked)
{
	struct capture capture;
	char *out;
	int got;

	capture_begin(&capture, 1);
	got = look_inside_run(&options, &source);
	out = capture_end(&capture);
	call_log_expect(asked);
	assert_string_equal(out, written);
	assert_int_equal(got, status);
	free(out);
}

#define BEGIN  "place of --inside in 5\nheap\n"
#define END    "finish answer\ndestroy cache\nfinish heap\n"
#define FIRST  "walk 3ff000 to 400000, anonymous\n"
#define SECOND "walk 400000 to 800000, anonymous\n"
#define THIRD  "walk 800000 to 802000, anonymous\n"

static void pages_of_one_sort_are_runs_over_windows(void **state)
{
	(void)state;
	looks(EXIT_DONE,
	      "heap\n"
	      "0000003ff000         8192  pages   -             anonymous        -\n"
	      "000000401000         4096  pages   -             swapped          -\n"
	      "000000402000      3137536  pages   -             absent           -\n"
	      "000000700000      1052672  pages   -             file             -\n"
	      "000000801000         4096  pages   -             absent           -\n",
	      BEGIN FIRST SECOND THIRD END);
}

static void how_many_bytes_are_of_what_is_json(void **state)
{
	(void)state;
	options.format = FORMAT_JSON;
	looks(EXIT_DONE, "",
	      BEGIN
	      "begin\n" FIRST SECOND "3ff000 to 401000 pages -\n"
	      "8192 known, 0 huge: 0 absent, 8192 anonymous, 0 of the file, 0 swapped\n"
	      "401000 to 402000 pages -\n"
	      "4096 known, 0 huge: 0 absent, 0 anonymous, 0 of the file, 4096 swapped\n"
	      "402000 to 700000 pages -\n"
	      "3137536 known, 0 huge: 3137536 absent, 0 anonymous, 0 of the file, 0 swapped\n" THIRD
	      "700000 to 801000 pages -\n"
	      "1052672 known, 1052672 huge: 0 absent, 0 anonymous, 1052672 of the file, 0 "
	      "swapped\n"
	      "801000 to 802000 pages -\n"
	      "4096 known, 0 huge: 4096 absent, 0 anonymous, 0 of the file, 0 swapped\n" END);
}

static void what_cannot_be_walked_is_one_run(void **state)
{
	(void)state;
	script.failing = 2;
	looks(EXIT_DONE,
	      "heap\n"
	      "0000003ff000         4096  pages   -             anonymous        -\n"
	      "000000400000      4202496  pages   -             -                -\n",
	      BEGIN FIRST SECOND END);
	reset(state);
	script.failing = 1;
	looks(EXIT_DONE,
	      "heap\n0000003ff000      4206592  pages   -             -                -\n",
	      BEGIN FIRST END);
}

/* Of a file, or shared: its pages are not its own. */
static void only_private_memory_without_a_file_is_anonymous(void **state)
{
	(void)state;
	script.vma =
		(struct vma){.start = 0x3ff000, .end = 0x400000, .perms = PERM_SHARED, .name = ""};
	script.address = 0x3ff000;
	looks(EXIT_DONE,
	      "heap\n0000003ff000         4096  pages   -             anonymous        -\n",
	      BEGIN "walk 3ff000 to 400000\n" END);
	script.vma = (struct vma){.start = 0x3ff000, .end = 0x400000, .inode = 9, .name = "/f"};
	looks(EXIT_DONE,
	      "heap\n0000003ff000         4096  pages   -             anonymous        -\n",
	      BEGIN "walk 3ff000 to 400000\n" END);
}

/* One over a border, one from the end of the other on, and what is not wholly inside. */
static void make_chunks(void)
{
	static const struct heap_piece pieces[] = {
		{.start = 0x3fe800, .end = 0x3ff800, .use = HEAP_USE_USED},
		{.start = 0x3ff000, .end = 0x3ff800, .use = HEAP_USE_USED},
		{.start = 0x3ff800, .end = 0x401800, .use = HEAP_USE_FREE},
		{.start = 0x801000, .end = 0x802000, .use = HEAP_USE_TOP},
		{.start = 0x801800, .end = 0x802800, .use = HEAP_USE_USED},
	};

	memcpy(script.pieces, pieces, sizeof(pieces));
	script.piece_count = 5;
	script.is_heap = true;
	options.parts = true;
}

#define BEGIN_CHUNKS "place of --inside in 5\nheap, pieces\n"

static void chunks_have_the_pages_that_they_touch(void **state)
{
	(void)state;
	make_chunks();
	options.format = FORMAT_JSON;
	looks(EXIT_DONE, "",
	      BEGIN_CHUNKS
	      "begin, musl, arenas\n" FIRST "3ff000 to 3ff800 chunk used\n"
	      "2048 known, 0 huge: 0 absent, 2048 anonymous, 0 of the file, 0 swapped\n" SECOND
	      "3ff800 to 401800 chunk free\n"
	      "8192 known, 0 huge: 0 absent, 6144 anonymous, 0 of the file, 2048 swapped\n" THIRD
	      "801000 to 802000 chunk top\n"
	      "4096 known, 0 huge: 4096 absent, 0 anonymous, 0 of the file, 0 swapped\n" END);
	reset(state);
	make_chunks();
	script.failing = 2;
	looks(EXIT_DONE,
	      "heap\n"
	      "0000003ff000         2048  chunk   used          anonymous        -\n"
	      "0000003ff800         8192  chunk   free          -                -\n"
	      "000000801000         4096  chunk   top           -                -\n",
	      BEGIN_CHUNKS FIRST SECOND END);
}

static void where_the_heap_could_not_be_walked_there_are_pages(void **state)
{
	(void)state;
	make_chunks();
	script.heap_error = -ENOENT;
	script.failing = 1;
	options.format = FORMAT_JSON;
	looks(EXIT_DONE, "", BEGIN_CHUNKS "begin, musl\n" FIRST "3ff000 to 802000 pages -\n" END);
}

static void what_goes_wrong_is_said(void **state)
{
	(void)state;
	script.read = -EIO;
	looks(31, "", "denied, -5\n");
	reset(state);
	script.place = EXIT_USAGE;
	looks(EXIT_USAGE, "", "place of --inside in 5\n");
	reset(state);
	script.address = 0x3fefff;
	looks(EXIT_USAGE, "",
	      "place of --inside in 5\nsay --inside=3fefff: nothing is mapped at that address; "
	      "--locate says what is near it.\n");
	reset(state);
	options.format = FORMAT_JSON;
	script.failing = 1;
	script.json_error = -ENOSPC;
	looks(EXIT_TROUBLE, "",
	      BEGIN "begin\n" FIRST "3ff000 to 802000 pages -\n" END
		    "say cannot write to standard output: No space left on device.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(pages_of_one_sort_are_runs_over_windows, reset),
		cmocka_unit_test_setup(how_many_bytes_are_of_what_is_json, reset),
		cmocka_unit_test_setup(what_cannot_be_walked_is_one_run, reset),
		cmocka_unit_test_setup(only_private_memory_without_a_file_is_anonymous, reset),
		cmocka_unit_test_setup(chunks_have_the_pages_that_they_touch, reset),
		cmocka_unit_test_setup(where_the_heap_could_not_be_walked_there_are_pages, reset),
		cmocka_unit_test_setup(what_goes_wrong_is_said, reset),
	};

	return cmocka_run_group_tests_name("look_inside_asked", tests, NULL, NULL);
}
