/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/death_words.h"

#include <inttypes.h>
#include <signal.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/signal_name.h"
#include "ui/text/explanation.h"

/* What a debugger stops a process with is of no interest, but for a fault. */
static bool is_told(const struct target_death *death)
{
	return death->signal && (!death->by_debugger || death->has_address);
}

void death_words_append_short(struct text *text, const struct target *target)
{
	const struct target_death *death = &target->death;
	char name[SIGNAL_NAME_LENGTH];

	if (!is_told(death))
		return;
	text_append(text, signal_name(death->signal, name));
	if (death->has_address)
		text_append_format(text, " at %" PRIx64, death->address);
}

/* What the code of a fault says of its address; NULL: nothing more. */
static const char *reason_of(const struct target_death *death)
{
	switch (death->signal) {
	case SIGSEGV:
		return death->code == SEGV_MAPERR   ? "nothing is mapped at "
		       : death->code == SEGV_ACCERR ? "the permissions forbid the access to "
						    : "a fault at ";
	case SIGBUS:
		return death->code == BUS_ADRALN ? "an access that is not aligned, to "
						 : "there is no memory behind ";
	case SIGILL: return "an instruction that is not allowed, at ";
	case SIGFPE:
		return death->code == FPE_INTDIV ? "a division by zero, at "
						 : "an arithmetic fault, at ";
	default: return NULL;
	}
}

static void append_reason(struct text *text, const struct target *target)
{
	const struct target_death *death = &target->death;
	const char *reason = death->has_address ? reason_of(death) : NULL;

	if (reason)
		text_append_format(text, ": %s%" PRIx64, reason, death->address);
	else if (death->has_code && death->code == SI_KERNEL && death->signal == SIGSEGV)
		text_append(text, ": the processor gave no address, as for one that is not "
				  "canonical");
	else if (death->sender && death->sender == target->pid)
		text_append(text, ", which it sent to itself");
	else if (death->sender)
		text_append_format(text, " from process %" PRId32, death->sender);
}

void death_words_append(struct text *text, const struct target *target)
{
	const struct target_death *death = &target->death;
	char name[SIGNAL_NAME_LENGTH];

	if (death->by_debugger) {
		text_append(text, "written by a debugger");
		if (death->signal)
			text_append_format(text, ", stopped by %s",
					   signal_name(death->signal, name));
		append_reason(text, target);
		return;
	}
	if (!death->signal) {
		text_append(text, "no signal is known");
		return;
	}
	text_append_format(text, "killed by %s", signal_name(death->signal, name));
	if (death->tid && target->threads > 1)
		text_append_format(text, " in thread %" PRId32, death->tid);
	append_reason(text, target);
}

bool death_words_are_of(const struct target *target, uint64_t start, uint64_t end)
{
	const struct target_death *death = &target->death;

	return death->has_address && death->address >= start && death->address < end;
}

/* Whether the stack of the thread is in the range. */
static bool has_stack(const struct address_space *space, uint64_t start, uint64_t end)
{
	const struct target *target = &space->target;
	const size_t index = address_space_lower_bound(space, start);
	const struct vma *vma = index < space->vma_count ? &space->vmas[index] : NULL;

	if (!vma || vma->start != start || vma->end != end || !target->death.tid)
		return false;
	return vma->kind == KIND_STACK ? target->death.tid == target->pid
				       : vma->tid == target->death.tid;
}

void death_words_explain(struct explanation *to, const struct address_space *space, uint64_t start,
			 uint64_t end)
{
	const struct target *target = &space->target;
	struct text text = {0};

	if (!is_told(&target->death))
		return;
	if (death_words_are_of(target, start, end))
		death_words_append(&text, target);
	else if (has_stack(space, start, end))
		text_append(&text, "in this thread, whose stack it is");
	if (text.length) {
		explanation_say(to, "died", text_string(&text), ROLE_DANGER);
		explanation_say(to, NULL, NULL, ROLE_DEFAULT);
	}
	text_finish(&text);
}
