/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_SITES_WANTS_H
#define UI_SITES_WANTS_H

/*
 * Whether the screen wants to know whose code touches new pages, and what it is given: call sites
 * while their pane (ui/pane/sites_pane.h) is open, or colours stand for them. The inspector and the
 * chart then name them, too.
 */

#include <stdbool.h>

struct call_sites;
struct ui;

/* Whether the process is to be listened to. */
bool sites_wants(const struct ui *ui);

/*
 * Shows the sites (NULL: none are known), with words: why there are none, or what they do not have.
 * Both are not owned, and must live until the next call.
 */
void sites_wants_take(struct ui *ui, const struct call_sites *sites, const char *words);

#endif
