/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * A program that knows where its own things are: names FILE writes lines "NAME ADDRESS" to the
 * file, for a symbol of each sort, and for what has none: "heap", "stack", "string". Plain C, to be
 * built in many ways.
 */

#include "target.h"

#include <stdint.h>

int names_data = 7;
static int names_local = 8;
const char names_constant[] = "constant";
char names_bss[20000];
int *names_pointer = &names_data;

__attribute__((noinline)) int names_function(int number)
{
	return number + names_data + names_local;
}

static void write_name(FILE *file, const char *name, const volatile void *address)
{
	fprintf(file, "%s %lx\n", name, (unsigned long)(uintptr_t)address);
}

int main(int argc, char **argv)
{
	int here = names_function(argc);
	void *block = malloc(100);
	FILE *file;

	target_start();
	target_need(argc == 2 && block, "arguments");
	file = fopen(argv[1], "we");
	target_need(file != NULL, argv[1]);
	names_bss[0] = (char)here;
	write_name(file, "names_data", &names_data);
	write_name(file, "names_local", &names_local);
	write_name(file, "names_constant", names_constant);
	write_name(file, "names_bss", names_bss);
	write_name(file, "names_pointer", &names_pointer);
	write_name(file, "names_function", (void *)(uintptr_t)names_function);
	write_name(file, "heap", block);
	write_name(file, "stack", &here);
	write_name(file, "string", "a string");
	target_need(!fclose(file), argv[1]);
	target_ready();
	return 0;
}
