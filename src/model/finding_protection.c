/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_protection.h"

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/checked_file.h"
#include "model/kind.h"

static void add_note(const struct finding_judge *judge, const char *note)
{
	finding_judge_add(judge, &(struct finding){.kind = KIND_COUNT, .note = note});
}

/*
 * What execve(2) did is what counts for the process; what is set now, for the programs that it
 * executes.
 */
void finding_protection_randomized(const struct finding_judge *judge,
				   const struct finding_facts *facts)
{
	const struct protection *protection = &facts->protection;
	bool refused = protection->personality != TARGET_UNKNOWN &&
		       (protection->personality & PROTECTION_ADDR_NO_RANDOMIZE);
	bool off = protection->randomize == 0;
	bool was_off = protection->randomized == PROTECTION_NO;

	if (refused)
		add_note(judge, was_off ? "its personality has ADDR_NO_RANDOMIZE"
					: "its personality has ADDR_NO_RANDOMIZE now: what it "
					  "executes is not randomized");
	if (off)
		add_note(judge, was_off ? "kernel.randomize_va_space is 0"
					: "kernel.randomize_va_space is 0 now: what it executes is "
					  "not randomized");
	if (was_off && !refused && !off)
		add_note(judge, "it was off when the program was executed");
	if (protection->randomized == PROTECTION_UNKNOWN)
		finding_judge_add_unknown(judge, NULL,
					  "whether execve(2) randomized it cannot be read");
}

void finding_protection_heap_randomized(const struct finding_judge *judge,
					const struct finding_facts *facts)
{
	uint64_t randomize = facts->protection.randomize;

	if (randomize == TARGET_UNKNOWN)
		finding_judge_add_unknown(judge, NULL, "kernel.randomize_va_space cannot be read");
	else if (randomize == 1)
		add_note(judge, "kernel.randomize_va_space is 1");
}

/* Adds the files whose code lacks the mark, of those whose processor defines it. */
static size_t add_unmarked(const struct finding_judge *judge, const struct finding_facts *facts,
			   enum elf_mark mark, const char *note)
{
	const struct checked_files *files = facts->files;
	size_t count = 0;

	for (size_t i = 0; files && i < files->count; i++) {
		const struct checked_file *file = &files->files[i];

		if (file->state != CHECKED_READ || !(file->hardening.marks_defined & mark) ||
		    (file->hardening.marks & mark))
			continue;
		finding_judge_add(
			judge,
			&(struct finding){.kind = KIND_COUNT, .file = file->name, .note = note});
		count++;
	}
	return count;
}

/* Programs of 32 bits have none in any kernel. */
void finding_protection_shadow_stack(const struct finding_judge *judge,
				     const struct finding_facts *facts)
{
	const struct protection *protection = &facts->protection;

	if (protection->can_shadow == PROTECTION_NO || facts->space->user_end <= UINT64_C(1) << 32)
		return;
	if (protection->can_shadow == PROTECTION_UNKNOWN ||
	    protection->shadows == PROTECTION_UNKNOWN) {
		finding_judge_add_unknown(judge, NULL, "what the processor has cannot be read");
		return;
	}
	if (protection->shadows == PROTECTION_YES)
		return;
	if (!add_unmarked(judge, facts, ELF_MARK_SHSTK, "not ready for it: no SHSTK mark"))
		add_note(judge, "it was not turned on for the process");
}

/* What of the code cannot be read is unknown, as of any other finding about files. */
static void add_unread(const struct finding_judge *judge, const struct checked_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *why = checked_state_words((enum checked_state)files->files[i].state);

		if (why)
			finding_judge_add_unknown(judge, files->files[i].name, why);
	}
}

void finding_protection_bti(const struct finding_judge *judge, const struct finding_facts *facts)
{
	switch (facts->protection.can_guard_jumps) {
	case PROTECTION_NO: break;
	case PROTECTION_YES:
		if (!facts->files) {
			finding_judge_add_unknown(judge, NULL, "the files were not looked at");
			break;
		}
		add_unmarked(judge, facts, ELF_MARK_BTI, NULL);
		add_unread(judge, facts->files);
		break;
	default:
		finding_judge_add_unknown(judge, NULL, "what the processor has cannot be read");
		break;
	}
}
