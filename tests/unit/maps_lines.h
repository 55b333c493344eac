/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_MAPS_LINES_H
#define TESTS_UNIT_MAPS_LINES_H

/*
 * VMAs for tests, written as in /proc/PID/maps (proc_pid_maps(5)): an address space reads best in
 * the form that everybody knows. Only for text that a test or the kernel wrote.
 */

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/vma.h"

struct maps_lines {
	struct arena arena;
	struct vma *vmas;
	size_t count, capacity;
};

static inline uint64_t maps_lines_number(char **at, int base)
{
	uint64_t number = strtoull(*at, at, base);

	*at += **at != '\0'; /* the sign behind it: '-', ':' or a blank */
	return number;
}

static inline void maps_lines_add(struct maps_lines *lines, char *line)
{
	static const char suffix[] = " (deleted)";
	struct vma vma = {.kind = KIND_COUNT};
	size_t length;

	vma.start = maps_lines_number(&line, 16);
	vma.end = maps_lines_number(&line, 16);
	vma.perms = (line[0] == 'r' ? PERM_READ : 0) | (line[1] == 'w' ? PERM_WRITE : 0) |
		    (line[2] == 'x' ? PERM_EXEC : 0) | (line[3] == 's' ? PERM_SHARED : 0);
	line += 5;
	vma.offset = maps_lines_number(&line, 16);
	vma.dev_major = (uint32_t)maps_lines_number(&line, 16);
	vma.dev_minor = (uint32_t)maps_lines_number(&line, 16);
	vma.inode = maps_lines_number(&line, 10);
	line += strspn(line, " ");
	length = strlen(line);
	if (length >= sizeof(suffix) && !strcmp(line + length - sizeof(suffix) + 1, suffix)) {
		length -= sizeof(suffix) - 1;
		vma.deleted = true;
	}
	vma.name = arena_copy(&lines->arena, line, length);
	lines->vmas = memory_array_grow(lines->vmas, lines->count, &lines->capacity,
					sizeof(*lines->vmas));
	lines->vmas[lines->count++] = vma;
}

static inline void maps_lines_init(struct maps_lines *lines, const char *text)
{
	char *copy = memory_copy_string(text), *rest = copy, *line;

	*lines = (struct maps_lines){.vmas = NULL};
	while ((line = strsep(&rest, "\n")))
		if (line[0])
			maps_lines_add(lines, line);
	free(copy);
}

/* Appends /proc/self/maps; this very process is what the kernel's word is known of best. */
static inline void maps_lines_read_self(struct text *text)
{
	char bytes[4096];
	int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	ssize_t got;

	while (maps >= 0 && (got = read(maps, bytes, sizeof(bytes))) > 0)
		text_append_bytes(text, bytes, (size_t)got);
	if (maps >= 0)
		close(maps);
}

/* "kind/source kind/source …" of all VMAs, one blank between; in the arena of the lines. */
static inline const char *maps_lines_kinds(struct maps_lines *lines)
{
	struct text text = {0};
	const char *copy;

	for (size_t i = 0; i < lines->count; i++)
		text_append_format(&text, "%s%s/%s", i ? " " : "",
				   kind_name((enum kind)lines->vmas[i].kind),
				   kind_source_name((enum kind_source)lines->vmas[i].kind_source));
	copy = arena_copy(&lines->arena, text_string(&text), text.length);
	text_finish(&text);
	return copy;
}

static inline void maps_lines_finish(struct maps_lines *lines)
{
	arena_finish(&lines->arena);
	free(lines->vmas);
}

#endif
