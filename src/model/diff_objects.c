/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/diff_objects.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/runtime.h"

/* The mappings of one side that are one thing. */
struct thing {
	struct diff_object object; /* its name is that of the side */
	size_t index;              /* of the object that it is; SIZE_MAX: that is not known yet */
	char *word;                /* by which it is compared; owned */
};

struct things {
	struct thing *things;
	size_t count;
	size_t *of; /* for each VMA its thing's index */
};

/* A VMA and what it is a part of. */
struct membership {
	struct diff_object object;
	const char *name;
	size_t vma;
};

static int compare_objects(const struct diff_object *a, const char *a_name,
			   const struct diff_object *b, const char *b_name)
{
	if (a->type != b->type)
		return a->type > b->type ? 1 : -1;
	if (a->kind != b->kind)
		return a->kind > b->kind ? 1 : -1;
	return strcmp(a_name, b_name);
}

static int compare_memberships(const void *a, const void *b)
{
	const struct membership *x = a, *y = b;
	int order = compare_objects(&x->object, x->name, &y->object, y->name);

	return order ? order : (x->vma > y->vma) - (x->vma < y->vma);
}

/* Stacks of threads are one thing, also where old kernels name them by the thread. */
static struct membership find_membership(const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index], *named = address_space_named(space, index);
	struct membership found = {.name = named->name, .vma = index};

	if (vma_has_file(named)) {
		found.object.type = DIFF_OBJECT_FILE;
	} else if (vma->runtime != RUNTIME_NONE) {
		found.object.type = DIFF_OBJECT_RUNTIME;
		found.name = runtime_label(vma->runtime);
	} else {
		found.object.type = DIFF_OBJECT_MEMORY;
		found.object.kind = vma->kind;
		if (!*found.name || vma->kind == KIND_THREAD_STACK)
			found.name = kind_name(vma->kind);
	}
	return found;
}

static void find_things(struct things *things, enum diff_side side,
			const struct diff_subject *subject)
{
	size_t count = subject->space->vma_count;
	struct membership *members = memory_alloc(count * sizeof(*members));

	things->of = memory_alloc(count * sizeof(*things->of));
	things->things = memory_alloc(count * sizeof(*things->things));
	things->count = 0;
	for (size_t i = 0; i < count; i++)
		members[i] = find_membership(subject->space, i);
	if (count)
		qsort(members, count, sizeof(*members), compare_memberships);
	for (size_t i = 0; i < count; i++) {
		struct thing *thing;

		if (!i || compare_objects(&members[i - 1].object, members[i - 1].name,
					  &members[i].object, members[i].name)) {
			thing = &things->things[things->count++];
			*thing = (struct thing){members[i].object, SIZE_MAX, NULL};
			thing->object.names[side] = members[i].name;
		}
		thing = &things->things[things->count - 1];
		things->of[members[i].vma] = things->count - 1;
		diff_sum_add(&thing->object.sum, side, subject, members[i].vma);
	}
	free(members);
}

/* How files are the same, the surest way first. */
enum way { WAY_PATH, WAY_NAME, WAY_NUMBERS, WAY_COUNT };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The name without its folder; for WAY_NUMBERS with a # for each number, points in it included. */
static char *make_word(const char *path, enum way way)
{
	const char *slash = strrchr(path, '/'), *at = slash ? slash + 1 : path;
	struct text word = {0};

	while (*at) {
		if (way != WAY_NUMBERS || !is_digit(*at)) {
			text_append_char(&word, *at++);
			continue;
		}
		text_append_char(&word, '#');
		while (is_digit(*at) || (*at && strchr(".-_", *at) && is_digit(at[1])))
			at++;
	}
	text_string(&word);
	return word.bytes ? word.bytes : memory_copy_string("");
}

static int compare_words(const void *a, const void *b)
{
	const struct thing *x = *(struct thing *const *)a, *y = *(struct thing *const *)b;
	int order = strcmp(x->word, y->word);

	return order ? order : (x > y) - (x < y);
}

/* The files that are not known yet, by their words. The caller frees it. */
static struct thing **collect_files(struct things *things, enum way way, size_t *ret_count)
{
	struct thing **files = memory_alloc(things->count * sizeof(struct thing *));
	size_t count = 0;

	for (size_t i = 0; i < things->count; i++) {
		struct thing *thing = &things->things[i];
		const struct diff_object *object = &thing->object;

		if (thing->index != SIZE_MAX || object->type != DIFF_OBJECT_FILE)
			continue;
		free(thing->word);
		thing->word = make_word(diff_object_name(object), way);
		files[count++] = thing;
	}
	if (count)
		qsort(files, count, sizeof(struct thing *), compare_words);
	*ret_count = count;
	return files;
}

