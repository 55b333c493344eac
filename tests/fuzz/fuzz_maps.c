/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever the bytes are, in whatever pieces they come: the list is sorted, disjoint and without
 * empty ranges, and the same as in one piece. The first byte chooses the pieces.
 */
#include "fuzz.h"

#include <string.h>

#include "files/deleted_names.h"
#include "files/scout.h"
#include "procfs/maps_parser.h"

static int parse(struct maps_parser *parser, const char *bytes, size_t length, size_t piece)
{
	int error = 0;

	maps_parser_reset(parser);
	for (size_t at = 0; !error && at < length; at += piece)
		error = maps_parser_feed(parser, bytes + at,
					 length - at < piece ? length - at : piece);
	return error ? error : maps_parser_end(parser);
}

static void check_list(const struct maps_parser *parser, size_t length)
{
	for (size_t i = 0; i < parser->count; i++) {
		const struct vma *vma = &parser->vmas[i];

		FUZZ_CHECK(vma->start < vma->end);
		FUZZ_CHECK(i == 0 || vma[-1].end <= vma->start);
		FUZZ_CHECK(strlen(vma->name) <= length);
		FUZZ_CHECK(!strchr(vma->name, '\n'));
		FUZZ_CHECK(vma->kind == 0 && vma->owner == 0 && vma->tid == 0 && !vma->deleted);
	}
}

static void check_equal(const struct maps_parser *a, const struct maps_parser *b)
{
	FUZZ_CHECK(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct vma *x = &a->vmas[i], *y = &b->vmas[i];

		FUZZ_CHECK(x->start == y->start && x->end == y->end && x->offset == y->offset);
		FUZZ_CHECK(x->inode == y->inode && x->perms == y->perms);
		FUZZ_CHECK(x->dev_major == y->dev_major && x->dev_minor == y->dev_minor);
		FUZZ_CHECK(strcmp(x->name, y->name) == 0);
	}
}

/* Without a file system to look at, what is marked as deleted is deleted. */
static void check_deleted(struct maps_parser *parser)
{
	struct deleted_names deleted = {.known = NULL};
	struct scout scout = {.errands = NULL};

	scout.directory = -1;
	deleted_names_resolve(&deleted, parser->vmas, parser->count, &scout, &parser->names);
	deleted_names_finish(&deleted);
	for (size_t i = 0; i < parser->count; i++)
		if (parser->vmas[i].deleted)
			FUZZ_CHECK(parser->vmas[i].name[0] == '/');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct maps_parser whole, pieces;
	const char *text;
	int error;

	if (length == 0)
		return 0;
	text = (const char *)bytes + 1;
	length--;
	maps_parser_init(&whole, (struct hash_key){{0}});
	maps_parser_init(&pieces, (struct hash_key){{0}});
	for (int round = 0; round < 2; round++) { /* the second one finds memory and names */
		error = parse(&whole, text, length, length + 1);
		FUZZ_CHECK(parse(&pieces, text, length, 1 + (size_t)bytes[0] % 97) == error);
		check_list(&whole, length);
		check_list(&pieces, length);
		if (!error)
			check_equal(&whole, &pieces);
		check_deleted(&whole);
	}
	maps_parser_finish(&whole);
	maps_parser_finish(&pieces);
	return 0;
}
