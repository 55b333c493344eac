/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_TEXT_ANSWER_ABOUT_H
#define UI_TEXT_ANSWER_ABOUT_H

/* What an answer about an address is made of (ui/text/answer.h). */

#include <stdint.h>

#include "model/page_facts.h"

struct address_space;
struct file_facts;
struct region_list;

struct answer_about {
	const struct address_space *space;
	const struct region_list *regions;
	uint64_t address;
	const struct file_facts *file; /* of the mapping there; NULL: not known */
	struct page_facts page;        /* of the page there */
	const char *unknown;           /* the sign for what is not known */
};

#endif
