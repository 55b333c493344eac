/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pattern.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/usage.h"

#define ADDRESS_LENGTH 34 /* two addresses of 16 digits, a dash and a NUL */

struct query {
	struct query_term *terms;
	size_t count;
};

#define ADDRESS_BYTES "0123456789abcdef-"

/* What a pattern says of the few values that many mappings share, and of the name before. */
struct pattern_run {
	const struct pattern *pattern;
	uint64_t *steps; /* left for all matches of the query */
	bool kinds[KIND_COUNT], owners[OWNER_COUNT], perms[PERM_ALL + 1];
	bool addresses;   /* it may match those */
	const char *name; /* matched last; NULL before */
	bool name_matches;
};

int query_create(const char *line, struct query **ret_query, struct query_mistake *ret_mistake)
{
	struct query *query = memory_alloc(sizeof(*query));
	size_t at = strspn(line, " \t"), capacity = 0;
	int error = 0;

	while (line[at] && !error) {
		query->terms = memory_array_grow(query->terms, query->count, &capacity,
						 sizeof(*query->terms));
		error = query_term_read(line, &at, &query->terms[query->count], ret_mistake);
		if (!error)
			query->count++;
		at += strspn(line + at, " \t");
	}
	if (error) {
		query_destroy(query);
		return error;
	}
	*ret_query = query;
	return 0;
}

void query_destroy(struct query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->count; i++)
		query_term_finish(&query->terms[i]);
	free(query->terms);
	free(query);
}

bool query_is_empty(const struct query *query)
{
	return query->count == 0;
}

bool query_needs_usage(const struct query *query)
{
	for (size_t i = 0; i < query->count; i++)
		if (query->terms[i].field == QUERY_RSS || query->terms[i].field == QUERY_PSS ||
		    query->terms[i].field == QUERY_SWAP)
			return true;
	return false;
}

bool query_needs_smaps(const struct query *query)
{
	for (size_t i = 0; i < query->count; i++)
		if (query->terms[i].field == QUERY_PSS)
			return true;
	return false;
}

/* 1, 0 or -ELOOP. */
static int match_bytes(struct pattern_run *run, const char *bytes, size_t length)
{
	return pattern_match(run->pattern, bytes, length, run->steps);
}

static int match_string(struct pattern_run *run, const char *string)
{
	return match_bytes(run, string, strlen(string));
}

/* *matches if one of the strings does; they are few and short. */
static int match_words(struct pattern_run *run, const char *a, const char *b, bool *matches)
{
	int result = match_string(run, a);

	if (result == 0 && b)
		result = match_string(run, b);
	*matches = result > 0;
	return result < 0 ? result : 0;
}

static int match_shared_values(struct pattern_run *run)
{
	const size_t perms = sizeof(run->perms) / sizeof(run->perms[0]);
	char letters[PERMS_LENGTH];
	int error = 0;

	run->addresses = !pattern_needs_other(run->pattern, ADDRESS_BYTES);
	for (unsigned i = 0; i < KIND_COUNT && !error; i++)
		error = match_words(run, kind_name((enum kind)i), NULL, &run->kinds[i]);
	for (unsigned i = 0; i < OWNER_COUNT && !error; i++)
		error = match_words(run, owner_name((enum owner)i), NULL, &run->owners[i]);
	for (unsigned i = 0; i < perms && !error; i++)
		error = match_words(run, vma_perms(&(struct vma){.perms = (uint8_t)i}, letters),
				    NULL, &run->perms[i]);
	return error;
}

