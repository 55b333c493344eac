/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/look_inside.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/denied.h"
#include "app/look_heap.h"
#include "app/message.h"
#include "app/options.h"
#include "app/output.h"
#include "app/place_option.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "inside/part_list.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "report/json_heap.h"
#include "report/json_inside.h"
#include "residency/range_prober.h"
#include "sampler/source.h"

/* Of so many pages all pieces are exact. */
#define WINDOW_PAGES ((uint64_t)PAGE_PIECES_MAX)

struct look {
	struct procfs_options procfs;
	const struct address_space *space;
	const struct vma *vma;
	struct json_inside *json; /* NULL: lines are written */
	FILE *stream;
	struct page_pieces *window; /* the pages that were walked last */
	int error;                  /* why no pages are known; 0: they are */
	bool chunks;                /* are the parts of a heap */
	struct look_heap heap;
};

/* Has the pages around the address walked. Returns whether they are known. */
static bool walk(struct look *look, uint64_t address)
{
	const struct vma *vma = look->vma;
	uint64_t size = WINDOW_PAGES * look->space->target.page_size;
	uint64_t start = address / size * size, end = start + size;
	struct range_place place = {
		.pid = look->space->target.pid,
		.start = start > vma->start ? start : vma->start,
		.end = end < vma->end ? end : vma->end,
		.page_size = look->space->target.page_size,
		.anonymous = !vma_has_file(vma) && !(vma->perms & PERM_SHARED),
	};

	if (look->error || (look->window->count && look->window->start == place.start))
		return !look->error;
	look->error = range_prober_walk(&look->procfs, &place, look->window);
	return !look->error;
}

/* The sums of [start, end), of the pages that it touches; false where they are not known. */
static bool find_sums(struct look *look, uint64_t start, uint64_t end, struct page_sums *ret_sums)
{
	struct page_sums sums = {0};

	for (uint64_t at = start; at < end; at = look->window->end) {
		struct page_sums found;

		if (!walk(look, at))
			return false;
		found = page_pieces_between(look->window, at, end);
		sums.known += found.known;
		sums.huge += found.huge;
		for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
			sums.of[sort] += found.of[sort];
	}
	*ret_sums = sums;
	return true;
}

static void write_line(const struct look *look, const struct json_inside_part *part)
{
	const char *state = json_inside_state(part);
	struct text name = {0};

	if (part->name)
		utf8_append_escaped(&name, part->name, strlen(part->name));
	fprintf(look->stream, "%012" PRIx64 " %12" PRIu64 "  %-7s %-13s %-16s %s\n", part->start,
		part->end - part->start, part->kind, part->type ? part->type : "-",
		state ? state : "-", name.length ? text_string(&name) : "-");
	text_finish(&name);
}

static void write_part(const struct look *look, const struct json_inside_part *part)
{
	if (look->json)
		json_inside_add(look->json, part);
	else
		write_line(look, part);
}

static void write_named(struct look *look, struct json_inside_part *part)
{
	struct page_sums sums;

	if (find_sums(look, part->start, part->end, &sums))
		part->sums = &sums;
	write_part(look, part);
	part->sums = NULL;
}

/* Those of the list that have a name. */
static void write_list(struct look *look, const struct part_list *list,
		       const struct part_source *source, const char *kind)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct inside_part *part = &list->parts[i];

		if (part_name(part, source))
			write_named(look, &(struct json_inside_part){
						  .start = part->start,
						  .end = part->end,
						  .kind = kind,
						  .name = part_name(part, source),
						  .type = part_type_name(part, source)});
	}
}

/* Pages of one sort, side by side; of none yet: start equals end. */
struct run {
	uint64_t start, end;
	struct page_sums sums;
};

static void write_run(const struct look *look, const struct run *run)
{
	if (run->start < run->end)
		write_part(look,
			   &(struct json_inside_part){.start = run->start,
						      .end = run->end,
						      .kind = "pages",
						      .sums = run->sums.known ? &run->sums : NULL});
}

/* Adds a piece, which is of one sort, to the run, or begins another one with it. */
static void add_piece(const struct look *look, struct run *run, const struct page_piece *piece)
{
	uint64_t size = piece->end - piece->start;
	int sort = 0;

	while (piece->of[sort] != size)
		sort++;
	if (run->sums.of[sort] != run->end - run->start) {
		write_run(look, run);
		*run = (struct run){.start = piece->start};
	}
	run->end = piece->end;
	run->sums.of[sort] += size;
	run->sums.known += size;
	run->sums.huge += piece->huge;
}

