/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/alike.h"

#include "model/address_space.h"

struct alike alike_of(const struct vma *vma)
{
	return alike_make(vma->kind, vma->owner, vma->runtime, vma_size(vma));
}

/* Of a mapping whose parts have kinds of their own, nothing is said. */
static struct alike alike_at(const struct address_space *space, size_t index)
{
	size_t parts;

	if (address_space_parts(space, index, &parts))
		return (struct alike){.kind = KIND_COUNT};
	return alike_of(&space->vmas[index]);
}

static bool is_hole(const struct vma *vma, const struct alike *alike)
{
	return (vma->kind == KIND_GUARD || vma->kind == KIND_RESERVE) &&
	       vma_size(vma) <= alike_hole_max(alike);
}

static bool touches(const struct vma *below, const struct vma *above)
{
	return below->end == above->start;
}

bool alike_find(const struct address_space *space, size_t first, struct alike_run *ret_run)
{
	const struct vma *vmas = space->vmas;
	size_t piece = first + (vmas[first].kind == KIND_GUARD);
	struct alike_run run = {.piece = piece, .end = piece + 1, .pieces = 1};
	struct alike alike;

	if (piece == space->vma_count)
		return false;
	if (piece > first &&
	    (vmas[piece].kind != KIND_THREAD_STACK || !touches(&vmas[first], &vmas[piece])))
		return false;
	alike = alike_at(space, piece);
	if (alike.program || alike_least(&alike) == 0)
		return false;
	run.each = vma_size(&vmas[piece]);
	for (size_t i = piece + 1; i < space->vma_count; i++) {
		const struct alike other = alike_at(space, i);

		if (vmas[i].start - vmas[i - 1].end > alike_hole_max(&alike))
			break;
		if (alike_same(&other, &alike)) {
			run.end = i + 1;
			run.pieces++;
			run.each = vma_size(&vmas[i]) == run.each ? run.each : 0;
		} else if (!is_hole(&vmas[i], &alike)) {
			break;
		}
	}
	if (run.pieces < 2 || run.pieces < alike_least(&alike))
		return false;
	/* What the last arena reserves is its own. */
	if (vmas[piece].kind == KIND_ARENA && run.end < space->vma_count &&
	    vmas[run.end].kind == KIND_RESERVE && is_hole(&vmas[run.end], &alike) &&
	    touches(&vmas[run.end - 1], &vmas[run.end]))
		run.end++;
	*ret_run = run;
	return true;
}