/* The name as maps has it, the file's name alone, and what a thread's stack is called. */
static int match_name(struct pattern_run *run, const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];
	const char *name = address_space_named(space, index)->name;
	const struct vma *parts;
	const char *slash;
	struct text label = {0};
	size_t count;
	int result = 0;

	/* Neighbours mostly share one pointer. */
	if (name != run->name) {
		slash = pattern_looks_back(run->pattern) ? strrchr(name, '/') : NULL;
		result = match_words(run, name, slash ? slash + 1 : NULL, &run->name_matches);
		run->name = result ? NULL : name;
	}
	if (result || run->name_matches)
		return result ? result : run->name_matches;
	parts = address_space_parts(space, index, &count);
	if (!parts) {
		parts = vma;
		count = 1;
	}
	for (size_t i = 0; i < count && !result; i++) {
		if (!parts[i].tid)
			continue;
		text_clear(&label);
		vma_append_label(&label, &parts[i]);
		result = match_bytes(run, text_string(&label), label.length);
	}
	text_finish(&label);
	return result;
}

static char *write_hex(char *to, uint64_t number)
{
	int digits = number ? (67 - __builtin_clzll(number)) / 4 : 1;

	/* maps writes eight digits at least. */
	for (digits = digits < 8 ? 8 : digits; digits > 0; digits--)
		*to++ = "0123456789abcdef"[number >> (4 * (digits - 1)) & 15];
	return to;
}

static int match_address(struct pattern_run *run, const struct vma *vma)
{
	char addresses[ADDRESS_LENGTH], *end = write_hex(addresses, vma->start);

	*end++ = '-';
	end = write_hex(end, vma->end);
	return match_bytes(run, addresses, (size_t)(end - addresses));
}

static int match_any(struct pattern_run *run, const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];
	int result;

	if (run->kinds[vma->kind] || run->owners[vma->owner] || run->perms[vma->perms])
		return 1;
	result = match_name(run, space, index);
	return result || !run->addresses ? result : match_address(run, vma);
}

static uint64_t in_memory(const struct usage_table *usage, size_t index)
{
	const struct usage found = {.rss = usage_table_field(usage, USAGE_FIELD(rss), index),
				    .hugetlb =
					    usage_table_field(usage, USAGE_FIELD(hugetlb), index)};

	return usage_in_memory(&found);
}

static uint64_t amount_of(const struct query_term *term, const struct vma *vma,
			  const struct usage_table *usage, size_t index)
{
	switch (term->field) {
	case QUERY_RSS: return in_memory(usage, index);
	case QUERY_PSS: return usage_table_field(usage, USAGE_FIELD(pss), index);
	case QUERY_SWAP: return usage_table_field(usage, USAGE_FIELD(swap), index);
	default: return vma_size(vma);
	}
}

/* 1, 0, or -ENODATA where the amount is not known. */
static int compare(const struct query_term *term, const struct vma *vma,
		   const struct usage_table *usage, size_t index)
{
	unsigned __int128 amount = amount_of(term, vma, usage, index), value = term->value;

	if (amount == TARGET_UNKNOWN)
		return -ENODATA;
	if (term->percent) {
		amount *= 100;
		value *= vma_size(vma);
	}
	switch (term->comparison) {
	case QUERY_LESS: return amount < value;
	case QUERY_LESS_EQUAL: return amount <= value;
	case QUERY_GREATER: return amount > value;
	case QUERY_GREATER_EQUAL: return amount >= value;
	default: return amount == value;
	}
}

/* Whether a stack of the thread is the mapping, or in it. */
static bool has_thread(const struct address_space *space, size_t index, uint64_t tid)
{
	const struct vma *vma = &space->vmas[index];
	size_t part_count, lodged_count;
	const struct vma *parts = address_space_parts(space, index, &part_count);
	const struct lodged_stack *lodged =
		address_space_lodged(space, vma->start, vma->end, &lodged_count);
	bool found = vma->tid && (uint64_t)vma->tid == tid;

	for (size_t i = 0; i < part_count && !found; i++)
		found = parts[i].tid && (uint64_t)parts[i].tid == tid;
	for (size_t i = 0; i < lodged_count && !found; i++)
		found = (uint64_t)lodged[i].tid == tid;
	return found;
}

/* A mapping with a stack in it has that kind, too; that stacks have guards goes without saying. */
static bool has_kind(const struct address_space *space, size_t index, unsigned kind)
{
	size_t count = 0;
	const struct vma *parts = NULL;
	bool found = space->vmas[index].kind == kind;

	if (!found && kind == KIND_THREAD_STACK)
		parts = address_space_parts(space, index, &count);
	for (size_t i = 0; i < count && !found; i++)
		found = parts[i].kind == kind;
	return found;
}

