/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/marks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/vma.h"

#define IMPORTANCE_MAX 8 /* of what is dangerous */

/* How much a change wants to be seen, and how; 0: not at all. */
static const struct {
	uint8_t importance;
	uint8_t role; /* enum role */
} types[CHANGE_TYPE_COUNT] = {
	[CHANGE_MAPPED] = {7, ROLE_APPEARED}, [CHANGE_PROTECTED] = {6, ROLE_PROTECTED},
	[CHANGE_GREW] = {5, ROLE_GREW},       [CHANGE_SHRANK] = {4, ROLE_SHRANK},
	[CHANGE_MOVED] = {3, ROLE_LABEL},     [CHANGE_RENAMED] = {2, ROLE_LABEL},
	[CHANGE_UNMAPPED] = {1, ROLE_GHOST},  [CHANGE_SPLIT] = {0, ROLE_MUTED},
	[CHANGE_MERGED] = {0, ROLE_MUTED},    [CHANGE_EXEC] = {0, ROLE_VALUE},
	[CHANGE_EXIT] = {0, ROLE_VALUE},
};

enum role marks_role(enum change_type type, bool danger)
{
	return danger ? ROLE_DANGER : types[type].role;
}

static int importance(enum change_type type, bool danger)
{
	return danger ? IMPORTANCE_MAX : types[type].importance;
}

static bool is_dangerous(const struct change *change)
{
	const unsigned both = PERM_WRITE | PERM_EXEC;

	if (change->type != CHANGE_PROTECTED && change->type != CHANGE_MAPPED)
		return false;
	return (change->perms & both) == both && (change->old_perms & both) != both;
}

void marks_finish(struct marks *marks)
{
	free(marks->marks);
	free(marks->reach);
	*marks = (struct marks){0};
}

/* The part that a growing mapping gained: the larger one when both ends moved. */
static void find_grown(struct mark *mark, const struct change *change)
{
	uint64_t below = change->start < change->old_start ? change->old_start - change->start : 0;
	uint64_t above = change->end > change->old_end ? change->end - change->old_end : 0;

	if (above >= below) {
		mark->from = change->end - above;
		mark->to = change->end;
	} else {
		mark->from = change->start;
		mark->to = change->start + below;
	}
}

static struct mark make_mark(const struct change *change, int64_t now_ns)
{
	bool ghost = change->type == CHANGE_UNMAPPED;
	struct mark mark = {
		.start = ghost ? change->old_start : change->start,
		.end = ghost ? change->old_end : change->end,
		.until_ns = now_ns + (ghost ? MARKS_GHOST_NS : MARKS_LASTING_NS),
		.type = change->type,
		.danger = is_dangerous(change),
	};

	if (change->type == CHANGE_GREW)
		find_grown(&mark, change);
	return mark;
}

/* Grew again: what it gained now and what it gained before are one part where they touch. */
static void join_grown(struct mark *mark, const struct mark *again)
{
	uint64_t from = mark->from, to = mark->to;

	*mark = *again;
	if (from == to || from > again->to || to < again->from)
		return;
	mark->from = from < again->from ? from : again->from;
	mark->to = to > again->to ? to : again->to;
}

/* An older mark of the mapping that changed: it goes with it. Returns whether it is renewed. */
static bool follow(struct mark *mark, const struct change *change, const struct mark *renewed)
{
	if (change->type == CHANGE_UNMAPPED) {
		mark->until_ns = INT64_MIN;
		return false;
	}
	if (mark->type == change->type && !mark->danger) {
		join_grown(mark, renewed);
		return true;
	}
	mark->start = change->start;
	mark->end = change->end;
	/* What it gained is at its old place, or not part of it any more. */
	if (change->type == CHANGE_MOVED || change->type == CHANGE_SHRANK)
		mark->from = mark->to = 0;
	return false;
}

/* Appends the change's mark unless one of the older marks, the first ones, takes it over. */
static void add_change(struct marks *marks, size_t older, const struct change *change,
		       int64_t now_ns)
{
	struct mark mark = make_mark(change, now_ns);
	bool renewed = false;

	/* A mark that went with an earlier change of the list may stand where this one was. */
	for (size_t i = 0; i < older && change->old_start < change->old_end; i++) {
		struct mark *old = &marks->marks[i];

		if (old->start == change->old_start && old->end == change->old_end &&
		    old->until_ns != INT64_MIN && old->type != CHANGE_UNMAPPED)
			renewed |= follow(old, change, &mark);
	}
	if (!renewed && marks->count < MARKS_MAX)
		marks->marks[marks->count++] = mark;
}

static int compare_starts(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return importance(x->type, x->danger) - importance(y->type, y->danger);
}

