/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REPORT_JSON_GROWTH_H
#define REPORT_JSON_GROWTH_H

/* Who touched new pages as JSON: schema "vastop.growth/1", which doc/schema describes. */

#include <stdio.h>

struct address_space;
struct call_sites;
struct growth_balance;

/*
 * Writes the call sites of the process of the snapshot to the stream. Returns 0, or -EIO when the
 * stream does.
 */
int json_growth_write(FILE *stream, const struct address_space *space,
		      const struct call_sites *sites, const struct growth_balance *balance);

#endif
