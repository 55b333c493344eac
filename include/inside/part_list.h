/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef INSIDE_PART_LIST_H
#define INSIDE_PART_LIST_H

/*
 * A range of a mapping as an unbroken ascending row of parts: the sections of its object, the
 * symbols of one, the chunks of a heap (inside/chunk_parts.h), or pieces of whole pages. Every part
 * ends where the next begins, to the byte. What no section, symbol or chunk takes is a part without
 * a name. Addresses are the target's, in bytes,
 * ranges half-open.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap_usage;
struct inside_object;
struct pattern;

/* What the range is a range of. */
struct part_source {
	const struct inside_object *object; /* NULL: of no object that is known */
	uint64_t bias; /* added to the file's addresses, modulo 2^64, gives the target's */
	const struct heap_usage *heap; /* with its pieces; NULL: not known */
};

enum part_type {
	PART_SECTION,
	PART_SYMBOL,
	PART_SYMBOLS, /* neighbours, where there are too many to list each */
	PART_PAGES,
	PART_CHUNK,
	PART_CHUNKS,   /* neighbours, where there are too many to list each */
	PART_NAMELESS, /* between sections, symbols or chunks */
};

struct inside_part {
	uint64_t start, end; /* start < end */
	uint32_t index;      /* of the section or the first symbol in the object's list; of
			      * PART_CHUNK enum heap_use */
	uint32_t count;      /* of PART_SYMBOLS and PART_CHUNKS: of so many; else 0 */
	uint8_t type;        /* enum part_type */
	uint8_t kind;        /* enum kind: that of the section, or of the one that a symbol lies in;
			      * KIND_GAP: it is not known */
};

/* All zeroes: no parts. */
struct part_list {
	struct inside_part *parts;
	size_t count;
};

/* A list in the making: up to an address it has parts without a gap. */
struct part_maker {
	struct part_list *list;
	size_t capacity;
	uint64_t at, end; /* there are parts up to at; the range ends at end */
};

/* Begins a list of the range, start < end; whatever the list was, it is empty then. */
struct part_maker part_maker_begin(struct part_list *list, uint64_t start, uint64_t end);

/*
 * Appends the part, which begins where the parts before it end, and is cut at the end of the range.
 * One of which nothing is left is left out.
 */
void part_maker_append(struct part_maker *maker, struct inside_part part);

/* More symbols than that are listed as so many runs of neighbours. */
#define PARTS_MAX ((size_t)1 << 16)

/* The range is cut by each of these; start < end. The list, of one part at least, is to be
 * finished. */
void part_list_sections(struct part_list *list, const struct part_source *source, uint64_t start,
			uint64_t end);
void part_list_symbols(struct part_list *list, const struct part_source *source, uint64_t start,
		       uint64_t end);

/*
 * Pieces of equal size, aligned to it: whole pages, as many of them each (a power of two) as it
 * takes to be most (at least 2) pieces at the most. page_size is a power of two.
 */
void part_list_pages(struct part_list *list, uint64_t start, uint64_t end, uint64_t page_size,
		     uint64_t most);

void part_list_finish(struct part_list *list);

/* The part that contains the address; NULL when none does. O(log parts). */
const struct inside_part *part_list_at(const struct part_list *list, uint64_t address);

/* The name of a section, raw bytes as in the file, or of a symbol, demangled; else NULL. */
const char *part_name(const struct inside_part *part, const struct part_source *source);

/*
 * What sort of thing it is, in one word: "function", "variable", "symbol", "symbols", "pages" and
 * "chunks", of a chunk its use (heap_use_name());
 * of a section what it holds ("text", "data", "bss") or the lower-case name of its type without
 * SHT_ ("dynsym", "note"), "section" for types that are not known; NULL for PART_NAMELESS.
 */
const char *part_type_name(const struct inside_part *part, const struct part_source *source);

/* The next section or symbol whose name has a match. */
struct part_match {
	uint64_t address; /* the target's, where it begins */
	bool is_section;
	bool wrapped; /* it is beyond the end of the range, seen from where the search began */
};

/*
 * Searches the names of [start, end) from the address on, up (direction 1) or down (-1), and then
 * from the other end of the range; all names that a symbol has count. Returns 0 and fills
 * *ret_match; -ENOENT when no name matches; or -ELOOP, see pattern_match(). O(names).
 */
int part_find_name(const struct part_source *source, uint64_t start, uint64_t end,
		   const struct pattern *pattern, uint64_t address, int direction,
		   struct part_match *ret_match);

#endif
