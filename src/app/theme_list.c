/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/theme_list.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/settings_file.h"
#include "base/memory.h"
#include "base/text.h"

#define SUFFIX ".theme"

static void add(struct theme_list *list, const char *name, size_t length)
{
	char *copy = memory_alloc(length + 1);

	memcpy(copy, name, length);
	list->names =
		memory_array_grow(list->names, list->count, &list->capacity, sizeof(*list->names));
	list->names[list->count++] = copy;
}

static void add_folder(struct theme_list *list, const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	if (!folder && errno == ENOMEM)
		memory_exhausted();
	if (!folder)
		return;
	while ((entry = readdir(folder)) != NULL && list->count < THEME_LIST_MAX) {
		size_t length = strlen(entry->d_name), suffix = strlen(SUFFIX);

		if (length > suffix && entry->d_name[0] != '.' &&
		    !strcmp(entry->d_name + length - suffix, SUFFIX))
			add(list, entry->d_name, length - suffix);
	}
	closedir(folder);
}

static int compare(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* The user's themes may have the names of others, which they replace. */
static void remove_doubles(struct theme_list *list)
{
	size_t kept = 1;

	for (size_t i = 1; i < list->count; i++) {
		if (!strcmp(list->names[i], THEME_DEFAULT) ||
		    !strcmp(list->names[i], list->names[kept - 1]))
			free(list->names[i]);
		else
			list->names[kept++] = list->names[i];
	}
	list->count = kept;
}

void theme_list_init(struct theme_list *list)
{
	struct text path = {0};

	*list = (struct theme_list){0};
	add(list, THEME_DEFAULT, strlen(THEME_DEFAULT));
	settings_file_path(&path, "themes");
	add_folder(list, text_string(&path));
	add_folder(list, THEME_DIR);
	qsort(list->names + 1, list->count - 1, sizeof(*list->names), compare);
	remove_doubles(list);
	text_finish(&path);
}

void theme_list_finish(struct theme_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->names[i]);
	free(list->names);
	*list = (struct theme_list){0};
}

size_t theme_list_next(const struct theme_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->names[i], name))
			return (i + 1) % list->count;
	return 0;
}
