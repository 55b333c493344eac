/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/chunk_parts.h"

#include "inside/heap_usage.h"
#include "model/kind.h"

/* Of a cell, from which on a chunk or a run of equal ones stands alone: enough to be seen. */
#define ALONE_SHARE 8

/* So many equal neighbours are a run: what a program allocated in a loop. */
#define RUN_LEAST 8

/* A list in the making, from start to end. */
struct making {
	struct part_maker maker;
	const struct heap_usage *heap;
	uint64_t cell; /* bytes, a power of two */
	const uint64_t *pin;
	/* Chunks that are joined: from at on, in one cell. */
	uint32_t joined, joined_use;
	uint64_t joined_end;
};

static void append(struct making *making, struct inside_part part)
{
	part.kind = KIND_GAP;
	part_maker_append(&making->maker, part);
}

/* So many chunks; one alone has a use. */
static void append_chunks(struct making *making, uint64_t end, uint32_t count, uint32_t use)
{
	append(making, (struct inside_part){.end = end,
					    .index = count > 1 ? 0 : use,
					    .count = count > 1 ? count : 0,
					    .type = count > 1 ? PART_CHUNKS : PART_CHUNK});
}

/* Ends what is joined. */
static void flush(struct making *making)
{
	if (making->joined)
		append_chunks(making, making->joined_end, making->joined, making->joined_use);
	making->joined = 0;
}

static void append_nameless(struct making *making, uint64_t end)
{
	if (end <= (making->joined ? making->joined_end : making->maker.at))
		return;
	flush(making);
	append(making, (struct inside_part){.end = end, .type = PART_NAMELESS});
}

/* Joins the piece with those before it that begin in the same cell. */
static void join(struct making *making, const struct heap_piece *piece)
{
	if (making->joined && piece->start / making->cell != making->maker.at / making->cell)
		flush(making);
	making->joined++;
	making->joined_use = piece->use;
	making->joined_end = piece->end;
}

static bool is_pinned(const struct making *making, const struct heap_piece *piece)
{
	return making->pin && *making->pin >= piece->start && *making->pin < piece->end;
}

static bool is_like(const struct heap_piece *a, const struct heap_piece *b)
{
	return a->use == b->use && a->end == b->start && a->end - a->start == b->end - b->start;
}

/* The index behind the run of equal neighbours that begins with the piece. */
static size_t run_end(const struct making *making, size_t first)
{
	const struct heap_usage *heap = making->heap;
	const struct heap_piece *pieces = heap->pieces;
	size_t next = first + 1;

	if (is_pinned(making, &pieces[first]))
		return next;
	while (next < heap->piece_count && pieces[next].start < making->maker.end &&
	       is_like(&pieces[next - 1], &pieces[next]) && !is_pinned(making, &pieces[next]))
		next++;
	return next;
}

/* Whether the pieces are worth a part of their own. */
static bool stands_alone(const struct making *making, size_t first, size_t end)
{
	const struct heap_piece *pieces = making->heap->pieces;

	if (end - first > 1 && end - first < RUN_LEAST)
		return false;
	if (pieces[first].use == HEAP_USE_TOP)
		return true;
	return pieces[end - 1].end - pieces[first].start >= making->cell / ALONE_SHARE ||
	       is_pinned(making, &pieces[first]);
}

/* A run that fits into a cell is one part, wherever it lies; a longer one opens. */
static void append_run(struct making *making, size_t first, size_t end)
{
	const struct heap_piece *pieces = making->heap->pieces;

	flush(making);
	if (pieces[end - 1].end - pieces[first].start <= making->cell) {
		append_chunks(making, pieces[end - 1].end, (uint32_t)(end - first),
			      pieces[first].use);
		return;
	}
	for (size_t i = first; i < end; i++)
		join(making, &pieces[i]);
	flush(making);
}

static void append_pieces(struct making *making, size_t first, size_t end)
{
	const struct heap_piece *pieces = making->heap->pieces;
	size_t count = end - first;

	append_nameless(making, pieces[first].start);
	if (stands_alone(making, first, end)) {
		flush(making);
		if (count > 1)
			append_run(making, first, end);
		else
			append_chunks(making, pieces[first].end, 1, pieces[first].use);
		return;
	}
	for (size_t i = first; i < end; i++)
		join(making, &pieces[i]);
}

void chunk_parts_make(struct part_list *list, const struct heap_usage *heap, uint64_t start,
		      uint64_t end, uint64_t most, const uint64_t *pin)
{
	struct making making = {.maker = part_maker_begin(list, start, end),
				.heap = heap,
				.cell = CHUNK_PARTS_CELL_MIN,
				.pin = pin};

	while ((end - 1) / making.cell - start / making.cell >= (most > 2 ? most : 2))
		making.cell *= 2;
	for (size_t i = heap_usage_find(heap, start), next;
	     i < heap->piece_count && heap->pieces[i].start < end; i = next) {
		next = run_end(&making, i);
		append_pieces(&making, i, next);
	}
	flush(&making);
	append_nameless(&making, end);
}
