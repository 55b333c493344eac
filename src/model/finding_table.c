/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_table.h"

#include "model/finding_file.h"
#include "model/finding_limit.h"
#include "model/finding_memory.h"
#include "model/finding_protection.h"

static const struct row {
	const char *name;
	enum finding_severity severity;
	finding_judge_call *judge;
	bool needs_watching;
	const char *meaning, *advice;
} rows[FINDING_COUNT] = {
	[FINDING_WRITABLE_EXECUTABLE] =
		{"writable-executable", FINDING_HIGH, finding_memory_writable_executable, false,
		 "Memory is writable and executable: what an attacker writes there can run as "
		 "code.",
		 "Make code writable first and executable later, never both; a JIT compiler mostly "
		 "has an option for that."},
	[FINDING_WAS_WRITABLE_EXECUTABLE] =
		{"was-writable-executable", FINDING_MEDIUM, finding_memory_was_writable_executable,
		 true,
		 "Memory was writable and executable for some time, and code could be put there.",
		 "Find out who mapped it so (the events say when), and map code writable first and "
		 "executable later."},
	[FINDING_EXECUTABLE_STACK] =
		{"executable-stack", FINDING_HIGH, finding_memory_executable_stack, false,
		 "A stack is executable: what an overflow writes there can run as code.",
		 "Link every object with -z noexecstack and mark assembly with .note.GNU-stack; "
		 "stack-request names the objects that ask for it."},
	[FINDING_EXECUTABLE_HEAP] =
		{"executable-heap", FINDING_HIGH, finding_memory_executable_heap, false,
		 "Heap memory is executable: data that the program takes in can run as code.",
		 "Remove the mprotect(2) or the READ_IMPLIES_EXEC personality that makes it so."},
	[FINDING_STACK_REQUEST] =
		{"stack-request", FINDING_MEDIUM, finding_file_stack_request, false,
		 "A file asks for executable stacks, or does not say that it needs none.",
		 "Link it with -z noexecstack; mark assembly with .section .note.GNU-stack."},
	[FINDING_UNGUARDED_STACK] =
		{"unguarded-stack", FINDING_HIGH, finding_memory_unguarded_stack, false,
		 "A thread stack has no guard below: an overflow overwrites what lies there.",
		 "Let pthread_create(3) allocate stacks, or place memory without access below "
		 "them."},
	[FINDING_NOT_RANDOMIZED] =
		{"not-randomized", FINDING_HIGH, finding_protection_randomized, false,
		 "Address space layout randomization is off: addresses can be foretold.",
		 "Start the program without setarch -R and outside of a debugger; set "
		 "kernel.randomize_va_space to 2."},
	[FINDING_HEAP_NOT_RANDOMIZED] =
		{"heap-not-randomized", FINDING_LOW, finding_protection_heap_randomized, false,
		 "The brk heap follows the program directly, as kernel.randomize_va_space is 1.",
		 "Set kernel.randomize_va_space to 2."},
	[FINDING_FIXED_ADDRESS] =
		{"fixed-address", FINDING_MEDIUM, finding_file_fixed_address, false,
		 "The program is not position-independent: its code and data lie at known "
		 "addresses.",
		 "Compile it with -fPIE and link it with -pie (-static-pie)."},
	[FINDING_NO_RELRO] =
		{"no-relro", FINDING_MEDIUM, finding_file_no_relro, false,
		 "What relocation fills in stays writable, function pointers among it.",
		 "Link it with -z relro -z now."},
	[FINDING_PARTIAL_RELRO] =
		{"partial-relro", FINDING_LOW, finding_file_partial_relro, false,
		 "The addresses that calls to libraries go through stay writable.",
		 "Link it with -z relro -z now."},
	[FINDING_TEXT_RELOCATIONS] =
		{"text-relocations", FINDING_MEDIUM, finding_file_text_relocations, false,
		 "The loader has to write into code, which is writable for that time and private.",
		 "Compile the object with -fPIC, and link it with -z text to find what is left."},
	[FINDING_DELETED_FILE] =
		{"deleted-file", FINDING_MEDIUM, finding_file_deleted, false,
		 "The process runs code of a file that was deleted or replaced, as by an update.",
		 "Restart the process, so that it runs what is installed now."},
	[FINDING_FOREIGN_WRITER] =
		{"foreign-writer", FINDING_HIGH, finding_file_foreign_writer, false,
		 "Others than root and the user of the process may change code that it runs.",
		 "Take the permission to write away from them, or install the file elsewhere."},
	[FINDING_NO_SHADOW_STACK] =
		{"no-shadow-stack", FINDING_LOW, finding_protection_shadow_stack, false,
		 "Return addresses are not protected by a shadow stack, which the processor has.",
		 "Build all objects with -fcf-protection and turn it on with "
		 "GLIBC_TUNABLES=glibc.cpu.x86_shstk=on."},
	[FINDING_NO_BTI] =
		{"no-bti", FINDING_LOW, finding_protection_bti, false,
		 "Indirect branches may land anywhere in this code, though the processor has BTI.",
		 "Build it with -mbranch-protection=standard."},
	[FINDING_MANY_MAPPINGS] =
		{"many-mappings", FINDING_HIGH, finding_limit_mappings, false,
		 "The process has nearly as many mappings as it may have; then mmap(2) fails.",
		 "Raise vm.max_map_count, or find what maps so much (the growers show it)."},
	[FINDING_STACK_LIMIT] =
		{"stack-limit", FINDING_HIGH, finding_limit_stack, false,
		 "The main stack has nearly no room left; at its end the process gets SIGSEGV.",
		 "Raise the limit with ulimit -s, or find the recursion that fills it."},
	[FINDING_DATA_LIMIT] =
		{"data-limit", FINDING_HIGH, finding_limit_data, false,
		 "Private writable memory is near RLIMIT_DATA; then allocating fails.",
		 "Raise the limit with ulimit -d, or find what grows."},
	[FINDING_ADDRESS_SPACE_LIMIT] =
		{"address-space-limit", FINDING_HIGH, finding_limit_address_space, false,
		 "The address space is near RLIMIT_AS; then mapping memory fails.",
		 "Raise the limit with ulimit -v, or find what grows."},
	[FINDING_STEADY_GROWTH] =
		{"steady-growth", FINDING_MEDIUM, finding_limit_growth, true,
		 "Memory of a kind grew all the time that the process was watched, as a leak does.",
		 "Watch longer, and see in the growers which mappings it is."},
};

