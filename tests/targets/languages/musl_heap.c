/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A heap of musl's malloc, and what the program knows of it: musl_heap FILE [SORT...] fragments it,
 * writes there "blocks NUMBER" and "usable BYTES" of the blocks that it still has, and "large
 * NUMBER" of those with pages of their own; then "ready" to stdout. With the sort "none" it has no
 * blocks, with "run" it allocates and frees without a pause.
 */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCKS 20000
#define LARGE  5

static void *blocks[BLOCKS];
/* Compilers leave out blocks that nothing looks at. */
static void *volatile large[LARGE];

static void fragment(void)
{
	for (size_t i = 0; i < BLOCKS; i++)
		blocks[i] = malloc(1 + i * 37 % 1900);
	for (size_t i = 0; i < BLOCKS; i += 2) {
		free(blocks[i]);
		blocks[i] = NULL;
	}
	for (size_t i = 0; i < LARGE; i++)
		large[i] = malloc((i + 1) << 20);
}

static void run(void)
{
	for (size_t round = 0;; round++) {
		for (size_t i = 0; i < BLOCKS; i += 2)
			blocks[i] = malloc(1 + (i * 37 + round) % 1900);
		for (size_t i = 0; i < BLOCKS; i += 2) {
			free(blocks[i]);
			blocks[i] = NULL;
		}
	}
}

int main(int argc, char **argv)
{
	const char *sort = argc > 2 ? argv[2] : "";
	int is_none = strcmp(sort, "none") == 0;
	size_t count = 0, usable = 0;
	/* Neither stream takes memory. */
	static char buffer[BUFSIZ];
	FILE *file = fopen(argv[1], "w");

	if (!file)
		return EXIT_FAILURE;
	setvbuf(file, buffer, _IOFBF, sizeof(buffer));
	if (!is_none)
		fragment();
	for (size_t i = 0; i < BLOCKS; i++) {
		count += blocks[i] != NULL;
		usable += blocks[i] ? malloc_usable_size(blocks[i]) : 0;
	}
	fprintf(file, "blocks %zu\nusable %zu\nlarge %d\n", count, usable, is_none ? 0 : LARGE);
	fflush(file);
	puts("ready");
	fflush(stdout);
	if (strcmp(sort, "run") == 0)
		run();
	getchar();
	return EXIT_SUCCESS;
}
