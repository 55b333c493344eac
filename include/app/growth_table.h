/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_GROWTH_TABLE_H
#define APP_GROWTH_TABLE_H

/* Who touched new pages as a table, for people. */

#include <stdbool.h>
#include <stdio.h>

struct address_space;
struct call_sites;
struct growth_balance;

struct growth_table {
	const struct address_space *before, *now; /* the first and the last snapshot */
	const struct call_sites *sites;
	const struct growth_balance *balance;
	bool ascii; /* no other signs */
};

/* What was touched in sum, a line for each call site, and what the result does not have. */
void growth_table_write(FILE *stream, const struct growth_table *table);

/* What is known without events: the mappings that grew. */
void growth_table_write_growers(FILE *stream, const struct growth_table *table);

#endif
