/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/place_name.h"

#include <ctype.h>
#include <string.h>

#include "base/number.h"
#include "model/address_space.h"
#include "model/runtime.h"

#define THREAD_PREFIX "stack:"

/* How well a name fits; the first of those that fit equally long is meant. */
enum fit {
	FIT_WHOLE, /* a path, a name in brackets, a file's name */
	FIT_STEM,  /* a file's name up to ".so" */
	FIT_BEGINNING,
	FIT_NONE,
};

/* The names that fit best so far. */
struct seeking {
	const char *bytes, *end;
	enum fit fit;
	struct place_name *name;
};

bool place_name_ends_at(const char *at, const char *end)
{
	return at >= end || *at == '+' || *at == '-' || *at == ' ';
}

/* The lowest mapping of a kind. */
static bool find_kind(const struct address_space *space, enum kind kind, uint64_t *ret_address)
{
	for (size_t i = 0; i < space->vma_count; i++) {
		if (space->vmas[i].kind != kind)
			continue;
		*ret_address = space->vmas[i].start;
		return true;
	}
	return false;
}

static bool find_owner(const struct address_space *space, enum owner owner, uint64_t *ret_address)
{
	for (size_t i = 0; i < space->vma_count; i++) {
		if (space->vmas[i].owner != owner || !vma_has_file(&space->vmas[i]))
			continue;
		*ret_address = space->vmas[i].start;
		return true;
	}
	return false;
}

/* Where a program without a brk heap has its objects: a runtime's heap, or memory that mmap gave.
 */
static bool is_other_heap(const struct vma *vma, bool of_runtime)
{
	if (of_runtime)
		return runtime_is_heap(vma->runtime) && (vma->perms & PERM_ACCESS);
	return vma->kind == KIND_ANON && (vma->perms & PERM_WRITE);
}

static bool find_other_heap(const struct address_space *space, bool of_runtime,
			    uint64_t *ret_address)
{
	const struct vma *largest = NULL;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];

		if (is_other_heap(vma, of_runtime) &&
		    (!largest || vma_size(vma) > vma_size(largest)))
			largest = vma;
	}
	if (largest)
		*ret_address = largest->start;
	return largest;
}

static bool find_heap(const struct address_space *space, uint64_t *ret_address)
{
	return find_kind(space, KIND_HEAP, ret_address) ||
	       find_other_heap(space, true, ret_address) ||
	       find_other_heap(space, false, ret_address);
}

static bool find_stack(const struct address_space *space, uint64_t *ret_address)
{
	return find_kind(space, KIND_STACK, ret_address);
}

static bool find_program(const struct address_space *space, uint64_t *ret_address)
{
	return find_owner(space, OWNER_PROGRAM, ret_address);
}

static bool find_loader(const struct address_space *space, uint64_t *ret_address)
{
	return find_owner(space, OWNER_LOADER, ret_address);
}

/* Before the first brk(2) there is no heap, and the break is where it will begin. */
static bool find_break(const struct address_space *space, uint64_t *ret_address)
{
	for (size_t i = space->vma_count; i > 0; i--) {
		if (space->vmas[i - 1].kind != KIND_HEAP)
			continue;
		*ret_address = space->vmas[i - 1].end;
		return true;
	}
	if (space->target.start_brk == 0)
		return false;
	*ret_address = space->target.start_brk;
	return true;
}

static const struct {
	const char *word;
	bool (*find)(const struct address_space *space, uint64_t *ret_address);
} words[] = {
	{"heap", find_heap},     {"stack", find_stack}, {"program", find_program},
	{"loader", find_loader}, {"brk", find_break},
};

const char *place_name_word(size_t index)
{
	return index < sizeof(words) / sizeof(words[0]) ? words[index].word : NULL;
}

/* The length of the word if the expression begins with it; 0 when it does not. */
static size_t begins_with(const struct seeking *seeking, const char *word)
{
	size_t length = strlen(word), room = (size_t)(seeking->end - seeking->bytes);

	if (length > room || memcmp(word, seeking->bytes, length) != 0 ||
	    !place_name_ends_at(seeking->bytes + length, seeking->end))
		return 0;
	return length;
}

