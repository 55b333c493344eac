/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/picture/highlights.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"
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

enum role highlights_role(enum change_type type, bool danger)
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

void highlights_finish(struct highlights *highlights)
{
	free(highlights->highlights);
	free(highlights->reach);
	*highlights = (struct highlights){0};
}

/* The part that a growing mapping gained: the larger one when both ends moved. */
static void find_grown(struct highlight *highlight, const struct change *change)
{
	uint64_t below = change->start < change->old_start ? change->old_start - change->start : 0;
	uint64_t above = change->end > change->old_end ? change->end - change->old_end : 0;

	if (above >= below) {
		highlight->from = change->end - above;
		highlight->to = change->end;
	} else {
		highlight->from = change->start;
		highlight->to = change->start + below;
	}
}

static struct highlight make_mark(const struct change *change, int64_t now_ns)
{
	bool ghost = change->type == CHANGE_UNMAPPED;
	struct highlight highlight = {
		.start = ghost ? change->old_start : change->start,
		.end = ghost ? change->old_end : change->end,
		.until_ns = now_ns + (ghost ? HIGHLIGHTS_GHOST_NS : HIGHLIGHTS_LASTING_NS),
		.type = change->type,
		.danger = is_dangerous(change),
	};

	if (change->type == CHANGE_GREW)
		find_grown(&highlight, change);
	return highlight;
}

/* Grew again: what it gained now and what it gained before are one part where they touch. */
static void join_grown(struct highlight *highlight, const struct highlight *again)
{
	uint64_t from = highlight->from, to = highlight->to;

	*highlight = *again;
	if (from == to || from > again->to || to < again->from)
		return;
	highlight->from = from < again->from ? from : again->from;
	highlight->to = to > again->to ? to : again->to;
}

/* An older highlight of the mapping that changed: it goes with it. Returns whether it is renewed.
 */
static bool follow(struct highlight *highlight, const struct change *change,
		   const struct highlight *renewed)
{
	if (change->type == CHANGE_UNMAPPED) {
		highlight->until_ns = INT64_MIN;
		return false;
	}
	if (highlight->type == change->type && !highlight->danger) {
		join_grown(highlight, renewed);
		return true;
	}
	highlight->start = change->start;
	highlight->end = change->end;
	/* What it gained is at its old place, or not part of it any more. */
	if (change->type == CHANGE_MOVED || change->type == CHANGE_SHRANK)
		highlight->from = highlight->to = 0;
	return false;
}

/* Appends the change's highlight unless one of the older highlights, the first ones, takes it over.
 */
static void add_change(struct highlights *highlights, size_t older, const struct change *change,
		       int64_t now_ns)
{
	struct highlight highlight = make_mark(change, now_ns);
	bool renewed = false;

	/* A highlight that went with an earlier change of the list may stand where this one was. */
	for (size_t i = 0; i < older && change->old_start < change->old_end; i++) {
		struct highlight *old = &highlights->highlights[i];

		if (old->start == change->old_start && old->end == change->old_end &&
		    old->until_ns != INT64_MIN && old->type != CHANGE_UNMAPPED)
			renewed |= follow(old, change, &highlight);
	}
	if (!renewed && highlights->count < HIGHLIGHTS_MAX)
		highlights->highlights[highlights->count++] = highlight;
}

static int compare_starts(const void *a, const void *b)
{
	const struct highlight *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return importance(x->type, x->danger) - importance(y->type, y->danger);
}

/* Those that settle last come first. */
static int compare_ages(const void *a, const void *b)
{
	const struct highlight *x = a, *y = b;

	if (x->until_ns != y->until_ns)
		return x->until_ns > y->until_ns ? -1 : 1;
	return compare_starts(a, b);
}

static void set_reach(struct highlights *highlights)
{
	uint64_t reach = 0;

	for (size_t i = 0; i < highlights->count; i++) {
		reach = highlights->highlights[i].end > reach ? highlights->highlights[i].end
							      : reach;
		highlights->reach[i] = reach;
	}
}

static void arrange(struct highlights *highlights)
{
	qsort(highlights->highlights, highlights->count, sizeof(*highlights->highlights),
	      compare_starts);
	set_reach(highlights);
}