const char *finding_name(enum finding_type type)
{
	return rows[type].name;
}

enum finding_severity finding_severity(enum finding_type type)
{
	return rows[type].severity;
}

const char *finding_meaning(enum finding_type type)
{
	return rows[type].meaning;
}

const char *finding_advice(enum finding_type type)
{
	return rows[type].advice;
}

static enum finding_state state_of(const struct findings *findings, size_t first, bool unwatched)
{
	bool unknown = false;

	for (size_t i = first; i < findings->count; i++) {
		if (!findings->findings[i].unknown)
			return FINDING_STATE_FOUND;
		unknown = true;
	}
	return unwatched ? FINDING_STATE_UNWATCHED
	       : unknown ? FINDING_STATE_UNKNOWN
			 : FINDING_STATE_NONE;
}

void findings_judge(struct findings *findings, const struct finding_facts *facts)
{
	bool unwatched = !facts->session || !facts->wx_history;

	arena_finish(&findings->arena);
	findings->count = 0;
	for (unsigned type = 0; type < FINDING_COUNT; type++) {
		const struct finding_judge judge = {findings, (enum finding_type)type};
		const size_t first = findings->count;
		const bool unseen = rows[type].needs_watching && unwatched;

		if (!unseen)
			rows[type].judge(&judge, facts);
		findings->states[type] = (uint8_t)state_of(findings, first, unseen);
	}
}
