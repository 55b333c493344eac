/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_DWFL_H
#define TESTS_UNIT_FAKE_DWFL_H

/*
 * libdwfl by a script: it finds the frames that the test says, from each place that a walk begins
 * at, and calls back as the library does.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "call_log.h"
#include "files/libdw.h"

/* Code of files lies here. */
#define FAKE_CODE     UINT64_C(0x400000)
#define FAKE_CODE_END UINT64_C(0x500000)

#define FAKE_REGISTERS 40
#define FAKE_MODULES   8

struct fake_frame {
	uint64_t pc;
	bool unknown; /* no PC can be told */
	bool no_stack_pointer;
	uint64_t stack_pointer; /* 7 of the DWARF registers; of the others that are below it the
				 * values are 500 and their numbers; the rest cannot be told */
};

/* The frames that are found where a walk begins at the PC of the first; NULL ends the list. */
struct fake_walk {
	const struct fake_frame *frames;
	size_t count;
};

static struct {
	/* What fails. */
	bool no_begin, no_elf, no_attach, no_info, no_registers;
	int load_error;
	unsigned elf_version;
	const char *refused; /* a module of that name */
	const struct fake_walk *walks;
	uint64_t read_at; /* of the stack, at the beginning of each walk */
	/* What was given. */
	const Dwfl_Callbacks *files;
	const Dwfl_Thread_Callbacks *threads;
	void *context;
	void *module_data[FAKE_MODULES];
	size_t modules;
	Dwarf_Word registers[FAKE_REGISTERS], pc;
	bool told; /* the PC */
	bool was_read;
	Dwarf_Word word;
} fake_dwfl;

static char fake_dwfl_things[FAKE_MODULES]; /* modules, and what else is only pointed to */

static Dwfl *fake_begin(const Dwfl_Callbacks *callbacks)
{
	fake_dwfl.files = callbacks;
	return fake_dwfl.no_begin ? NULL : (Dwfl *)fake_dwfl_things;
}

static void fake_end(Dwfl *dwfl)
{
	assert_ptr_equal(dwfl, fake_dwfl_things);
	call_log_say("end");
}

static void fake_report_begin(Dwfl *dwfl)
{
	assert_non_null(dwfl);
	call_log_say("report");
}

static Dwfl_Module *fake_report_module(Dwfl *dwfl, const char *name, GElf_Addr start, GElf_Addr end)
{
	assert_non_null(dwfl);
	call_log_say("module %s %lx-%lx", name, (unsigned long)start, (unsigned long)end);
	if (fake_dwfl.refused && !strcmp(fake_dwfl.refused, name))
		return NULL;
	return (Dwfl_Module *)&fake_dwfl_things[fake_dwfl.modules++];
}

static int fake_report_end(Dwfl *dwfl,
			   int (*removed)(Dwfl_Module *, void *, const char *, Dwarf_Addr, void *),
			   void *context)
{
	assert_non_null(dwfl);
	assert_true(!removed && !context);
	call_log_say("reported");
	return 0;
}

static const char *fake_module_info(Dwfl_Module *module, void ***userdata, Dwarf_Addr *start,
				    Dwarf_Addr *end, Dwarf_Addr *dwarf_bias, Dwarf_Addr *sym_bias,
				    const char **main_file, const char **debug_file)
{
	assert_true(!start && !end && !dwarf_bias && !sym_bias && !main_file && !debug_file);
	if (fake_dwfl.no_info)
		return NULL;
	*userdata = &fake_dwfl.module_data[(char *)module - fake_dwfl_things];
	return "name";
}

static unsigned fake_elf_version(unsigned version)
{
	assert_int_equal(version, EV_CURRENT);
	return fake_dwfl.elf_version;
}

static Elf *fake_elf_begin(int descriptor, Elf_Cmd command, Elf *reference)
{
	assert_true(descriptor >= 0 && command == ELF_C_READ_MMAP && !reference);
	return fake_dwfl.no_elf ? NULL : (Elf *)(fake_dwfl_things + 1);
}

static int fake_elf_end(Elf *elf)
{
	assert_ptr_equal(elf, fake_dwfl_things + 1);
	call_log_say("end of the machine");
	return 0;
}