/* Leaves room for so many highlights more by letting those go that would settle first. */
static void make_room(struct highlights *highlights, size_t more)
{
	if (highlights->count + more <= HIGHLIGHTS_MAX)
		return;
	qsort(highlights->highlights, highlights->count, sizeof(*highlights->highlights),
	      compare_ages);
	highlights->count = HIGHLIGHTS_MAX - more;
}

static void drop_settled(struct highlights *highlights, int64_t now_ns)
{
	size_t kept = 0;

	for (size_t i = 0; i < highlights->count; i++)
		if (highlights->highlights[i].until_ns > now_ns)
			highlights->highlights[kept++] = highlights->highlights[i];
	highlights->count = kept;
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
static void add_list(struct highlights *highlights, const struct change_list *list, int64_t now_ns)
{
	size_t counts[IMPORTANCE_MAX + 1] = {0}, room = HIGHLIGHTS_MAX, older, more = 0;
	size_t take[IMPORTANCE_MAX + 1] = {0};

	count_changes(list, counts);
	for (int i = IMPORTANCE_MAX; i > 0; i--) {
		take[i] = counts[i] < room ? counts[i] : room;
		room -= take[i];
		more += take[i];
	}
	make_room(highlights, more);
	older = highlights->count;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *change = &list->changes[i];
		int rank = importance(change->type, is_dangerous(change));

		if (take[rank] == 0)
			continue;
		take[rank]--;
		add_change(highlights, older, change, now_ns);
	}
}

void highlights_add(struct highlights *highlights, const struct change_list *list, int64_t now_ns)
{
	if (list->count == 0)
		return;
	for (size_t i = 0; i < list->count; i++)
		if (list->changes[i].type == CHANGE_EXEC)
			highlights->count = 0;
	if (!highlights->highlights) {
		highlights->highlights =
			memory_alloc(HIGHLIGHTS_MAX * sizeof(*highlights->highlights));
		highlights->reach = memory_alloc(HIGHLIGHTS_MAX * sizeof(*highlights->reach));
	}
	drop_settled(highlights, now_ns);
	add_list(highlights, list, now_ns);
	drop_settled(highlights, now_ns);
	arrange(highlights);
}

bool highlights_expire(struct highlights *highlights, int64_t now_ns, int64_t *ret_next_ns)
{
	size_t count = highlights->count;
	int64_t next = HIGHLIGHTS_NEVER;

	drop_settled(highlights, now_ns);
	for (size_t i = 0; i < highlights->count; i++)
		if (highlights->highlights[i].until_ns < next)
			next = highlights->highlights[i].until_ns;
	if (highlights->count < count)
		set_reach(highlights);
	*ret_next_ns = next;
	return highlights->count < count;
}

/* The index of the first highlight that starts at the address or above. */
static size_t lower_bound(const struct highlights *highlights, uint64_t address)
{
	return SEARCH_FROM(highlights->highlights, highlights->count, start, address);
}

/* Takes the grown part of a highlight over, cut to the range, when it is the larger one there. */
static void take_grown(struct highlight *to, const struct highlight *highlight, uint64_t start,
		       uint64_t end)
{
	uint64_t from = highlight->from > start ? highlight->from : start;
	uint64_t until = highlight->to < end ? highlight->to : end;

	if (from < until && until - from > to->to - to->from) {
		to->from = from;
		to->to = until;
	}
}

bool highlights_find(const struct highlights *highlights, uint64_t start, uint64_t end,
		     struct highlight *ret_mark)
{
	const struct highlight *best = NULL;
	struct highlight grown = {0};

	/* No highlight before one whose reach is not above start can overlap. */
	for (size_t i = lower_bound(highlights, end); i > 0 && highlights->reach[i - 1] > start;
	     i--) {
		const struct highlight *highlight = &highlights->highlights[i - 1];

		if (highlight->end <= start)
			continue;
		if (!best || importance(highlight->type, highlight->danger) >
				     importance(best->type, best->danger))
			best = highlight;
		take_grown(&grown, highlight, start, end);
	}
	if (!best)
		return false;
	*ret_mark = *best;
	ret_mark->from = grown.from;
	ret_mark->to = grown.to;
	return true;
}