/* Adds what the things of both sides are; either may be NULL. */
static void add_object(struct diff_objects *objects, struct thing *a, struct thing *b)
{
	struct diff_object *object = &objects->objects[objects->count];

	*object = (a ? a : b)->object;
	if (a)
		a->index = objects->count;
	if (b)
		b->index = objects->count;
	objects->count++;
	if (!a || !b)
		return;
	object->names[DIFF_B] = b->object.names[DIFF_B];
	object->sum.mappings[DIFF_B] = b->object.sum.mappings[DIFF_B];
	for (int i = 0; i < DIFF_AMOUNTS; i++)
		object->sum.amounts[i][DIFF_B] = b->object.sum.amounts[i][DIFF_B];
}

/* Those of the same path, runtime, kind and name: both lists are in that order. */
static void match_same(struct diff_objects *objects, struct things *sides)
{
	struct things *a = &sides[DIFF_A], *b = &sides[DIFF_B];

	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		const struct diff_object *x = &a->things[i].object, *y = &b->things[k].object;
		int order = compare_objects(x, diff_object_name(x), y, diff_object_name(y));

		if (order == 0)
			add_object(objects, &a->things[i], &b->things[k]);
		i += order <= 0;
		k += order >= 0;
	}
}

static void match_files(struct diff_objects *objects, struct things *sides, enum way way)
{
	size_t a_count, b_count;
	struct thing **a = collect_files(&sides[DIFF_A], way, &a_count);
	struct thing **b = collect_files(&sides[DIFF_B], way, &b_count);

	for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
		int order = strcmp(a[i]->word, b[k]->word);

		if (order == 0)
			add_object(objects, a[i], b[k]);
		i += order <= 0;
		k += order >= 0;
	}
	free(a);
	free(b);
}

static void match(struct diff_objects *objects, struct things *sides)
{
	match_same(objects, sides);
	for (int way = WAY_NAME; way < WAY_COUNT; way++)
		match_files(objects, sides, (enum way)way);
	for (int side = 0; side < DIFF_SIDES; side++)
		for (size_t i = 0; i < sides[side].count; i++)
			if (sides[side].things[i].index == SIZE_MAX)
				add_object(objects, side == DIFF_A ? &sides[side].things[i] : NULL,
					   side == DIFF_B ? &sides[side].things[i] : NULL);
}

/* An object and the place that it had. */
struct placed {
	struct diff_object object;
	size_t before;
};

static int compare_sums(const struct diff_sum *a, const struct diff_sum *b)
{
	for (int i = DIFF_SIZE; i <= DIFF_RSS; i++) {
		uint64_t x = diff_sum_distance(a, (enum diff_amount)i);
		uint64_t y = diff_sum_distance(b, (enum diff_amount)i);

		if (x != y)
			return x < y ? 1 : -1;
	}
	return 0;
}

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int order = compare_sums(&x->object.sum, &y->object.sum);

	if (order == 0)
		order = compare_objects(&x->object, diff_object_name(&x->object), &y->object,
					diff_object_name(&y->object));
	return order ? order : (x->before > y->before) - (x->before < y->before);
}

/* Puts them in order. Returns where each went; the caller frees it. */
static size_t *sort_objects(struct diff_objects *objects)
{
	struct placed *placed = memory_alloc(objects->count * sizeof(*placed));
	size_t *places = memory_alloc(objects->count * sizeof(*places));

	for (size_t i = 0; i < objects->count; i++)
		placed[i] = (struct placed){objects->objects[i], i};
	if (objects->count)
		qsort(placed, objects->count, sizeof(*placed), compare_placed);
	for (size_t i = 0; i < objects->count; i++) {
		objects->objects[i] = placed[i].object;
		places[placed[i].before] = i;
	}
	free(placed);
	return places;
}

void diff_objects_init(struct diff_objects *objects, const struct diff_subject *subjects)
{
	struct things sides[DIFF_SIDES];
	size_t *places;

	for (int side = 0; side < DIFF_SIDES; side++)
		find_things(&sides[side], (enum diff_side)side, &subjects[side]);
	*objects = (struct diff_objects){
		.objects = memory_alloc((sides[DIFF_A].count + sides[DIFF_B].count) *
					sizeof(*objects->objects))};
	match(objects, sides);
	places = sort_objects(objects);
	for (int side = 0; side < DIFF_SIDES; side++) {
		const struct things *things = &sides[side];

		objects->of[side] = things->of;
		for (size_t i = 0; i < subjects[side].space->vma_count; i++)
			things->of[i] = places[things->things[things->of[i]].index];
		for (size_t i = 0; i < things->count; i++)
			free(things->things[i].word);
		free(things->things);
	}
	free(places);
}

void diff_objects_finish(struct diff_objects *objects)
{
	free(objects->objects);
	for (int side = 0; side < DIFF_SIDES; side++)
		free(objects->of[side]);
	*objects = (struct diff_objects){0};
}

const char *diff_object_name(const struct diff_object *object)
{
	return object->names[DIFF_B] ? object->names[DIFF_B] : object->names[DIFF_A];
}
