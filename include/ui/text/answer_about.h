/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ANSWER_ABOUT_H
#define UI_TEXT_ANSWER_ABOUT_H

/* What an answer about an address is made of (ui/text/answer.h). */

#include <stdint.h>

#include "model/page_facts.h"

struct address_space;
struct file_facts;
struct inside_object;
struct region_list;

struct answer_about {
	const struct address_space *space;
	const struct region_list *regions;
	uint64_t address;
	const struct file_facts *file; /* of the mapping there; NULL: not known */
	struct page_facts page;        /* of the page there */
	const char *unknown;           /* the sign for what is not known */
	/* What is inside the file of the mapping: NULL where it has none, it was not looked at, or
	 * it could not be (a negative inside_error); else its load bias, and */
	const struct inside_object *object;
	uint64_t bias;
	const char *line; /* "main.c:12" of its source, raw bytes; NULL: not known */
	int inside_error;
};

#endif
