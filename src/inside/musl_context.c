/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/musl_context.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "inside/heap_memory.h"
#include "inside/memory_window.h"

/* Words looked at in all: of a hostile process, or of one with large data. */
#define STEPS_MAX (UINT64_C(1) << 24)

/* Pages held of what pointers lead to. */
#define LINK_PAGES 1

/* The words behind the secret, the page size in some, and two integers. */
enum {
	WORD_FREE_META,
	WORD_AVAIL_META,
	WORD_META_COUNT,
	WORD_AREA_COUNT,
	WORD_SHIFT,
	WORD_FIRST_AREA,
	WORD_LAST_AREA,
	WORD_AVAIL_AREAS,
	WORD_ACTIVE,
};

#define SECRET_SIZE   8
#define INTEGERS_SIZE 8 /* whether it is in use, and a counter */

struct finding {
	struct memory_window *window; /* where contexts may be */
	struct memory_window links;   /* what they lead to */
	const struct heap_memory *memory;
	uint64_t secret;
};

/* The same number of 64 bits on all machines. */
static bool read_secret(struct memory_window *window, uint64_t address, uint64_t *ret_secret)
{
	return memory_window_read(window, address, ret_secret, sizeof(*ret_secret));
}

static bool is_area(struct finding *finding, uint64_t address)
{
	uint64_t check;

	return address % MUSL_AREA_SIZE == 0 &&
	       heap_ranges_find(&finding->memory->writable, address, MUSL_AREA_SIZE) &&
	       read_secret(&finding->links, address, &check) && check == finding->secret;
}

/* Whether the groups that slots are given out from have their meta in areas. */
static bool has_groups(struct finding *finding, uint64_t words)
{
	uint64_t meta;

	for (unsigned i = 0; i < MUSL_ACTIVE; i++) {
		uint64_t at = words + (uint64_t)(WORD_ACTIVE + i) * finding->memory->word;

		if (!memory_window_word(finding->window, at, &meta) ||
		    (meta && !is_area(finding, meta & ~(MUSL_AREA_SIZE - 1))))
			return false;
	}
	return true;
}

/* Looks at a context whose words begin so many bytes behind its own beginning. */
static bool check(struct finding *finding, uint64_t address, uint64_t skipped,
		  struct musl_context *ret_context)
{
	const unsigned word = finding->memory->word;
	uint64_t words = address + skipped, first, last;

	if (!memory_window_word(finding->window, words + (uint64_t)WORD_FIRST_AREA * word,
				&first) ||
	    !memory_window_word(finding->window, words + (uint64_t)WORD_LAST_AREA * word, &last) ||
	    !is_area(finding, first) || !is_area(finding, last) || !has_groups(finding, words))
		return false;
	*ret_context = (struct musl_context){
		.address = address,
		.secret = finding->secret,
		.areas = first,
		.end = words + (uint64_t)(WORD_ACTIVE + MUSL_ACTIVE) * word,
	};
	return true;
}

/* Where the page size is not the same on all machines of a sort, the context has it. */
static bool is_context(struct finding *finding, uint64_t address, struct musl_context *ret_context)
{
	const unsigned word = finding->memory->word;
	uint64_t page_size;

	if (!read_secret(finding->window, address, &finding->secret) || !finding->secret)
		return false;
	if (check(finding, address, SECRET_SIZE + INTEGERS_SIZE, ret_context))
		return true;
	return memory_window_word(finding->window, address + SECRET_SIZE, &page_size) &&
	       page_size == finding->window->page_size &&
	       check(finding, address, SECRET_SIZE + word + INTEGERS_SIZE, ret_context);
}

static bool search(struct finding *finding, struct musl_context *ret_context)
{
	const struct heap_ranges *data = &finding->memory->data;
	uint64_t steps = 0;

	for (size_t i = 0; i < data->count; i++)
		for (uint64_t at = data->ranges[i].start;
		     at < data->ranges[i].end && steps < STEPS_MAX;
		     at += finding->memory->word, steps++)
			if (is_context(finding, at, ret_context))
				return true;
	return false;
}

int musl_context_find(struct memory_window *window, const struct heap_memory *memory,
		      uint64_t symbol, struct musl_context *ret_context)
{
	struct finding finding = {.window = window, .memory = memory};
	bool found;

	memory_window_init(&finding.links, memory->reader, memory->word, LINK_PAGES);
	found = symbol ? is_context(&finding, symbol, ret_context) : search(&finding, ret_context);
	memory_window_finish(&finding.links);
	return found ? 0 : -ENOENT;
}