static void seek_words(const struct address_space *space, struct seeking *seeking)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = begins_with(seeking, words[i].word);

		if (!length)
			continue;
		seeking->fit = FIT_WHOLE;
		seeking->name->length = length;
		seeking->name->absent = !words[i].find(space, &seeking->name->address);
	}
}

/* The program's own mapping of the kind goes before others, and the largest before the rest. */
static bool find_of_kind(const struct address_space *space, enum kind kind, uint64_t *ret_address)
{
	const struct vma *found = NULL;

	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		bool own = vma->owner == OWNER_PROGRAM;

		if (vma->kind != kind)
			continue;
		if (!found || own > (found->owner == OWNER_PROGRAM) ||
		    (own == (found->owner == OWNER_PROGRAM) && vma_size(vma) > vma_size(found)))
			found = vma;
	}
	if (found)
		*ret_address = found->start;
	return found;
}

/* "data", "guard", "anon": the names of kinds, but those that are words above. */
static void seek_kinds(const struct address_space *space, struct seeking *seeking)
{
	for (unsigned kind = 0; kind < KIND_GAP; kind++) {
		size_t length = begins_with(seeking, kind_name((enum kind)kind));

		/* "thread-stack" begins as a word with an offset does. */
		if (!length || (seeking->fit == FIT_WHOLE && length <= seeking->name->length))
			continue;
		seeking->fit = FIT_WHOLE;
		seeking->name->length = length;
		seeking->name->absent =
			!find_of_kind(space, (enum kind)kind, &seeking->name->address);
	}
}

static bool is_own_stack(const struct vma *vma, uint64_t tid)
{
	return (uint64_t)vma->tid == tid && !vma->alternate;
}

/* The stack that the thread was made with. */
static bool find_own_stack(const struct address_space *space, uint64_t tid, uint64_t *ret_address)
{
	for (size_t i = 0; i < space->part_count; i++)
		if (is_own_stack(&space->parts[i], tid)) {
			*ret_address = space->parts[i].start;
			return true;
		}
	for (size_t i = 0; i < space->vma_count; i++)
		if (is_own_stack(&space->vmas[i], tid)) {
			*ret_address = space->vmas[i].start;
			return true;
		}
	return false;
}

/* A stack of which only one address is known, its own before others; else one of signals. */
static bool find_other_stack(const struct address_space *space, uint64_t tid, uint64_t *ret_address)
{
	const struct lodged_stack *found = NULL;

	for (size_t i = 0; i < space->lodged_count; i++)
		if ((uint64_t)space->lodged[i].tid == tid && (!found || found->alternate))
			found = &space->lodged[i];
	if (found) {
		*ret_address = found->address;
		return true;
	}
	for (size_t i = 0; i < space->part_count + space->vma_count; i++) {
		const struct vma *vma = i < space->part_count ? &space->parts[i]
							      : &space->vmas[i - space->part_count];

		if ((uint64_t)vma->tid != tid)
			continue;
		*ret_address = vma->start;
		return true;
	}
	return false;
}

/* "stack:4711": the stack of that thread; the main one's for the process's own number. */
static void seek_thread(const struct address_space *space, struct seeking *seeking)
{
	const size_t prefix = sizeof(THREAD_PREFIX) - 1;
	struct place_name *name = seeking->name;
	const char *cursor = seeking->bytes + prefix;
	uint64_t tid;

	if ((size_t)(seeking->end - seeking->bytes) <= prefix ||
	    memcmp(seeking->bytes, THREAD_PREFIX, prefix) != 0 ||
	    number_scan(&cursor, seeking->end, 10, &tid) ||
	    !place_name_ends_at(cursor, seeking->end))
		return;
	seeking->fit = FIT_WHOLE;
	name->length = (size_t)(cursor - seeking->bytes);
	if (tid == (uint64_t)space->target.pid && find_stack(space, &name->address))
		return;
	name->absent = tid == 0 || (!find_own_stack(space, tid, &name->address) &&
				    !find_other_stack(space, tid, &name->address));
}

