/* SPDX-License-Identifier: GPL-2.0-or-later */

/* many N: about N mappings beside its own; every second page is read-only, so that none merge. */

#include "target.h"

int main(int argc, char **argv)
{
	const size_t page = 4096;
	long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	char *memory;

	target_start();
	target_need(count > 0 && count <= 60000, "many: 1 to 60000 mappings");
	memory = target_map((size_t)count * page, PROT_READ | PROT_WRITE);
	for (long i = 0; i < count; i += 2)
		target_need(!mprotect(memory + (size_t)i * page, page, PROT_READ), "mprotect");
	target_ready();
	return 0;
}