/* Those that settle last come first. */
static int compare_ages(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->until_ns != y->until_ns)
		return x->until_ns > y->until_ns ? -1 : 1;
	return compare_starts(a, b);
}

static void set_reach(struct marks *marks)
{
	uint64_t reach = 0;

	for (size_t i = 0; i < marks->count; i++) {
		reach = marks->marks[i].end > reach ? marks->marks[i].end : reach;
		marks->reach[i] = reach;
	}
}

static void arrange(struct marks *marks)
{
	qsort(marks->marks, marks->count, sizeof(*marks->marks), compare_starts);
	set_reach(marks);
}

/* Leaves room for so many marks more by letting those go that would settle first. */
static void make_room(struct marks *marks, size_t more)
{
	if (marks->count + more <= MARKS_MAX)
		return;
	qsort(marks->marks, marks->count, sizeof(*marks->marks), compare_ages);
	marks->count = MARKS_MAX - more;
}

static void drop_settled(struct marks *marks, int64_t now_ns)
{
	size_t kept = 0;

	for (size_t i = 0; i < marks->count; i++)
		if (marks->marks[i].until_ns > now_ns)
			marks->marks[kept++] = marks->marks[i];
	marks->count = kept;
}

/* Counts the changes of each importance. */
static void count_changes(const struct change_list *list, size_t *counts)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];

		counts[importance(change->type, is_dangerous(change))]++;
	}
}

/*
 * Of more changes than there is room for, the more important ones are marked, so that the work is
 * bounded too.
 */
static void add_list(struct marks *marks, const struct change_list *list, int64_t now_ns)
{
	size_t counts[IMPORTANCE_MAX + 1] = {0}, room = MARKS_MAX, older, more = 0;
	size_t take[IMPORTANCE_MAX + 1] = {0};

	count_changes(list, counts);
	for (int i = IMPORTANCE_MAX; i > 0; i--) {
		take[i] = counts[i] < room ? counts[i] : room;
		room -= take[i];
		more += take[i];
	}
	make_room(marks, more);
	older = marks->count;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];
		int rank = importance(change->type, is_dangerous(change));

		if (take[rank] == 0)
			continue;
		take[rank]--;
		add_change(marks, older, change, now_ns);
	}
}

void marks_add(struct marks *marks, const struct change_list *list, int64_t now_ns)
{
	if (list->count == 0)
		return;
	for (size_t i = 0; i < list->count; i++)
		if (list->changes[i].type == CHANGE_EXEC)
			marks->count = 0;
	if (!marks->marks) {
		marks->marks = memory_alloc(MARKS_MAX * sizeof(*marks->marks));
		marks->reach = memory_alloc(MARKS_MAX * sizeof(*marks->reach));
	}
	drop_settled(marks, now_ns);
	add_list(marks, list, now_ns);
	drop_settled(marks, now_ns);
	arrange(marks);
}

bool marks_expire(struct marks *marks, int64_t now_ns, int64_t *ret_next_ns)
{
	size_t count = marks->count;
	int64_t next = MARKS_NEVER;

	drop_settled(marks, now_ns);
	for (size_t i = 0; i < marks->count; i++)
		if (marks->marks[i].until_ns < next)
			next = marks->marks[i].until_ns;
	if (marks->count < count)
		set_reach(marks);
	*ret_next_ns = next;
	return marks->count < count;
}

/* The index of the first mark that starts at the address or above. */
static size_t lower_bound(const struct marks *marks, uint64_t address)
{
	size_t low = 0, high = marks->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (marks->marks[middle].start < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Takes the grown part of a mark over, cut to the range, when it is the larger one there. */
static void take_grown(struct mark *to, const struct mark *mark, uint64_t start, uint64_t end)
{
	uint64_t from = mark->from > start ? mark->from : start;
	uint64_t until = mark->to < end ? mark->to : end;

	if (from < until && until - from > to->to - to->from) {
		to->from = from;
		to->to = until;
	}
}

bool marks_find(const struct marks *marks, uint64_t start, uint64_t end, struct mark *ret_mark)
{
	const struct mark *best = NULL;
	struct mark grown = {0};

	/* No mark before one whose reach is not above start can overlap. */
	for (size_t i = lower_bound(marks, end); i > 0 && marks->reach[i - 1] > start; i--) {
		const struct mark *mark = &marks->marks[i - 1];

		if (mark->end <= start)
			continue;
		if (!best ||
		    importance(mark->type, mark->danger) > importance(best->type, best->danger))
			best = mark;
		take_grown(&grown, mark, start, end);
	}
	if (!best)
		return false;
	*ret_mark = *best;
	ret_mark->from = grown.from;
	ret_mark->to = grown.to;
	return true;
}
