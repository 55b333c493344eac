/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/page_pieces.h"

#include "base/search.h"

#define BLOCK_MIN UINT64_C(8192) /* two of the smallest pages there are */

static const char *const names[PAGE_SORT_COUNT] = {
	[PAGES_ABSENT] = "absent",
	[PAGES_ANON] = "anonymous",
	[PAGES_FILE] = "file",
	[PAGES_ZERO] = "zero",
	[PAGES_SUSPECT] = "shared-or-zero",
	[PAGES_SWAPPED] = "swapped",
	[PAGES_AWAY] = "swapped-or-guard",
	[PAGES_GUARD] = "guard",
};

const char *page_sort_name(enum page_sort sort)
{
	return names[sort];
}

void page_pieces_init(struct page_pieces *pieces, uint64_t start, uint64_t end)
{
	pieces->start = pieces->walked = start;
	pieces->end = end;
	pieces->block = 0;
	pieces->count = 0;
}

/* Whether all of both is of one sort, and all or nothing of it huge. */
static bool are_alike(const struct page_piece *low, const struct page_piece *high)
{
	uint64_t size = low->end - low->start, next = high->end - high->start;

	if (!(low->huge == 0 && high->huge == 0) && !(low->huge == size && high->huge == next))
		return false;
	for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
		if (low->of[sort] == size && high->of[sort] == next)
			return true;
	return false;
}

/* Whether the two neighbours become one piece. */
static bool are_one(const struct page_pieces *pieces, const struct page_piece *low,
		    const struct page_piece *high)
{
	if (pieces->block && low->start / pieces->block == (high->end - 1) / pieces->block)
		return true;
	return are_alike(low, high);
}

static void join(struct page_piece *low, const struct page_piece *high)
{
	low->end = high->end;
	low->huge += high->huge;
	for (int sort = 0; sort < PAGE_SORT_COUNT; sort++)
		low->of[sort] += high->of[sort];
}

/* Doubles the blocks until half of the pieces are free. */
static void coarsen(struct page_pieces *pieces)
{
	while (pieces->count > PAGE_PIECES_MAX / 2) {
		size_t last = 0;

		pieces->block = pieces->block ? pieces->block * 2 : BLOCK_MIN;
		for (size_t i = 1; i < pieces->count; i++)
			if (are_one(pieces, &pieces->pieces[last], &pieces->pieces[i]))
				join(&pieces->pieces[last], &pieces->pieces[i]);
			else
				pieces->pieces[++last] = pieces->pieces[i];
		pieces->count = last + 1;
	}
}

static void append(struct page_pieces *pieces, uint64_t end, enum page_sort sort, bool huge)
{
	struct page_piece piece = {.start = pieces->walked, .end = end};
	struct page_piece *last = pieces->count ? &pieces->pieces[pieces->count - 1] : NULL;

	if (end <= pieces->walked)
		return;
	piece.of[sort] = end - piece.start;
	piece.huge = huge ? end - piece.start : 0;
	pieces->walked = end;
	if (last && are_one(pieces, last, &piece)) {
		join(last, &piece);
		return;
	}
	if (pieces->count == PAGE_PIECES_MAX)
		coarsen(pieces);
	pieces->pieces[pieces->count++] = piece;
}

static uint64_t cut(const struct page_pieces *pieces, uint64_t address)
{
	return address < pieces->end ? address : pieces->end;
}

void page_pieces_add(struct page_pieces *pieces, uint64_t start, uint64_t end, enum page_sort sort,
		     bool huge)
{
	append(pieces, cut(pieces, start), PAGES_ABSENT, false);
	append(pieces, cut(pieces, end), sort, huge);
}

void page_pieces_walk_to(struct page_pieces *pieces, uint64_t address)
{
	append(pieces, cut(pieces, address), PAGES_ABSENT, false);
}

bool page_pieces_complete(const struct page_pieces *pieces)
{
	return pieces->walked >= pieces->end;
}

/* The part of an amount of a piece that lies in part of its size bytes. */
static uint64_t share(uint64_t amount, uint64_t part, uint64_t size)
{
	return part == size ? amount : (uint64_t)((unsigned __int128)amount * part / size);
}

/* Adds what a piece has in part of its bytes; what rounding loses goes to the largest sort. */
static void add_piece(const struct page_piece *piece, uint64_t part, struct page_sums *sums)
{
	uint64_t size = piece->end - piece->start, left = part;
	int most = 0;

	for (int sort = 0; sort < PAGE_SORT_COUNT; sort++) {
		uint64_t amount = share(piece->of[sort], part, size);

		sums->of[sort] += amount;
		left -= amount;
		if (piece->of[sort] > piece->of[most])
			most = sort;
	}
	sums->of[most] += left;
	sums->huge += share(piece->huge, part, size);
	sums->blurred |= part < size && piece->of[most] < size;
	sums->known += part;
}

struct page_sums page_pieces_between(const struct page_pieces *pieces, uint64_t start, uint64_t end)
{
	struct page_sums sums = {0};
	size_t index = SEARCH_ABOVE(pieces->pieces, pieces->count, end, start);

	for (; index < pieces->count && pieces->pieces[index].start < end; index++) {
		const struct page_piece *piece = &pieces->pieces[index];
		uint64_t from = piece->start > start ? piece->start : start;
		uint64_t to = piece->end < end ? piece->end : end;

		add_piece(piece, to - from, &sums);
	}
	return sums;
}

uint64_t page_sums_resident(const struct page_sums *sums)
{
	return sums->of[PAGES_ANON] + sums->of[PAGES_FILE] + sums->of[PAGES_SUSPECT];
}

uint64_t page_sums_swapped(const struct page_sums *sums)
{
	return sums->of[PAGES_SWAPPED] + sums->of[PAGES_AWAY];
}

enum page_sort page_sums_only(const struct page_sums *sums, uint64_t size)
{
	int sort = 0;

	if (!size || sums->known < size)
		return PAGE_SORT_COUNT;
	while (sort < PAGE_SORT_COUNT && sums->of[sort] != sums->known)
		sort++;
	return (enum page_sort)sort;
}