static bool fake_attach(Dwfl *dwfl, Elf *elf, pid_t pid, const Dwfl_Thread_Callbacks *threads,
			void *context)
{
	assert_true(dwfl && elf && threads);
	call_log_say("attach %d", (int)pid);
	fake_dwfl.threads = threads;
	fake_dwfl.context = context;
	return !fake_dwfl.no_attach;
}

static bool fake_set_registers(Dwfl_Thread *thread, int first, unsigned count,
			       const Dwarf_Word *registers)
{
	assert_true(thread && !first && count <= FAKE_REGISTERS);
	if (fake_dwfl.no_registers)
		return false;
	memcpy(fake_dwfl.registers, registers, count * sizeof(*registers));
	return true;
}

static void fake_set_pc(Dwfl_Thread *thread, Dwarf_Word pc)
{
	assert_non_null(thread);
	fake_dwfl.pc = pc;
	fake_dwfl.told = true;
}

static bool fake_frame_pc(Dwfl_Frame *state, Dwarf_Addr *pc, bool *is_activation)
{
	const struct fake_frame *frame = (const struct fake_frame *)state;

	assert_null(is_activation);
	if (!frame->unknown)
		*pc = frame->pc;
	return !frame->unknown;
}

static Dwfl_Module *fake_addrmodule(Dwfl *dwfl, Dwarf_Addr address)
{
	assert_non_null(dwfl);
	return address >= FAKE_CODE && address < FAKE_CODE_END ? (Dwfl_Module *)fake_dwfl_things
							       : NULL;
}

#if _ELFUTILS_PREREQ(0, 188)
static int fake_frame_reg(Dwfl_Frame *state, unsigned number, Dwarf_Word *value)
{
	const struct fake_frame *frame = (const struct fake_frame *)state;

	if (number > 7 || (number == 7 && frame->no_stack_pointer)) {
		*value = 13;
		return 1;
	}
	*value = number == 7 ? frame->stack_pointer : 500 + number;
	return 0;
}
#endif

static int fake_getthread_frames(Dwfl *dwfl, pid_t tid,
				 int (*callback)(Dwfl_Frame *state, void *argument), void *argument)
{
	void *thread = NULL;

	assert_non_null(dwfl);
	assert_true(fake_dwfl.threads->get_thread(dwfl, tid, fake_dwfl.context, &thread));
	fake_dwfl.told = false;
	if (!fake_dwfl.threads->set_initial_registers((Dwfl_Thread *)fake_dwfl_things, thread))
		return -1;
	assert_true(fake_dwfl.told);
	fake_dwfl.word = 99;
	fake_dwfl.was_read = fake_dwfl.threads->memory_read(dwfl, fake_dwfl.read_at,
							    &fake_dwfl.word, fake_dwfl.context);
	call_log_say("walk from %lx", (unsigned long)fake_dwfl.pc);
	for (const struct fake_walk *walk = fake_dwfl.walks; walk->frames; walk++) {
		if (walk->frames->pc != fake_dwfl.pc)
			continue;
		for (size_t i = 0; i < walk->count; i++)
			if (callback((Dwfl_Frame *)&walk->frames[i], argument) != DWARF_CB_OK)
				return 1;
	}
	return 0;
}

int libdw_load(struct libdw *ret_libdw)
{
	if (!fake_dwfl.load_error)
		*ret_libdw = (struct libdw)
		{
			.dwfl_begin = fake_begin, .dwfl_end = fake_end,
			.dwfl_report_begin = fake_report_begin,
			.dwfl_report_module = fake_report_module,
			.dwfl_report_end = fake_report_end, .dwfl_attach_state = fake_attach,
			.dwfl_getthread_frames = fake_getthread_frames,
			.dwfl_frame_pc = fake_frame_pc,
			.dwfl_thread_state_registers = fake_set_registers,
			.dwfl_thread_state_register_pc = fake_set_pc,
			.dwfl_module_info = fake_module_info, .dwfl_addrmodule = fake_addrmodule,
#if _ELFUTILS_PREREQ(0, 188)
			.dwfl_frame_reg = fake_frame_reg,
#endif
			.elf_version = fake_elf_version, .elf_begin = fake_elf_begin,
			.elf_end = fake_elf_end,
		};
	return fake_dwfl.load_error;
}

#endif
