/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/core_notes.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/procfs.h>

#include "base/memory.h"
#include "core/core_headers.h"
#include "inside/file_reader.h"

#define NOTE_ALIGN     4
#define OWNER          "CORE"
#define WINDOW_BYTES   ((size_t)64 * 1024)
#define FILE_BYTES_MAX ((uint64_t)64 << 20) /* the kernel's own bound is 16 MiB at most */

/* The notes as they are gone through, by a window. */
struct walk {
	const struct file_reader *file;
	struct core_notes *notes;
	uint64_t at, end;    /* in the file */
	uint64_t held, left; /* where the window begins, and its bytes */
	bool has_status;     /* a thread came before */
	char *window;
};

/* Points to size bytes at the offset, at most WINDOW_BYTES. Returns 0 or -errno. */
static int look(struct walk *walk, uint64_t offset, size_t size, const char **ret_bytes)
{
	int error;

	if (offset < walk->held || offset + size > walk->held + walk->left) {
		walk->held = offset;
		walk->left = walk->end - offset < WINDOW_BYTES ? walk->end - offset : WINDOW_BYTES;
		error = file_reader_read(walk->file, offset, walk->window, (size_t)walk->left);
		if (error) {
			walk->left = 0;
			return error;
		}
	}
	*ret_bytes = walk->window + (offset - walk->held);
	return 0;
}

/* Which words of the general registers these are: asm/ptrace.h, asm/user_64.h. */
static void read_registers(const elf_gregset_t *set, struct core_thread *thread)
{
#if defined(__x86_64__)
	const int stack = 19, base = 21; /* rsp, fs_base of struct user_regs_struct */
#elif defined(__aarch64__)
	const int stack = 31, base = -1; /* sp of struct user_pt_regs */
#elif defined(__riscv)
	const int stack = 2, base = -1; /* sp of struct user_regs_struct */
#elif defined(__powerpc64__)
	const int stack = 1, base = -1; /* gpr[1] of struct pt_regs */
#elif defined(__s390x__)
	const int stack = 17, base = -1; /* gprs[15] behind the PSW */
#elif defined(__loongarch__)
	const int stack = 3, base = -1; /* regs[3] */
#else
	const int stack = -1, base = -1;
#endif
	const char *words = (const char *)set;
	uint64_t word;

	if (stack >= 0 && (size_t)(stack + 1) * sizeof(word) <= sizeof(*set)) {
		memcpy(&word, words + (size_t)stack * sizeof(word), sizeof(word));
		thread->stack_pointer = word;
	}
	if (base >= 0 && (size_t)(base + 1) * sizeof(word) <= sizeof(*set)) {
		memcpy(&word, words + (size_t)base * sizeof(word), sizeof(word));
		thread->thread_pointer = word;
	}
}

static void take_status(struct walk *walk, const char *bytes)
{
	struct core_notes *notes = walk->notes;
	struct elf_prstatus status;
	struct core_thread *thread;

	memcpy(&status, bytes, sizeof(status));
	if (status.pr_pid <= 0 || notes->thread_count == CORE_THREADS_MAX)
		return;
	notes->threads = memory_array_grow(notes->threads, notes->thread_count,
					   &notes->thread_capacity, sizeof(*notes->threads));
	thread = &notes->threads[notes->thread_count++];
	*thread = (struct core_thread){.tid = status.pr_pid};
	read_registers(&status.pr_reg, thread);
	if (walk->has_status)
		return;
	walk->has_status = true;
	notes->death.tid = status.pr_pid;
	if (status.pr_cursig > 0 && status.pr_cursig < NSIG)
		notes->death.signal = status.pr_cursig;
}

/* A debugger describes the process before its threads, the kernel after the first one. */
static void take_process(struct walk *walk, const char *bytes)
{
	struct core_notes *notes = walk->notes;
	struct elf_prpsinfo info;

	memcpy(&info, bytes, sizeof(info));
	if (notes->pid || info.pr_pid <= 0)
		return;
	notes->pid = info.pr_pid;
	notes->uid = info.pr_uid;
	notes->death.by_debugger = !walk->has_status;
	memcpy(notes->name, info.pr_fname, sizeof(info.pr_fname));
	memcpy(notes->arguments, info.pr_psargs, sizeof(info.pr_psargs));
	/* The kernel has one behind each of them (fs/binfmt_elf.c, fill_psinfo()). */
	for (size_t end = strlen(notes->arguments); end && notes->arguments[end - 1] == ' ';)
		notes->arguments[--end] = '\0';
}

