/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * loads FILE...: maps libraries as a loader does, but neither runs nor
 * relocates them, and maps each as often as it is named. Each line that is read
 * names one more, and "ready" is said again.
 */

#include "target.h"

#include <fcntl.h>
#include <link.h>
#include <string.h>

enum { PAGE = 4096, HEADERS_MAX = 32 };

static int protection_of(const ElfW(Phdr) * header)
{
	return (header->p_flags & PF_R ? PROT_READ : 0) |
	       (header->p_flags & PF_W ? PROT_WRITE : 0) | (header->p_flags & PF_X ? PROT_EXEC : 0);
}

static void map_segment(char *base, int file, const ElfW(Phdr) * header)
{
	size_t inside = header->p_vaddr % PAGE;

	target_need(mmap(base + header->p_vaddr - inside, header->p_filesz + inside,
			 protection_of(header), MAP_PRIVATE | MAP_FIXED, file,
			 (off_t)(header->p_offset - inside)) != MAP_FAILED,
		    "mmap");
}

static void load(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ElfW(Phdr) headers[HEADERS_MAX];
	ElfW(Ehdr) elf;
	size_t end = 0;
	char *base;

	target_need(file >= 0, path);
	target_need(pread(file, &elf, sizeof(elf), 0) == sizeof(elf) && elf.e_phnum <= HEADERS_MAX,
		    "the ELF header");
	target_need(pread(file, headers, elf.e_phnum * sizeof(*headers), (off_t)elf.e_phoff) > 0,
		    "the program headers");
	for (size_t i = 0; i < elf.e_phnum; i++)
		if (headers[i].p_type == PT_LOAD)
			end = headers[i].p_vaddr + headers[i].p_memsz;
	base = target_map(end + PAGE, PROT_NONE);
	for (size_t i = 0; i < elf.e_phnum; i++)
		if (headers[i].p_type == PT_LOAD && headers[i].p_filesz)
			map_segment(base, file, &headers[i]);
	close(file);
}

int main(int count, char **arguments)
{
	char line[4096];

	target_start();
	for (int i = 1; i < count; i++)
		load(arguments[i]);
	target_say("ready");
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		load(line);
		target_say("ready");
	}
	return 0;
}
