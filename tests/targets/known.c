/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a program has in memory, and where: known FILE writes there a line "NAME ADDRESS" for each
 * thing, and then "ready" to stdout. Each byte that arrives on stdin adds 1 to the counter.
 */

#include "target.h"

#include <stdint.h>
#include <string.h>

enum { PAGE = 4096, BLOCK = 4000 };

/* A text that is put together at run time is nowhere else in the process. */
static char secret[64];
static volatile uint64_t counter = UINT64_C(0x1122334455667788);
static char *volatile pointer_to_block;

static void make_secret(void)
{
	static const char *const words[] = {"the quick ", "brown fox ", "of vastop"};

	for (int i = 0; i < 3; i++)
		strcat(secret, words[i]);
}

static void write_addresses(const char *path, void *block, void *pages)
{
	FILE *file = fopen(path, "we");

	target_need(file != NULL, path);
	fprintf(file, "secret %lx\ncounter %lx\nblock %lx\npointer %lx\nmain %lx\npages %lx\n",
		(unsigned long)secret, (unsigned long)&counter, (unsigned long)block,
		(unsigned long)&pointer_to_block, (unsigned long)write_addresses,
		(unsigned long)pages);
	fclose(file);
}

int main(int argc, char **argv)
{
	char *pages;

	target_start();
	target_need(argc > 1, "FILE");
	make_secret();
	pointer_to_block = malloc(BLOCK);
	target_need(pointer_to_block != NULL, "malloc");
	memset(pointer_to_block, 0x5a, BLOCK);
	/* Four pages, of which only the second was ever touched. */
	pages = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	target_need(pages != MAP_FAILED, "mmap");
	madvise(pages, 4 * PAGE, MADV_NOHUGEPAGE);
	memset(pages + PAGE, 0xa5, PAGE);
	write_addresses(argv[1], pointer_to_block, pages);
	target_say("ready");
	while (target_wait() >= 0)
		counter++;
	return 0;
}