/* Faults say which address; what a process sends says who sent it (sigaction(2)). */
static void take_signal(struct walk *walk, const char *bytes)
{
	struct target_death *death = &walk->notes->death;
	siginfo_t info;

	memcpy(&info, bytes, sizeof(info));
	if (death->has_code || info.si_signo <= 0 || info.si_signo >= NSIG)
		return;
	death->signal = info.si_signo;
	death->code = info.si_code;
	death->has_code = true;
	if (info.si_code <= 0) {
		death->sender = info.si_pid;
		return;
	}
	death->has_address =
		info.si_code != SI_KERNEL && (info.si_signo == SIGSEGV || info.si_signo == SIGBUS ||
					      info.si_signo == SIGILL || info.si_signo == SIGFPE);
	if (death->has_address)
		death->address = (uintptr_t)info.si_addr;
}

static int take_files(struct walk *walk, uint64_t offset, uint64_t size)
{
	struct core_notes *notes = walk->notes;
	char *bytes;
	int error;

	if (notes->has_files || size > FILE_BYTES_MAX)
		return 0;
	error = file_reader_load(walk->file, offset, size, FILE_BYTES_MAX, &bytes);
	if (error)
		return error;
	notes->has_files =
		core_file_list_parse(bytes, (size_t)size, &notes->files, &notes->file_count) == 0;
	if (notes->has_files)
		notes->names = bytes;
	else
		free(bytes);
	return 0;
}

static void take_auxv(struct walk *walk, const char *bytes, size_t size)
{
	if (walk->notes->auxv_length)
		return;
	memcpy(walk->notes->auxv, bytes, size);
	walk->notes->auxv_length = size;
}

/* A note whose content begins at the offset. */
static int take(struct walk *walk, uint32_t type, uint64_t offset, uint64_t size)
{
	const char *bytes = "";
	int error;

	if (type == NT_FILE)
		return take_files(walk, offset, size);
	if (size > CORE_AUXV_MAX)
		return 0;
	error = look(walk, offset, (size_t)size, &bytes);
	if (error)
		return error;
	switch (type) {
	case NT_PRSTATUS:
		if (size == sizeof(struct elf_prstatus))
			take_status(walk, bytes);
		break;
	case NT_PRPSINFO:
		if (size == sizeof(struct elf_prpsinfo))
			take_process(walk, bytes);
		break;
	case NT_SIGINFO:
		if (size == sizeof(siginfo_t))
			take_signal(walk, bytes);
		break;
	case NT_AUXV: take_auxv(walk, bytes, (size_t)size); break;
	default: break;
	}
	return 0;
}

static uint64_t aligned(uint64_t size)
{
	return (size + NOTE_ALIGN - 1) & ~(uint64_t)(NOTE_ALIGN - 1);
}

/* The next note. Returns 1; 0 at the end, or where the notes do not add up; or -errno. */
static int step(struct walk *walk)
{
	Elf64_Nhdr header;
	const char *bytes;
	uint64_t content, left = walk->end - walk->at;
	int error;

	if (left < sizeof(header))
		return 0;
	error = look(walk, walk->at, sizeof(header), &bytes);
	if (error)
		return error;
	memcpy(&header, bytes, sizeof(header));
	content = sizeof(header) + aligned(header.n_namesz);
	if (content > left || header.n_descsz > left - content)
		return 0;
	if (header.n_namesz == sizeof(OWNER)) {
		error = look(walk, walk->at + sizeof(header), sizeof(OWNER), &bytes);
		if (!error && !memcmp(bytes, OWNER, sizeof(OWNER)))
			error = take(walk, header.n_type, walk->at + content, header.n_descsz);
		if (error)
			return error;
	}
	content += aligned(header.n_descsz);
	walk->at = content < left ? walk->at + content : walk->end;
	return 1;
}

static int read_span(struct walk *walk, const struct core_span *span)
{
	const uint64_t size = walk->file->size;
	int more = 1;

	walk->left = 0;
	if (span->size > UINT64_MAX - span->offset || span->offset + span->size > size)
		walk->notes->cut = true;
	if (span->offset >= size)
		return 0;
	walk->at = span->offset;
	walk->end = span->size < size - span->offset ? span->offset + span->size : size;
	while (more > 0)
		more = step(walk);
	return more;
}

int core_notes_read(const struct file_reader *file, const struct core_headers *headers,
		    struct core_notes *ret_notes)
{
	struct core_notes *notes = ret_notes;
	struct walk walk = {.file = file, .notes = notes, .window = memory_alloc(WINDOW_BYTES)};
	int error = 0;

	memset(notes, 0, sizeof(*notes));
	notes->uid = TARGET_UNKNOWN;
	for (size_t i = 0; i < headers->note_count && !error; i++)
		error = read_span(&walk, &headers->notes[i]);
	free(walk.window);
	if (error)
		core_notes_finish(notes);
	return error;
}

void core_notes_finish(struct core_notes *notes)
{
	free(notes->threads);
	free(notes->files);
	free(notes->names);
	notes->threads = NULL;
	notes->files = NULL;
	notes->names = NULL;
}
