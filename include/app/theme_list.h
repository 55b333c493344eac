/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_THEME_LIST_H
#define APP_THEME_LIST_H

/*
 * The available themes, by name: the default one first, then in the order of their names vastop's
 * own and the user's.
 */

#include <stddef.h>

#define THEME_DEFAULT  "default"
#define THEME_LIST_MAX 1000 /* names; more in the folders are left out */

struct theme_list {
	char **names; /* as theme_file_load() takes them; any bytes but '/' */
	size_t count, capacity;
};

void theme_list_init(struct theme_list *list);
void theme_list_finish(struct theme_list *list);

/* The index after that of the name, from the last to the first; 0 for one not listed. */
size_t theme_list_next(const struct theme_list *list, const char *name);

#endif
