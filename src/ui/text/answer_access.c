/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/answer_access.h"

#include "base/format.h"
#include "base/text.h"
#include "model/access.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "model/grow_down.h"
#include "ui/text/answer_about.h"
#include "ui/text/explanation.h"

static const char *const labels[ACCESS_COUNT] = {
	[ACCESS_READ] = "read",
	[ACCESS_WRITE] = "write",
	[ACCESS_JUMP] = "jump",
};

static const char *const outcomes[ACCESS_OUTCOMES] = {
	[ACCESS_WORKS] = "works",
	[ACCESS_COPIES] = "works: copies the page (copy-on-write); the file is unchanged",
	[ACCESS_SHARES] = "works: all who map the memory or read the file see the change",
	[ACCESS_GROWS] = "works: the stack grows down",
	[ACCESS_NOT_MAPPED] = "SIGSEGV, SEGV_MAPERR: nothing is mapped here",
	[ACCESS_FORBIDDEN] = "SIGSEGV, SEGV_ACCERR: the mapping does not allow it",
	[ACCESS_GUARDED] = "SIGSEGV, SEGV_MAPERR: madvise made this page a guard",
	[ACCESS_PAST_FILE] = "SIGBUS, BUS_ADRERR: past the end of the file",
	[ACCESS_NOT_CANONICAL] = "SIGSEGV, SI_KERNEL: not a canonical address",
	[ACCESS_CANONICAL_OR_NOT] =
		"SIGSEGV, SI_KERNEL (SEGV_MAPERR where page tables have five levels)",
	[ACCESS_NO_CALL] = "SIGSEGV, SI_KERNEL: not the entry of a system call",
};

/* Behind "unless", in the order of the bits. */
static const char *const conditions[ACCESS_CONDITIONS] = {
	"it is past the end of the file (SIGBUS)",
	"the processor can keep code from being read (SIGSEGV)",
	"the device driver refuses",
	"the kernel has no page there (SIGBUS)",
	"madvise made it a guard page (SIGSEGV)",
	"the userfaultfd handler does not provide the page",
	"the thread's PKRU register forbids it (SIGSEGV, SEGV_PKUERR)",
	"no huge page is free (SIGBUS)",
	"the file system has no room (SIGBUS)",
	"its flags, which only smaps reports, say otherwise",
	"the mapping above grows down, which only smaps reports",
	"the pointer has another memory tag (SIGSEGV, SEGV_MTESERR)",
	"the code there is not a branch target (SIGILL)",
	"a memory limit is reached (SIGSEGV)",
	"the page is poisoned (SIGBUS)",
};

static void append_growth(struct text *text, const struct answer_about *about)
{
	uint64_t limit = about->space->target.limits.stack;
	struct grow_down growth;
	char size[FORMAT_SIZE_LENGTH];

	if (grow_down_find(about->space, about->address, &about->page, &growth) != GROW_DOWN_YES)
		return;
	text_append_format(text, " by %s", format_size(size, growth.more));
	text_append_format(text, " to %s", format_size(size, growth.more + vma_size(growth.vma)));
	if (limit < TARGET_UNLIMITED)
		text_append_format(text, " of %s", format_size(size, limit));
}

/* Reasons that fit better than the usual one for an address where nothing is mapped. */
static const char *why_unmapped(const struct answer_about *about)
{
	const struct address_space *space = about->space;
	size_t index = address_space_lower_bound(space, about->address);

	if (about->address < space->target.page_size)
		return "SIGSEGV, SEGV_MAPERR: kept unmapped to catch NULL pointers";
	if (index == space->vma_count)
		return NULL;
	if (space->vmas[index].kind == KIND_VSYSCALL && space->vmas[index].start <= about->address)
		return "SIGSEGV, SEGV_MAPERR: the kernel does not permit this here";
	if (space->vmas[index].kind == KIND_STACK)
		return "SIGSEGV, SEGV_MAPERR: unmapped, and the stack cannot grow this far";
	return NULL;
}

/* Words that fit better than the usual ones; NULL: these do. */
static const char *special_words(const struct answer_about *about, enum access_outcome outcome)
{
	const struct address_space *space = about->space;
	size_t index = address_space_lower_bound(space, about->address);

	if (outcome == ACCESS_NOT_MAPPED)
		return why_unmapped(about);
	if (outcome == ACCESS_GROWS && space->vmas[index].kind != KIND_STACK)
		return "works: the mapping above grows down";
	return NULL;
}

/* ", unless it is this, that or something else" */
static void append_conditions(struct text *text, unsigned left)
{
	const char *before = ", unless ";

	for (unsigned i = 0; i < ACCESS_CONDITIONS; i++) {
		if (!(left >> i & 1))
			continue;
		left &= ~(1u << i);
		text_append_format(text, "%s%s", before, conditions[i]);
		before = left & (left - 1) ? ", " : " or ";
	}
}

static void append_outcome(struct text *text, const struct answer_about *about,
			   const struct access_answer *answer)
{
	const char *special = special_words(about, answer->outcome);

	if (answer->conditions)
		text_append(text, "depends: ");
	text_append(text, special ? special : outcomes[answer->outcome]);
	if (answer->outcome == ACCESS_GROWS)
		append_growth(text, about);
	append_conditions(text, answer->conditions);
}

static void say(struct explanation *to, const struct answer_about *about, const char *label,
		const struct access_answer *answer)
{
	struct text text = {0};
	bool works = access_works(answer->outcome);

	append_outcome(&text, about, answer);
	explanation_say(to, label, text_string(&text),
			!works                            ? ROLE_WARNING
			: answer->outcome == ACCESS_GROWS ? ROLE_VALUE
							  : ROLE_DEFAULT);
	text_finish(&text);
}

static bool is_same(const struct access_answer *a, const struct access_answer *b)
{
	return a->outcome == b->outcome && a->conditions == b->conditions;
}

void answer_access(struct explanation *to, const struct answer_about *about)
{
	const struct access_facts facts = {
		.file_size = about->file ? about->file->size : TARGET_UNKNOWN,
		.page = about->page,
	};
	struct access_answer answers[ACCESS_COUNT];

	for (unsigned i = 0; i < ACCESS_COUNT; i++)
		answers[i] = access_answer(about->space, about->address, (enum access)i, &facts);
	if (is_same(&answers[0], &answers[1]) && is_same(&answers[0], &answers[2])) {
		say(to, about, "access", &answers[0]);
		return;
	}
	for (unsigned i = 0; i < ACCESS_COUNT; i++)
		say(to, about, labels[i], &answers[i]);
}
