/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/kind.h"
#include "model/vma.h"

const char *finding_severity_name(enum finding_severity severity)
{
	static const char *const names[] = {
		[FINDING_LOW] = "low",
		[FINDING_MEDIUM] = "medium",
		[FINDING_HIGH] = "high",
	};

	return names[severity];
}

const char *finding_state_name(enum finding_state state)
{
	static const char *const names[] = {
		[FINDING_STATE_NONE] = "none",
		[FINDING_STATE_FOUND] = "found",
		[FINDING_STATE_UNKNOWN] = "unknown",
		[FINDING_STATE_UNWATCHED] = "unwatched",
	};

	return names[state];
}

static const char *copy(struct arena *arena, const char *string)
{
	return string ? arena_copy(arena, string, strlen(string)) : NULL;
}

struct finding *finding_judge_add(const struct finding_judge *judge, const struct finding *finding)
{
	struct findings *findings = judge->findings;
	struct finding *added;

	findings->findings = memory_array_grow(findings->findings, findings->count,
					       &findings->capacity, sizeof(*findings->findings));
	added = &findings->findings[findings->count++];
	*added = *finding;
	added->type = judge->type;
	added->file = copy(&findings->arena, finding->file);
	added->note = copy(&findings->arena, finding->note);
	added->unknown = copy(&findings->arena, finding->unknown);
	return added;
}

struct finding *finding_judge_add_vma(const struct finding_judge *judge, const struct vma *vma,
				      const char *note)
{
	return finding_judge_add(judge, &(struct finding){.start = vma->start,
							  .end = vma->end,
							  .perms = vma->perms,
							  .kind = vma->kind,
							  .tid = vma->tid,
							  .file = vma->name[0] ? vma->name : NULL,
							  .note = note});
}

void finding_judge_add_unknown(const struct finding_judge *judge, const char *file, const char *why)
{
	finding_judge_add(judge,
			  &(struct finding){.unknown = why, .kind = KIND_COUNT, .file = file});
}

void findings_finish(struct findings *findings)
{
	arena_finish(&findings->arena);
	free(findings->findings);
	*findings = (struct findings){0};
}

size_t findings_count(const struct findings *findings, enum finding_state state)
{
	size_t count = 0;

	for (size_t type = 0; type < FINDING_COUNT; type++)
		count += findings->states[type] == state;
	return count;
}
