/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/frame_unwinder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/libdw.h"
#include "files/mapped_open.h"
#include "inside/unwind_batch.h"

#if defined(HAVE_LIBDW) && UNWIND_REGISTER_COUNT

/* Registers in the order of DWARF, which the psABI of each machine gives; indexes of the sample. */
#if defined(__x86_64__)
/* RAX, RDX, RCX, RBX, RSI, RDI, RBP, RSP, R8 to R15, the return address. */
static const uint8_t order[] = {0, 3, 2, 1, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 8};
#define STACK_POINTER 7
#else
/* X0 to X30, SP. */
static const uint8_t order[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
				16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
#define STACK_POINTER 31
#endif
#define REGISTER_COUNT sizeof(order)

/* Words of the stack in which a trampoline keeps where it returns to, see cross(). */
#define TRAMPOLINE_WORDS 4

struct state {
	Dwarf_Word registers[REGISTER_COUNT];
	Dwarf_Word pc;
};

/* Threads have no meaning here: each sample is that of the one thread there is. */
#define THREAD 1

/* What a module of libdwfl leads to. */
struct module {
	struct mapped_root *root;
	const struct unwind_object *object;
};

struct frame_unwinder {
	struct libdw libdw;
	struct module *modules; /* one for each object */
	int own;                /* this program, which tells libdwfl the machine */
	Elf *machine;
	Dwfl *dwfl;
	const struct unwind_sample *sample; /* that is being unwound, */
	struct state state;                 /* from here on */
};

/* Returns a descriptor that becomes libdwfl's, or a negative number. */
static int find_elf(Dwfl_Module *mod, void **userdata, const char *name, Dwarf_Addr base,
		    char **ret_name, Elf **ret_elf)
{
	const struct module *module = *userdata;
	struct mapped_found file;
	int found, descriptor;

	(void)mod, (void)name, (void)base, (void)ret_name, (void)ret_elf;
	if (!module)
		return -1;
	found = mapped_find(module->root, &module->object->vma, &file);
	if (found < 0)
		return -1;
	descriptor = mapped_open(found);
	close(found);
	return descriptor;
}

/* The tables that are needed are in the mapped file itself. */
static int find_debuginfo(Dwfl_Module *mod, void **userdata, const char *name, Dwarf_Addr base,
			  const char *file_name, const char *link, GElf_Word crc, char **ret_name)
{
	(void)mod, (void)userdata, (void)name, (void)base, (void)file_name, (void)link, (void)crc;
	(void)ret_name;
	return -1;
}

static pid_t next_thread(Dwfl *dwfl, void *context, void **thread)
{
	(void)dwfl;
	if (*thread)
		return 0;
	*thread = context;
	return THREAD;
}

static bool get_thread(Dwfl *dwfl, pid_t tid, void *context, void **thread)
{
	(void)dwfl;
	*thread = context;
	return tid == THREAD;
}

static bool read_memory(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *ret_word, void *context)
{
	const struct frame_unwinder *unwinder = context;
	uint64_t word;

	(void)dwfl;
	if (unwind_sample_read(unwinder->sample, address, &word))
		return false;
	*ret_word = word;
	return true;
}

static bool set_registers(Dwfl_Thread *thread, void *context)
{
	const struct frame_unwinder *unwinder = context;

	if (!unwinder->libdw.dwfl_thread_state_registers(thread, 0, REGISTER_COUNT,
							 unwinder->state.registers))
		return false;
	unwinder->libdw.dwfl_thread_state_register_pc(thread, unwinder->state.pc);
	return true;
}

static const Dwfl_Thread_Callbacks threads = {
	.next_thread = next_thread,
	.get_thread = get_thread,
	.memory_read = read_memory,
	.set_initial_registers = set_registers,
};

static const Dwfl_Callbacks files = {
	.find_elf = find_elf,
	.find_debuginfo = find_debuginfo,
};

static void report_objects(struct frame_unwinder *unwinder, const struct unwind_object *objects,
			   size_t count, struct mapped_root *root)
{
	const struct libdw *libdw = &unwinder->libdw;
	uint64_t end = 0;

	libdw->dwfl_report_begin(unwinder->dwfl);
	for (size_t i = 0; i < count; i++) {
		Dwfl_Module *mod;
		void **userdata;

		/* Objects that lie in each other are no objects. */
		if (objects[i].start < end)
			continue;
		end = objects[i].end;
		unwinder->modules[i] = (struct module){root, &objects[i]};
		mod = libdw->dwfl_report_module(unwinder->dwfl, objects[i].vma.name,
						objects[i].start, objects[i].end);
		if (mod &&
		    libdw->dwfl_module_info(mod, &userdata, NULL, NULL, NULL, NULL, NULL, NULL))
			*userdata = &unwinder->modules[i];
	}
	libdw->dwfl_report_end(unwinder->dwfl, NULL, NULL);
}

static bool attach(struct frame_unwinder *unwinder)
{
	const struct libdw *libdw = &unwinder->libdw;

	if (libdw->elf_version(EV_CURRENT) == EV_NONE)
		return false;
	unwinder->own = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	unwinder->machine = libdw->elf_begin(unwinder->own, ELF_C_READ_MMAP, NULL);
	return unwinder->machine && libdw->dwfl_attach_state(unwinder->dwfl, unwinder->machine,
							     THREAD, &threads, unwinder);
}

int frame_unwinder_open(struct mapped_root *root, const struct unwind_object *objects, size_t count,
			struct frame_unwinder **ret_unwinder)
{
	struct frame_unwinder *unwinder;
	struct libdw libdw;
	int error = libdw_load(&libdw);

	if (error)
		return error;
	unwinder = memory_alloc(sizeof(*unwinder));
	*unwinder = (struct frame_unwinder){.libdw = libdw, .own = -1};
	unwinder->modules = memory_alloc(count * sizeof(*unwinder->modules));
	unwinder->dwfl = libdw.dwfl_begin(&files);
	if (unwinder->dwfl)
		report_objects(unwinder, objects, count, root);
	if (!unwinder->dwfl || !attach(unwinder)) {
		frame_unwinder_close(unwinder);
		return -EOPNOTSUPP;
	}
	*ret_unwinder = unwinder;
	return 0;
}

void frame_unwinder_close(struct frame_unwinder *unwinder)
{
	if (!unwinder)
		return;
	if (unwinder->dwfl)
		unwinder->libdw.dwfl_end(unwinder->dwfl);
	if (unwinder->machine)
		unwinder->libdw.elf_end(unwinder->machine);
	if (unwinder->own >= 0)
		close(unwinder->own);
	free(unwinder->modules);
	free(unwinder);
}

/* What a walk through frames collects. */
struct walk {
	struct frame_unwinder *unwinder;
	struct unwind_result *result;
	bool fresh;         /* the first frame is there already */
	bool lost;          /* the last frame is in code without a file; then */
	struct state state; /* how it was there */
};

/* Keeps the registers of a frame in code without a file. */
static void note_lost(struct walk *walk, Dwfl_Frame *frame, Dwarf_Addr pc)
{
	const struct libdw *libdw = &walk->unwinder->libdw;

	walk->lost = false;
#if _ELFUTILS_PREREQ(0, 188)
	if (libdw->dwfl_addrmodule(walk->unwinder->dwfl, pc))
		return;
	walk->lost = libdw->dwfl_frame_reg(frame, STACK_POINTER,
					   &walk->state.registers[STACK_POINTER]) == 0;
	for (unsigned i = 0; walk->lost && i < REGISTER_COUNT; i++)
		if (libdw->dwfl_frame_reg(frame, i, &walk->state.registers[i]))
			walk->state.registers[i] = 0;
#else
	(void)libdw, (void)frame, (void)pc;
#endif
}

/* Loops end where there is no more room. */
static int take_frame(Dwfl_Frame *frame, void *context)
{
	struct walk *walk = context;
	struct unwind_result *result = walk->result;
	Dwarf_Addr pc;

	if (!walk->unwinder->libdw.dwfl_frame_pc(frame, &pc, NULL) || !pc)
		return DWARF_CB_ABORT;
	if (!walk->fresh)
		result->frames[result->count++] = pc;
	walk->fresh = false;
	note_lost(walk, frame, pc);
	return result->count < CALL_STACK_FRAMES_MAX ? DWARF_CB_OK : DWARF_CB_ABORT;
}

static void walk_from(struct walk *walk, const struct state *state)
{
	struct frame_unwinder *unwinder = walk->unwinder;

	unwinder->state = *state;
	walk->lost = false;
	(void)unwinder->libdw.dwfl_getthread_frames(unwinder->dwfl, THREAD, take_frame, walk);
}

/*
 * Goes on behind generated code that calls a function for another one and keeps neither tables nor
 * a frame pointer, as the trampolines of CPython do (Python/asm_trampoline.S): it returns to code
 * of a file by one of the first words of its stack, and its registers are its caller's. A word that
 * leads to a stack of some frames is taken for it. Returns whether there was one.
 */
static bool cross(struct walk *walk)
{
	struct frame_unwinder *unwinder = walk->unwinder;
	const struct state before = walk->state;
	const uint64_t count = walk->result->count;

	for (unsigned i = 0; i < TRAMPOLINE_WORDS; i++) {
		struct state state = before;
		uint64_t word;

		state.registers[STACK_POINTER] += i * sizeof(word);
		if (unwind_sample_read(unwinder->sample, state.registers[STACK_POINTER], &word) ||
		    !unwinder->libdw.dwfl_addrmodule(unwinder->dwfl, word))
			continue;
		state.registers[STACK_POINTER] += sizeof(word);
		state.pc = word;
#if defined(__x86_64__)
		state.registers[REGISTER_COUNT - 1] = word;
#endif
		walk_from(walk, &state);
		if (walk->result->count >= count + 2)
			return true;
		walk->result->count = count;
	}
	return false;
}

void frame_unwinder_unwind(struct frame_unwinder *unwinder, const struct unwind_sample *sample,
			   struct unwind_result *ret_result)
{
	struct walk walk = {.unwinder = unwinder, .result = ret_result, .fresh = true};
	struct state state = {.pc = unwind_sample_register(sample, UNWIND_PROGRAM_COUNTER)};

	*ret_result = (struct unwind_result){.count = 1, .frames = {state.pc}};
	for (unsigned i = 0; i < REGISTER_COUNT; i++)
		state.registers[i] = unwind_sample_register(sample, order[i]);
	unwinder->sample = sample;
	walk_from(&walk, &state);
	walk.fresh = false;
	while (walk.lost && ret_result->count < CALL_STACK_FRAMES_MAX && cross(&walk))
		;
	unwinder->sample = NULL;
}

#else
int frame_unwinder_open(struct mapped_root *root, const struct unwind_object *objects, size_t count,
			struct frame_unwinder **ret_unwinder)
{
	(void)root, (void)objects, (void)count, (void)ret_unwinder;
	return -ELIBACC;
}

void frame_unwinder_close(struct frame_unwinder *unwinder)
{
	(void)unwinder;
}

void frame_unwinder_unwind(struct frame_unwinder *unwinder, const struct unwind_sample *sample,
			   struct unwind_result *ret_result)
{
	(void)unwinder, (void)sample, (void)ret_result;
}
#endif