/* Where nothing has a name: runs of pages of one sort; as one, where that is not known. */
static void write_pages(struct look *look)
{
	struct run run = {.start = look->vma->start, .end = look->vma->start};
	uint64_t at = run.start;

	for (; at < look->vma->end && walk(look, at); at = look->window->end)
		for (size_t i = 0; i < look->window->count; i++)
			add_piece(look, &run, &look->window->pieces[i]);
	write_run(look, &run);
	write_run(look, &(struct run){.start = at, .end = look->vma->end});
}

/* The chunks in the mapping, and what lies between. */
static void write_chunks(struct look *look)
{
	const struct heap_usage *heap = &look->heap.heap;

	for (size_t i = 0; i < heap->piece_count; i++) {
		const struct heap_piece *piece = &heap->pieces[i];

		if (piece->start >= look->vma->start && piece->end <= look->vma->end)
			write_named(look,
				    &(struct json_inside_part){.start = piece->start,
							       .end = piece->end,
							       .kind = "chunk",
							       .type = heap_use_name(piece->use)});
	}
}

static void write_parts(struct look *look, const struct part_source *source)
{
	struct part_list list;
	bool named;

	if (look->chunks && !look->heap.error) {
		write_chunks(look);
		return;
	}
	part_list_sections(&list, source, look->vma->start, look->vma->end);
	write_list(look, &list, source, "section");
	named = list.count > 1 || list.parts[0].type == PART_SECTION;
	part_list_finish(&list);
	part_list_symbols(&list, source, look->vma->start, look->vma->end);
	write_list(look, &list, source, "symbol");
	named |= list.count > 1 || list.parts[0].type == PART_SYMBOL;
	part_list_finish(&list);
	if (!named)
		write_pages(look);
}

static struct json_inside *begin_json(const struct look *look, size_t index,
				      const struct inside_object *object)
{
	const struct json_heap heap = {
		.allocator = allocator_name(look->heap.found.allocator),
		.ask = allocator_ask(look->heap.found.allocator),
		.keepers = look->heap.keepers,
		.keeper_count = look->heap.keeper_count,
		.usage = look->heap.error ? NULL : &look->heap.heap,
	};

	return json_inside_begin(look->stream, look->space, index, object,
				 look->heap.is_heap ? &heap : NULL);
}

/* Writes what is inside of the mapping at the index. Returns the exit status. */
static int write_inside(const struct options *options, const struct address_space *space,
			size_t index)
{
	struct look look = {.procfs = options_procfs(options),
			    .space = space,
			    .vma = &space->vmas[index],
			    .chunks = options->parts,
			    .window = memory_alloc(sizeof(*look.window))};
	struct inside_cache *cache = inside_cache_create(&look.procfs);
	struct inside_answer answer;
	struct part_source source;
	struct output output;
	int error = 0;

	inside_cache_find(cache, space, index, &answer);
	source = (struct part_source){.object = answer.loaded ? answer.object : NULL,
				      .bias = answer.bias};
	look_heap_init(&look.heap, &look.procfs, space, index, look.chunks);
	output_open(&output);
	look.stream = output.stream;
	if (options->format == FORMAT_JSON)
		look.json = begin_json(&look, index, source.object);
	else
		look_heap_write(&look.heap, output.stream);
	write_parts(&look, &source);
	if (look.json)
		error = json_inside_end(look.json);
	inside_answer_finish(&answer);
	inside_cache_destroy(cache);
	look_heap_finish(&look.heap);
	free(look.window);
	return output_close(&output, error);
}

int look_inside_run(const struct options *options, struct source *source)
{
	struct address_space *space;
	int error = source_read(source, &space), status;
	uint64_t address;
	size_t index;

	if (error)
		return denied_say_of_source(options, source, error);
	status = place_option_find(options, space, "inside", &address);
	if (!status) {
		index = address_space_find(space, address);
		if (index < space->vma_count) {
			status = write_inside(options, space, index);
		} else {
			status = EXIT_USAGE;
			message_say("--inside=%" PRIx64 ": nothing is mapped at that address; "
				    "--locate says what is near it.",
				    address);
		}
	}
	address_space_destroy(space);
	return status;
}
