/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FINDING_CASES_H
#define TESTS_UNIT_FINDING_CASES_H

/* A sound process, of which tests make one that is not, and what one judge says of it. */

#include <string.h>

#include "model/address_space.h"
#include "model/checked_file.h"
#include "model/finding.h"
#include "model/kind.h"

#define CASE_PAGE   0x1000
#define CASE_VMAS   8
#define CASE_FILES  3
#define CASE_PLACES 4

/* In the order of addresses. */
enum { CASE_PROGRAM, CASE_HEAP, CASE_LIBRARY, CASE_GUARD, CASE_THREAD, CASE_STACK };

struct finding_case {
	struct vma vmas[CASE_VMAS];
	size_t vma_count;
	struct target target;
	struct lodged_stack lodged[2];
	size_t lodged_count;
	struct checked_file files[CASE_FILES];
	struct checked_files checked;
	struct finding_facts facts;
	struct address_space *space;
	struct findings findings;
};

static inline struct vma case_vma(uint64_t start, uint64_t size, uint8_t perms, enum kind kind,
				  const char *name)
{
	return (struct vma){.start = start,
			    .end = start + size,
			    .perms = perms,
			    .kind = kind,
			    .name = name,
			    .inode = name[0] == '/'};
}

static inline void finding_case_init(struct finding_case *it)
{
	*it = (struct finding_case){
		.vma_count = CASE_STACK + 1,
		.target = {.pid = 1,
			   .comm = "case",
			   .page_size = CASE_PAGE,
			   .limits = {65530, 8 << 20, TARGET_UNLIMITED, TARGET_UNLIMITED}},
		.facts = {.protection = {.personality = 0,
					 .randomize = 2,
					 .randomized = PROTECTION_YES,
					 .can_shadow = PROTECTION_NO,
					 .shadows = PROTECTION_NO,
					 .can_guard_jumps = PROTECTION_NO}},
	};
	it->vmas[CASE_PROGRAM] =
		case_vma(0x555500000000, 0x1000, PERM_READ | PERM_EXEC, KIND_TEXT, "/bin/case");
	it->vmas[CASE_HEAP] =
		case_vma(0x555600000000, 0x10000, PERM_READ | PERM_WRITE, KIND_HEAP, "[heap]");
	it->vmas[CASE_LIBRARY] =
		case_vma(0x7f0000000000, 0x2000, PERM_READ | PERM_EXEC, KIND_TEXT, "/lib/a\nb.so");
	it->vmas[CASE_GUARD] = case_vma(0x7f0000010000, 0x1000, 0, KIND_GUARD, "");
	it->vmas[CASE_THREAD] =
		case_vma(0x7f0000011000, 0x8000, PERM_READ | PERM_WRITE, KIND_THREAD_STACK, "");
	it->vmas[CASE_THREAD].tid = 7;
	it->vmas[CASE_STACK] =
		case_vma(0x7ffffff00000, 0x21000, PERM_READ | PERM_WRITE, KIND_STACK, "[stack]");
	for (size_t i = 0; i < 2; i++)
		it->files[i] = (struct checked_file){
			.name = (char *)(i ? "/lib/a\nb.so" : "/bin/case"),
			.owner = i ? OWNER_LIBRARY : OWNER_PROGRAM,
			.hardening = {.is_dynamic = true,
				      .dynamic_known = true,
				      .binds_now = true,
				      .relro = ELF_RELRO_FULL,
				      .marks = ELF_MARK_IBT | ELF_MARK_SHSTK,
				      .marks_defined = ELF_MARK_IBT | ELF_MARK_SHSTK},
			.writer = CHECKED_WRITER_NONE,
		};
	it->checked = (struct checked_files){it->files, 2, CASE_FILES};
	it->facts.files = &it->checked;
}

/* Makes the space anew, as the case is now. */
static inline void finding_case_build(struct finding_case *it)
{
	address_space_destroy(it->space);
	assert_int_equal(address_space_create(&it->target, it->vmas, it->vma_count, 1000000000, 0,
					      &it->space),
			 0);
	assert_int_equal(address_space_set_stacks(it->space, NULL, 0, it->lodged, it->lodged_count),
			 0);
	it->facts.space = it->space;
}

/* What the judge says, as the only one. Returns how many things. */
static inline size_t finding_case_judge(struct finding_case *it, finding_judge_call *call)
{
	const struct finding_judge judge = {&it->findings, FINDING_NO_RELRO};

	finding_case_build(it);
	findings_finish(&it->findings);
	call(&judge, &it->facts);
	return it->findings.count;
}

static inline void finding_case_finish(struct finding_case *it)
{
	findings_finish(&it->findings);
	address_space_destroy(it->space);
}

/* The note of the first thing, or why it is not known. */
static inline const char *finding_case_note(const struct finding_case *it)
{
	const struct finding *finding = &it->findings.findings[0];

	return finding->unknown ? finding->unknown : finding->note;
}

#endif
