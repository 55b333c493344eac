/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_INSIDE_H
#define REPORT_JSON_INSIDE_H

/*
 * What is inside a mapping as one JSON object, schema "vastop.inside/1", for programs: the mapping,
 * and its parts as they come. Values are written as in report/json.h.
 */

#include <stdint.h>
#include <stdio.h>

struct address_space;
struct inside_object;
struct json_heap;
struct json_inside;
struct page_sums;

/* A part of the mapping. Addresses are the target's, in bytes; start < end. */
struct json_inside_part {
	uint64_t start, end;
	const char *kind;             /* "section", "symbol", "pages" or "chunk" */
	const char *name;             /* raw bytes; NULL: it has none */
	const char *type;             /* inside/part_list.h; NULL: it has none */
	const struct page_sums *sums; /* of its pages; NULL: not known */
};

/*
 * Begins with the mapping at the index of the space; object is what it is part of, NULL: nothing
 * that is known; heap is NULL where the mapping is none. Never NULL; json_inside_end() frees it.
 */
struct json_inside *json_inside_begin(FILE *stream, const struct address_space *space, size_t index,
				      const struct inside_object *object,
				      const struct json_heap *heap);

void json_inside_add(struct json_inside *json, const struct json_inside_part *part);

/* Ends the object with a newline. Returns 0, or -EIO when writing failed. */
int json_inside_end(struct json_inside *json);

/* The one word for the state of a part: as page_sort_name(), "mixed" for several; NULL: not known.
 */
const char *json_inside_state(const struct json_inside_part *part);

#endif
