/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef GROWTH_HEARING_SITES_H
#define GROWTH_HEARING_SITES_H

/* What listening to a process (growth/hearing.h) found, and how it goes: what is missed, and why.
 */

#include <stdbool.h>

struct call_sites;
struct hearing;
struct listening;

/*
 * The result up to now, with a reference. The last one waits for no fresher snapshot, and names all
 * that can be named.
 */
struct call_sites *hearing_sites(struct hearing *hearing, bool last);

/* Sets all of how it goes but whether it has ended. */
void hearing_sites_fill(const struct hearing *hearing, struct listening *ret_listening);

#endif
