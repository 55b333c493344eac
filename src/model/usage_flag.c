/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/usage_flag.h"

#include <string.h>

#include "model/target.h"
#include "model/usage_list.h"

/*
 * The codes of VmFlags: Documentation/filesystems/proc.rst, with those that only older kernels or
 * other processors have. A new one goes behind the last, so that no bit changes its meaning.
 */
static const struct usage_flag {
	char name[3];
	const char *words;
} flags[] = {
	{"rd", "can be read"},
	{"wr", "can be written"},
	{"ex", "can be executed"},
	{"sh", "shared"},
	{"mr", "may be made readable"},
	{"mw", "may be made writable"},
	{"me", "may be made executable"},
	{"ms", "may be shared"},
	{"gd", "grows down"},
	{"pf", "page frames without accounting"},
	{"dw", "writing to its file is refused"},
	{"lo", "locked in memory"},
	{"io", "memory of a device"},
	{"sr", "sequential reads advised"},
	{"rr", "random reads advised"},
	{"dc", "not copied by fork"},
	{"de", "cannot grow by mremap"},
	{"ac", "counts as committed memory"},
	{"nr", "no swap space reserved"},
	{"ht", "huge pages of hugetlb"},
	{"sf", "synchronous page faults"},
	{"nl", "non-linear file mapping"},
	{"ar", "specific to the processor"},
	{"wf", "wiped in the child on fork"},
	{"dd", "left out of core dumps"},
	{"sd", "written since last cleared"},
	{"mm", "pages and bare page frames mixed"},
	{"hg", "huge pages advised"},
	{"nh", "no huge pages advised"},
	{"mg", "equal pages may be merged"},
	{"bt", "branch targets are checked"},
	{"mt", "memory tags are checked"},
	{"um", "userfaultfd: missing pages"},
	{"uw", "userfaultfd: writes"},
	{"ui", "userfaultfd: pages not yet mapped"},
	{"ss", "shadow stack"},
	{"sl", "sealed against changes"},
	{"lf", "locked page by page as touched"},
	{"dp", "dropped when memory is low"},
	{"gu", "may hold guard pages"},
	{"mp", "bounds tables of MPX"},
};

#define FLAG_COUNT (sizeof(flags) / sizeof(flags[0]))

/* All 64 bits at once stand for TARGET_UNKNOWN. */
_Static_assert(FLAG_COUNT < 64, "VmFlags do not fit a word");

const char *usage_flag_name(size_t i)
{
	return i < FLAG_COUNT ? flags[i].name : NULL;
}

const char *usage_flag_words(size_t i)
{
	return i < FLAG_COUNT ? flags[i].words : NULL;
}

uint64_t usage_flag_bit(const char *name)
{
	for (size_t i = 0; i < FLAG_COUNT; i++)
		if (!strcmp(flags[i].name, name))
			return UINT64_C(1) << i;
	return 0;
}

bool usage_is_hugetlb(const struct usage *usage, uint64_t page_size)
{
	if (usage->flags != TARGET_UNKNOWN)
		return usage->flags & usage_flag_bit("ht");
	return usage->page_size != TARGET_UNKNOWN && usage->page_size > page_size;
}
