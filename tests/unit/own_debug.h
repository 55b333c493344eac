/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_OWN_DEBUG_H
#define TESTS_UNIT_OWN_DEBUG_H

/*
 * Whether what needs libdw has to work here, so that a test which finds nothing does not take that
 * for a machine that has nothing.
 */

#include <dlfcn.h>
#include <elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files/libdw.h"

/* Whether the library is there; it is loaded in a child, as this process must not have it. */
static inline bool own_debug_has_library(void)
{
#ifdef HAVE_LIBDW
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(dlopen(LIBDW_SONAME, RTLD_NOW | RTLD_LOCAL) ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status == 0;
#else
	return false;
#endif
}

/* Whether this program has a section of that name. */
static inline bool own_debug_has_section(const char *name)
{
	FILE *file = fopen("/proc/self/exe", "r");
	Elf64_Shdr *sections;
	Elf64_Ehdr header;
	bool found = false;
	char *names;

	assert_non_null(file);
	assert_int_equal(fread(&header, sizeof(header), 1, file), 1);
	if (header.e_ident[EI_CLASS] != ELFCLASS64 || !header.e_shnum) {
		fclose(file);
		return false;
	}
	sections = calloc(header.e_shnum, sizeof(*sections));
	assert_int_equal(fseek(file, (long)header.e_shoff, SEEK_SET), 0);
	assert_int_equal(fread(sections, sizeof(*sections), header.e_shnum, file), header.e_shnum);
	names = calloc(1, sections[header.e_shstrndx].sh_size + 1);
	assert_int_equal(fseek(file, (long)sections[header.e_shstrndx].sh_offset, SEEK_SET), 0);
	assert_int_equal(fread(names, sections[header.e_shstrndx].sh_size, 1, file), 1);
	for (size_t i = 0; i < header.e_shnum; i++)
		found |= !strcmp(names + sections[i].sh_name, name);
	free(names);
	free(sections);
	fclose(file);
	return found;
}

/* Whether the lines of this program can be found. */
static inline bool own_debug_has_lines(void)
{
	return own_debug_has_section(".debug_line") && own_debug_has_library();
}

/* Whether stacks can be unwound on this kind of machine. */
static inline bool own_debug_has_unwinder(void)
{
#if defined(__x86_64__) || defined(__aarch64__)
	return own_debug_has_library();
#else
	return false;
#endif
}

#endif
