/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_memory.h"

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/wx_history.h"

typedef bool takes_vma(const struct vma *vma);

static bool is_writable_executable(const struct vma *vma)
{
	return vma_is_writable_executable(vma);
}

static bool is_executable_stack(const struct vma *vma)
{
	return (vma->perms & PERM_EXEC) &&
	       (vma->kind == KIND_STACK || vma->kind == KIND_THREAD_STACK);
}

static bool is_executable_heap(const struct vma *vma)
{
	return (vma->perms & PERM_EXEC) &&
	       (vma->kind == KIND_HEAP || vma->kind == KIND_ARENA ||
		(vma->runtime && runtime_is_heap((enum runtime)vma->runtime)));
}

/* Adds the mappings, or of those that are more than one thing their parts, that are so. */
static void add_all(const struct finding_judge *judge, const struct address_space *space,
		    takes_vma *is)
{
	for (size_t i = 0; i < space->vma_count; i++) {
		size_t count;
		const struct vma *parts = address_space_parts(space, i, &count);

		if (!count && is(&space->vmas[i]))
			finding_judge_add_vma(judge, &space->vmas[i], NULL);
		for (size_t part = 0; part < count; part++)
			if (is(&parts[part]))
				finding_judge_add_vma(judge, &parts[part], NULL);
	}
}

void finding_memory_writable_executable(const struct finding_judge *judge,
					const struct finding_facts *facts)
{
	for (size_t i = 0; i < facts->space->vma_count; i++)
		if (is_writable_executable(&facts->space->vmas[i]))
			finding_judge_add_vma(judge, &facts->space->vmas[i], NULL);
}

void finding_memory_executable_stack(const struct finding_judge *judge,
				     const struct finding_facts *facts)
{
	add_all(judge, facts->space, is_executable_stack);
}

void finding_memory_executable_heap(const struct finding_judge *judge,
				    const struct finding_facts *facts)
{
	add_all(judge, facts->space, is_executable_heap);
}

/* Reports ranges that are writable and executable no longer; another finding reports the others. */
void finding_memory_was_writable_executable(const struct finding_judge *judge,
					    const struct finding_facts *facts)
{
	const struct wx_history *history = facts->wx_history;
	uint64_t unlisted = history->past_total - history->past_count;
	struct text note = {0};

	for (size_t i = 0; i < history->count; i++) {
		const struct wx_history_range *range = &history->ranges[i];
		const struct vma *vma = address_space_at(facts->space, range->start);
		struct finding *added;

		if (!vma || vma_is_writable_executable(vma))
			continue;
		added = finding_judge_add_vma(judge, vma, NULL);
		added->start = range->start;
		added->end = range->end;
	}
	for (size_t i = 0; i < history->past_count; i++)
		finding_judge_add(judge, &(struct finding){.start = history->past[i].start,
							   .end = history->past[i].end,
							   .kind = history->past[i].kind,
							   .note = "unmapped since"});
	if (unlisted) {
		text_append_format(&note, "%" PRIu64 " more before these", unlisted);
		finding_judge_add(
			judge, &(struct finding){.kind = KIND_COUNT, .note = text_string(&note)});
	}
	text_finish(&note);
}

static bool is_guarded(const struct address_space *space, uint64_t start)
{
	const struct vma *below = start ? address_space_at(space, start - 1) : NULL;

	return below && !(below->perms & PERM_ACCESS);
}

/*
 * A stack that its thread uses besides its own is none of those: signal handlers and fibers have
 * rules of theirs; and the runtime of a language that has its stacks in its heap checks itself.
 */
static void judge_stack(const struct finding_judge *judge, const struct finding_facts *facts,
			const struct vma *vma)
{
	if (vma->kind != KIND_THREAD_STACK || vma->alternate || vma->runtime ||
	    is_guarded(facts->space, vma->start))
		return;
	if (facts->protection.guards_unseen)
		finding_judge_add_unknown(
			judge, NULL, "guard pages that maps does not show were not looked for");
	else
		finding_judge_add_vma(judge, vma, NULL);
}

static void judge_lodged(const struct finding_judge *judge, const struct address_space *space,
			 const struct lodged_stack *stack)
{
	const struct vma *vma = address_space_at(space, stack->address);

	if (!vma || stack->alternate || vma->runtime || vma->kind == KIND_THREAD_STACK)
		return;
	finding_judge_add_vma(judge, vma, "the stack is a part of it")->tid = stack->tid;
}

void finding_memory_unguarded_stack(const struct finding_judge *judge,
				    const struct finding_facts *facts)
{
	const struct address_space *space = facts->space;

	for (size_t i = 0; i < space->vma_count; i++) {
		size_t count;
		const struct vma *parts = address_space_parts(space, i, &count);

		if (!count)
			judge_stack(judge, facts, &space->vmas[i]);
		for (size_t part = 0; part < count; part++)
			judge_stack(judge, facts, &parts[part]);
	}
	for (size_t i = 0; i < space->lodged_count; i++)
		judge_lodged(judge, space, &space->lodged[i]);
}
