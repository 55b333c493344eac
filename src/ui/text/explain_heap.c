/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_heap.h"

#include "base/format.h"
#include "base/text.h"
#include "inside/heap_usage.h"
#include "model/vma.h"
#include "ui/scene.h"
#include "ui/text/explanation.h"
#include "ui/text/heap_words.h"
#include "ui/text/sentence.h"

static void say_bytes(struct explanation *to, const char *label, uint64_t bytes, enum role role)
{
	char size[FORMAT_SIZE_LENGTH];

	explanation_say(to, label, format_size(size, bytes), role);
}

/* The arena whose memory begins in the mapping, or that has chunks there; NULL: none. */
static const struct heap_arena *find_arena(const struct heap_usage *heap, const struct vma *vma)
{
	size_t index = heap_usage_find(heap, vma->start);

	for (size_t i = 0; i < heap->count; i++)
		if (heap->arenas[i].start >= vma->start && heap->arenas[i].start < vma->end)
			return &heap->arenas[i];
	if (index < heap->piece_count && heap->pieces[index].start < vma->end &&
	    heap->pieces[index].use != HEAP_USE_MAPPED)
		return &heap->arenas[heap->pieces[index].arena];
	return NULL;
}

static void say_arena(struct explanation *to, const struct heap_arena *arena,
		      enum allocator allocator)
{
	struct text text = {0};

	say_bytes(to, "used", arena->used, ROLE_VALUE);
	say_bytes(to, "free", arena->free, ROLE_VALUE);
	if (allocator != ALLOCATOR_MUSL)
		say_bytes(to, "top", arena->top, ROLE_VALUE);
	if (arena->unknown)
		say_bytes(to, "unseen", arena->unknown, ROLE_MUTED);
	heap_words_append_conclusion(&text, arena, allocator);
	explanation_say(to, NULL, text_string(&text), ROLE_MUTED);
	text_finish(&text);
	explanation_say(to, NULL, NULL, ROLE_DEFAULT);
}

void explain_heap(struct explanation *to, const struct scene *scene, const struct vma *vma)
{
	const struct heap_arena *arena = scene->heap ? find_arena(scene->heap, vma) : NULL;

	if (arena)
		say_arena(to, arena, scene->heap->allocator);
}

void explain_heap_hint(struct explanation *to, const struct scene *scene, const struct vma *vma)
{
	struct text text = {0};

	/* On paper there are no keys, and in the past nothing to walk. */
	if (scene->heap || !scene->session || (vma->kind != KIND_HEAP && vma->kind != KIND_ARENA))
		return;
	sentence_append(&text, scene->keymap, SENTENCE_KEY("heap") " shows what of it is in use.");
	explanation_say(to, NULL, text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}
