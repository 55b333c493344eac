/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/heap_words.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/format.h"
#include "base/text.h"
#include "model/heap_keeper.h"
#include "model/target.h"

/* A share of the heap from which on what is free inside is worth a sentence of its own. */
#define MUCH_FREE 4 /* a quarter */

static void append_size(struct text *text, uint64_t bytes, const char *words)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%s %s", format_size(size, bytes), words);
}

void heap_words_append_conclusion(struct text *text, const struct heap_arena *arena,
				  enum allocator allocator)
{
	uint64_t much = arena->system / MUCH_FREE;

	if (arena->resident_free > much) {
		append_size(text, arena->resident_free,
			    allocator == ALLOCATOR_MUSL
				    ? "is in memory in pages that are wholly free; musl gives a "
				      "group of slots back once all of it is free."
				    : "is in memory in pages that are wholly free: malloc_trim(3) "
				      "would give it back.");
	} else if (arena->free > much && arena->pinned) {
		append_size(text, arena->pinned,
			    "stays in memory for one small chunk a page: the heap is fragmented.");
	} else if (arena->free > much) {
		text_append(text, "The holes are small or not in memory: later allocations fill "
				  "them, the process does not shrink.");
	} else {
		text_append(text, "Little is free inside: if it grows, more is in use.");
	}
}

void heap_words_append_meaning(struct text *text, const struct heap_arena *arena,
			       enum allocator allocator)
{
	append_size(text, arena->used, "in use, ");
	if (allocator == ALLOCATOR_MUSL) {
		append_size(text, arena->free, "free inside. ");
	} else {
		append_size(text, arena->free, "free inside, ");
		append_size(text, arena->top, "free at the end. ");
	}
	if (arena->unknown)
		append_size(text, arena->unknown, "could not be walked. ");
	heap_words_append_conclusion(text, arena, allocator);
}

void heap_words_append_figure(struct text *text, const struct heap_arena *arena,
			      enum allocator allocator, unsigned figure)
{
	bool is_musl = allocator == ALLOCATOR_MUSL;
	/* Of so much the conclusion speaks. */
	bool trims = arena->resident_free > arena->system / MUCH_FREE;
	const struct {
		uint64_t bytes;
		const char *before, *after;
	} figures[HEAP_WORDS_FIGURES] = {
		{arena->largest_free, " The largest hole has ",
		 is_musl ? "(largest): what needs more comes from the system."
			 : "(largest): what needs more comes from top or the system."},
		{arena->cached, " Of what is in use, ",
		 "is only kept by threads for their next malloc(3) (cached)."},
		{arena->pinned, " ", "in memory is pages that one small chunk keeps (pinned)."},
		{trims ? 0 : arena->resident_free, " ",
		 is_musl ? "in memory is wholly free pages (in pages)."
			 : "in memory is wholly free pages, which malloc_trim(3) gives back (to "
			   "trim)."},
	};

	if (!figures[figure].bytes)
		return;
	text_append(text, figures[figure].before);
	append_size(text, figures[figure].bytes, figures[figure].after);
}

static void append_ask(struct text *text, enum allocator allocator)
{
	if (allocator_ask(allocator))
		text_append_format(text, "; ask it from within the process: %s",
				   allocator_ask(allocator));
}

void heap_words_append_lack(struct text *text, enum allocator allocator, int error)
{
	const char *name = allocator_name(allocator);

	switch (error) {
	case 0: text_append(text, "The heap is being walked."); return;
	case -EACCES:
	case -EPERM:
		text_append(text, "The memory of this process may not be read: run vastop as root, "
				  "or see ptrace_scope in ptrace(2)");
		break;
	case -ENOENT:
		if (allocator == ALLOCATOR_GLIBC)
			text_append(text, "The arenas of glibc's malloc were not found: malloc was "
					  "not called yet, or another allocator took its place");
		else if (allocator == ALLOCATOR_MUSL)
			text_append(text, "The context of musl's malloc was not found: malloc was "
					  "not called yet, or musl is older than 1.2.1 and has "
					  "another one, which vastop cannot look inside");
		else if (allocator == ALLOCATOR_MUSL_OLD)
			text_append(text, "vastop cannot look inside the malloc of musl before "
					  "1.2.1");
		else if (allocator == ALLOCATOR_OWN)
			text_append(text, "The program has a malloc of its own, which vastop "
					  "cannot look inside");
		else if (name)
			text_append_format(text, "vastop cannot look inside %s", name);
		else
			text_append(text, "No allocator is known that vastop can look inside");
		break;
	default: text_append(text, "The memory of this process cannot be read"); break;
	}
	append_ask(text, allocator);
	text_append(text, ".");
}

static void append_keeper(struct text *text, const struct heap_keeper *keeper)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append(text, keeper->label);
	if (keeper->size != TARGET_UNKNOWN)
		text_append_format(text, ", %s", format_size(size, keeper->size));
	if (keeper->ask)
		text_append_format(text, " (ask %s)", keeper->ask);
}

void heap_words_append_beside(struct text *text, const struct allocator_found *found,
			      enum allocator arenas, const struct heap_keeper *keepers,
			      size_t count)
{
	const char *name = allocator_name(found->allocator), *ask = allocator_ask(found->allocator);

	if (arenas && name && arenas != found->allocator) {
		text_append_format(text, " These are the arenas of %s; the program's malloc is %s",
				   allocator_name(arenas),
				   found->allocator == ALLOCATOR_OWN ? "its own" : name);
		if (ask)
			text_append_format(text, " (ask %s)", ask);
		text_append(text, ".");
	}
	for (size_t i = 0; i < count; i++) {
		text_append(text, i ? "; " : " Other heaps: ");
		append_keeper(text, &keepers[i]);
	}
	if (count)
		text_append(text, ".");
}
