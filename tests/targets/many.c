/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * many N [MEGABYTES [MILLISECONDS]]: about N mappings beside its own; every second page is
 * read-only, so that none merge. One more has that much memory, all of it resident in small pages.
 * After each such time one of the mappings becomes inaccessible, or accessible again.
 */

#include "target.h"

#include <poll.h>

enum { PAGE = 4096, MOST_MAPPINGS = 1000000, MOST_MEGABYTES = 1 << 20 };

static void map_resident(size_t size)
{
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	target_need(memory != MAP_FAILED, "mmap");
	madvise(memory, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < size; at += PAGE)
		memory[at] = 1;
}

/* Until stdin ends. */
static void change(char *page, int milliseconds)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	int ready;

	for (unsigned int i = 0;; i++) {
		ready = poll(&input, 1, milliseconds);
		if (ready > 0 && target_wait() < 0)
			return;
		if (ready == 0)
			mprotect(page, PAGE, i % 2 ? PROT_READ | PROT_WRITE : PROT_NONE);
	}
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	long megabytes = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	long milliseconds = argc > 3 ? strtol(argv[3], NULL, 10) : 0;
	char *memory;

	target_start();
	target_need(count > 0 && count <= MOST_MAPPINGS, "many: 1 to 1000000 mappings");
	target_need(megabytes >= 0 && megabytes < MOST_MEGABYTES, "many: up to 1 TB");
	target_need(milliseconds >= 0 && milliseconds < 3600000, "many: up to an hour");
	memory = target_map((size_t)count * PAGE, PROT_READ | PROT_WRITE);
	for (long i = 0; i < count; i += 2)
		target_need(!mprotect(memory + (size_t)i * PAGE, PAGE, PROT_READ), "mprotect");
	if (megabytes)
		map_resident((size_t)megabytes << 20);
	target_say("ready");
	/* The page is one that can be written: its neighbours are not merged with it. */
	change(memory + (size_t)(count > 1) * PAGE, milliseconds ? (int)milliseconds : -1);
	return 0;
}