/* Whether the term, negated or not, holds for the VMA: 1, 0 or -ELOOP. */
static int match_term(const struct query_term *term, struct pattern_run *run,
		      const struct address_space *space, const struct usage_table *usage,
		      size_t index)
{
	const struct vma *vma = &space->vmas[index];
	int result;

	switch (term->field) {
	case QUERY_ANY: result = match_any(run, space, index); break;
	case QUERY_NAME: result = match_name(run, space, index); break;
	case QUERY_KIND: result = has_kind(space, index, term->choice); break;
	case QUERY_OWNER: result = vma->owner == term->choice; break;
	case QUERY_PERM:
		result = (vma->perms & term->required) == term->required &&
			 !(vma->perms & term->forbidden);
		break;
	case QUERY_TID: result = has_thread(space, index, term->value); break;
	default: result = compare(term, vma, usage, index);
	}
	if (result == -ENODATA)
		return 0;
	return result < 0 ? result : result != term->negated;
}

/* Takes out of the matches what the term does not hold for. */
static int apply_term(const struct query_term *term, const struct address_space *space,
		      const struct usage_table *usage, uint64_t *steps,
		      struct query_matches *matches)
{
	struct pattern_run run = {.pattern = term->pattern, .steps = steps};
	int error = term->field == QUERY_ANY ? match_shared_values(&run) : 0;

	for (size_t word = 0; word <= matches->vma_count / QUERY_MATCHES_WORD && !error; word++) {
		uint64_t left = matches->bits[word], out = 0;

		for (; left && !error; left &= left - 1) {
			const size_t index =
				word * QUERY_MATCHES_WORD + (size_t)__builtin_ctzll(left);
			const int result = match_term(term, &run, space, usage, index);

			if (result < 0)
				error = result;
			else if (result == 0)
				out |= left & -left;
		}
		matches->bits[word] &= ~out;
		matches->count -= (size_t)__builtin_popcountll(out);
	}
	return error;
}

int query_find(const struct query *query, const struct address_space *space,
	       const struct usage_table *usage, struct query_matches *ret_matches)
{
	uint64_t steps = PATTERN_STEPS_A_KEY;
	struct query_matches matches;
	int error = 0;

	query_matches_init(&matches, space->vma_count);
	/* What costs little first: patterns then see fewer mappings. */
	for (int patterns = 0; patterns < 2; patterns++)
		for (size_t i = 0; i < query->count && !error; i++)
			if ((query->terms[i].pattern != NULL) == patterns)
				error = apply_term(&query->terms[i], space, usage, &steps,
						   &matches);
	if (error) {
		query_matches_finish(&matches);
		return error;
	}
	*ret_matches = matches;
	return 0;
}

/* The stack of the thread that is a part of the VMA, or lodged in it; else the VMA's start. */
static uint64_t stack_address(const struct address_space *space, size_t index, uint64_t tid)
{
	const struct vma *vma = &space->vmas[index];
	size_t part_count, lodged_count;
	const struct vma *parts = address_space_parts(space, index, &part_count);
	const struct lodged_stack *lodged =
		address_space_lodged(space, vma->start, vma->end, &lodged_count);

	for (size_t i = 0; i < part_count; i++)
		if (parts[i].tid && (uint64_t)parts[i].tid == tid)
			return parts[i].start;
	for (size_t i = 0; i < lodged_count; i++)
		if ((uint64_t)lodged[i].tid == tid)
			return lodged[i].address;
	return vma->start;
}

uint64_t query_address(const struct query *query, const struct address_space *space, size_t index)
{
	for (size_t i = 0; i < query->count; i++)
		if (query->terms[i].field == QUERY_TID && !query->terms[i].negated)
			return stack_address(space, index, query->terms[i].value);
	return space->vmas[index].start;
}