/* Two mappings of one thing: of a file, or with one name and no file. */
static bool is_same_thing(const struct vma *a, const struct vma *b)
{
	return vma_same_file(a, b) || (!a->inode && !b->inode && !strcmp(a->name, b->name));
}

static void take(struct seeking *seeking, const struct vma *vma, enum fit fit, size_t length)
{
	struct place_name *name = seeking->name;
	bool weaker = fit == FIT_BEGINNING && seeking->fit < FIT_BEGINNING;
	bool stronger = fit < FIT_BEGINNING && seeking->fit == FIT_BEGINNING;

	if (length == 0 || weaker)
		return;
	if (!stronger && seeking->fit != FIT_NONE &&
	    (length < name->length || (length == name->length && fit > seeking->fit)))
		return;
	if (stronger || seeking->fit == FIT_NONE || length > name->length || fit < seeking->fit) {
		*name = (struct place_name){.length = length, .address = vma->start};
		seeking->fit = fit;
	} else if (name->meant_count == 0) {
		return; /* a word or a thread, which come before files */
	}
	for (size_t i = 0; i < name->meant_count; i++)
		if (is_same_thing(name->meant[i], vma))
			return;
	if (name->meant_count < PLACE_MEANT_MAX)
		name->meant[name->meant_count++] = vma;
	else
		name->meant_more = true;
}

/* How many bytes the expression and the name have in common at their beginning. */
static size_t common_length(const struct seeking *seeking, const char *name, size_t length)
{
	size_t room = (size_t)(seeking->end - seeking->bytes), i = 0;

	while (i < room && i < length && seeking->bytes[i] == name[i])
		i++;
	return i;
}

/* Whether the bytes from ".so" on are that and a version, or nothing more. */
static bool is_library_suffix(const char *rest)
{
	if (strncmp(rest, ".so", 3) != 0)
		return false;
	return rest[3] == '\0' || (rest[3] == '.' && isdigit((unsigned char)rest[4]));
}

/* A name of a mapping, whole or its beginning. */
static void seek_name(struct seeking *seeking, const struct vma *vma, const char *name,
		      size_t length, bool beginning)
{
	size_t common = common_length(seeking, name, length);

	if (common == length && place_name_ends_at(seeking->bytes + common, seeking->end)) {
		take(seeking, vma, FIT_WHOLE, common);
		return;
	}
	while (common > 0 && !place_name_ends_at(seeking->bytes + common, seeking->end))
		common--;
	/* Of a name with signs in it the part before one is common, too. */
	if (common > 0 && is_library_suffix(name + common))
		take(seeking, vma, FIT_STEM, common);
	else if (beginning)
		take(seeking, vma, FIT_BEGINNING, common);
}

static void seek_mapping(struct seeking *seeking, const struct vma *vma)
{
	const char *slash = strrchr(vma->name, '/');
	size_t length = strlen(vma->name);

	if (vma->name[0] == '[') {
		seek_name(seeking, vma, vma->name, length, false);
		if (length > 2 && vma->name[length - 1] == ']')
			seek_name(seeking, vma, vma->name + 1, length - 2, false);
	} else if (vma->name[0] == '/') {
		seek_name(seeking, vma, vma->name, length, false);
		seek_name(seeking, vma, slash + 1, strlen(slash + 1), true);
	}
}

void place_name_find(const struct address_space *space, const char *bytes, size_t length,
		     struct place_name *ret_name)
{
	struct seeking seeking = {bytes, bytes + length, FIT_NONE, ret_name};

	*ret_name = (struct place_name){0};
	seek_words(space, &seeking);
	seek_kinds(space, &seeking);
	seek_thread(space, &seeking);
	for (size_t i = 0; i < space->vma_count; i++)
		/* Neighbours mostly are of one file and share one name. */
		if (i == 0 || space->vmas[i].name != space->vmas[i - 1].name ||
		    space->vmas[i].inode != space->vmas[i - 1].inode)
			seek_mapping(&seeking, &space->vmas[i]);
	ret_name->beginning = seeking.fit == FIT_BEGINNING;
}
