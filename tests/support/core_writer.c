/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/core_writer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/procfs.h>

#define PAGE 4096

uint16_t core_writer_machine(void)
{
	Elf64_Ehdr own = {.e_machine = EM_NONE};
	FILE *file = fopen("/proc/self/exe", "re");

	if (file && fread(&own, sizeof(own), 1, file) != 1)
		own.e_machine = EM_NONE;
	if (file)
		fclose(file);
	return own.e_machine;
}

static void put_zeroes(FILE *file, size_t size)
{
	while (size--)
		fputc(0, file);
}

static size_t padded(size_t size)
{
	return (size + 3) / 4 * 4;
}

static void put_note(FILE *file, uint32_t type, const void *bytes, size_t size)
{
	const Elf64_Nhdr header = {.n_namesz = 5, .n_descsz = (uint32_t)size, .n_type = type};

	fwrite(&header, sizeof(header), 1, file);
	fwrite("CORE\0\0\0", 8, 1, file);
	if (size)
		fwrite(bytes, size, 1, file);
	put_zeroes(file, padded(size) - size);
}

static void put_thread(FILE *file, const struct written_core *core,
		       const struct written_thread *thread)
{
	struct elf_prstatus status;
	char *registers = (char *)&status.pr_reg;

	memset(&status, 0, sizeof(status));
	status.pr_pid = thread->tid;
	status.pr_cursig = (short)core->signal;
	status.pr_info.si_signo = core->signal;
#if defined(__x86_64__)
	memcpy(registers + 19 * sizeof(uint64_t), &thread->stack_pointer, sizeof(uint64_t));
	memcpy(registers + 21 * sizeof(uint64_t), &thread->thread_pointer, sizeof(uint64_t));
#elif defined(__aarch64__)
	memcpy(registers + 31 * sizeof(uint64_t), &thread->stack_pointer, sizeof(uint64_t));
#else
	(void)registers;
#endif
	put_note(file, NT_PRSTATUS, &status, sizeof(status));
}

/* As long as there is room, without a NUL then. */
static void put_words(char *field, size_t size, const char *words)
{
	size_t length = strlen(words);

	memcpy(field, words, length < size ? length : size);
}

static void put_process(FILE *file, const struct written_core *core)
{
	struct elf_prpsinfo info;

	if (!core->pid)
		return;
	memset(&info, 0, sizeof(info));
	info.pr_pid = core->pid;
	info.pr_uid = core->uid;
	put_words(info.pr_fname, sizeof(info.pr_fname), core->name);
	put_words(info.pr_psargs, sizeof(info.pr_psargs), core->arguments);
	put_note(file, NT_PRPSINFO, &info, sizeof(info));
}

static void put_files(FILE *file, const struct written_core *core)
{
	const uint64_t unit = core->by_debugger ? 1 : PAGE, head[] = {core->file_count, unit};
	char *bytes;
	size_t size;
	FILE *list;

	if (core->no_files)
		return;
	list = open_memstream(&bytes, &size);
	fwrite(head, sizeof(head), 1, list);
	for (size_t i = 0; i < core->file_count; i++) {
		const struct written_range *range = &core->files[i];
		const uint64_t words[] = {range->start, range->end, range->offset / unit};

		fwrite(words, sizeof(words), 1, list);
	}
	for (size_t i = 0; i < core->file_count; i++)
		fwrite(core->files[i].name, strlen(core->files[i].name) + 1, 1, list);
	fclose(list);
	put_note(file, NT_FILE, bytes, size);
	free(bytes);
}

static char *make_notes(const struct written_core *core, size_t *ret_size)
{
	char *bytes;
	FILE *file = open_memstream(&bytes, ret_size);

	if (core->by_debugger)
		put_process(file, core);
	if (core->thread_count)
		put_thread(file, core, &core->threads[0]);
	if (!core->by_debugger)
		put_process(file, core);
	if (core->info)
		put_note(file, NT_SIGINFO, core->info, sizeof(*core->info));
	if (core->auxv)
		put_note(file, NT_AUXV, core->auxv, core->auxv_length);
	put_files(file, core);
	for (size_t i = 1; i < core->thread_count; i++)
		put_thread(file, core, &core->threads[i]);
	fclose(file);
	return bytes;
}

/* Returns where the first section header would be, the end. */
static void put_headers(FILE *file, const struct written_core *core, size_t notes_size)
{
	const bool many = core->many || core->segment_count + 1 >= PN_XNUM;
	const uint64_t notes = sizeof(Elf64_Ehdr) + (core->segment_count + 1) * sizeof(Elf64_Phdr);
	uint64_t offset = (notes + notes_size + PAGE - 1) / PAGE * PAGE, end = offset;
	Elf64_Ehdr header = {.e_type = ET_CORE,
			     .e_machine = core_writer_machine(),
			     .e_version = EV_CURRENT,
			     .e_phoff = sizeof(Elf64_Ehdr),
			     .e_ehsize = sizeof(Elf64_Ehdr),
			     .e_phentsize = sizeof(Elf64_Phdr),
			     .e_phnum = many ? PN_XNUM : (uint16_t)(core->segment_count + 1)};
	Elf64_Phdr program = {.p_type = PT_NOTE, .p_offset = notes, .p_filesz = notes_size};

	for (size_t i = 0; i < core->segment_count; i++)
		end += core->segments[i].kept;
	if (many) {
		header.e_shoff = end;
		header.e_shentsize = sizeof(Elf64_Shdr);
		header.e_shnum = 1;
	}
	memcpy(header.e_ident, ELFMAG, SELFMAG);
	header.e_ident[EI_CLASS] = ELFCLASS64;
	header.e_ident[EI_DATA] =
		__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	header.e_ident[EI_VERSION] = EV_CURRENT;
	fwrite(&header, sizeof(header), 1, file);
	fwrite(&program, sizeof(program), 1, file);
	for (size_t i = 0; i < core->segment_count; i++) {
		const struct written_segment *segment = &core->segments[i];

		program = (Elf64_Phdr){.p_type = PT_LOAD,
				       .p_flags = segment->flags,
				       .p_offset = offset,
				       .p_vaddr = segment->start,
				       .p_memsz = segment->end - segment->start,
				       .p_filesz = segment->kept,
				       .p_align = PAGE};
		fwrite(&program, sizeof(program), 1, file);
		offset += segment->kept;
	}
}

void core_writer_write(FILE *file, const struct written_core *core)
{
	size_t size, at;
	char *notes = make_notes(core, &size);

	put_headers(file, core, size);
	fwrite(notes, size, 1, file);
	free(notes);
	at = sizeof(Elf64_Ehdr) + (core->segment_count + 1) * sizeof(Elf64_Phdr) + size;
	put_zeroes(file, (at + PAGE - 1) / PAGE * PAGE - at);
	for (size_t i = 0; i < core->segment_count; i++) {
		const struct written_segment *segment = &core->segments[i];

		if (segment->bytes && segment->kept)
			fwrite(segment->bytes, segment->kept, 1, file);
		else
			put_zeroes(file, segment->kept);
	}
	if (core->many || core->segment_count + 1 >= PN_XNUM) {
		const Elf64_Shdr section = {.sh_info = (uint32_t)core->segment_count + 1};

		fwrite(&section, sizeof(section), 1, file);
	}
}

char *core_writer_make(const struct written_core *core, size_t *ret_size)
{
	char *bytes;
	FILE *file = open_memstream(&bytes, ret_size);

	core_writer_write(file, core);
	fclose(file);
	return bytes;
}
