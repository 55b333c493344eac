/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "inside/object_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "inside/elf_headers.h"
#include "inside/inside_object.h"

/*
 * The header, the sections, the names, then all strings, each with its NUL, in the order of what
 * they are names of; last the path of the debug file, empty without one.
 */
struct header {
	uint32_t section_count, name_count;
	uint32_t source, lack;
	uint32_t from_segments;
	uint32_t has_debug_path;
};

struct recorded_section {
	uint64_t start, end, flags, offset;
	uint32_t type;
	uint8_t nobits, kind;
};

struct recorded_name {
	uint64_t address, size, limit;
	uint8_t kind, reach;
	uint8_t mangled; /* the demangled name follows the name */
};

static void append_string(struct text *bytes, const char *string)
{
	text_append_bytes(bytes, string, strlen(string) + 1);
}

static void append_section(struct text *bytes, const struct inside_section *section)
{
	struct recorded_section record;

	/* Padding goes to another process, too. */
	memset(&record, 0, sizeof(record));
	record.start = section->start;
	record.end = section->end;
	record.flags = section->flags;
	record.offset = section->offset;
	record.type = section->type;
	record.nobits = section->nobits;
	record.kind = section->kind;
	text_append_bytes(bytes, (const char *)&record, sizeof(record));
}

static void append_name(struct text *bytes, const struct inside_name *name)
{
	struct recorded_name record;

	memset(&record, 0, sizeof(record));
	record.address = name->address;
	record.size = name->size;
	record.limit = name->limit;
	record.kind = name->kind;
	record.reach = name->reach;
	record.mangled = name->shown != name->name;
	text_append_bytes(bytes, (const char *)&record, sizeof(record));
}

void object_record_append(struct text *bytes, const struct inside_object *object)
{
	const struct section_list *sections = &object->sections;
	const struct symbol_list *symbols = &object->symbols;
	const struct header header = {
		.section_count = (uint32_t)sections->count,
		.name_count = (uint32_t)symbols->name_count,
		.source = object->source,
		.lack = object->lack,
		.from_segments = sections->from_segments,
		.has_debug_path = object->debug_path != NULL,
	};

	text_append_bytes(bytes, (const char *)&header, sizeof(header));
	for (size_t i = 0; i < sections->count; i++)
		append_section(bytes, &sections->sections[i]);
	for (size_t i = 0; i < symbols->name_count; i++)
		append_name(bytes, &symbols->names[i]);
	for (size_t i = 0; i < sections->count; i++)
		append_string(bytes, sections->sections[i].name);
	for (size_t i = 0; i < symbols->name_count; i++) {
		const struct inside_name *name = &symbols->names[i];

		append_string(bytes, name->name);
		if (name->shown != name->name)
			append_string(bytes, name->shown);
	}
	append_string(bytes, object->debug_path ? object->debug_path : "");
}

/* What is left to read. */
struct reading {
	const char *at, *end;
	struct inside_parts parts;
};

/* Takes size bytes off the front; false when there are fewer. */
static bool take(struct reading *reading, void *ret_bytes, size_t size)
{
	if ((size_t)(reading->end - reading->at) < size)
		return false;
	memcpy(ret_bytes, reading->at, size);
	reading->at += size;
	return true;
}

static bool take_header(struct reading *reading, struct header *ret_header)
{
	size_t left;

	if (!take(reading, ret_header, sizeof(*ret_header)))
		return false;
	/* Nothing is allocated for more than can be there. */
	left = (size_t)(reading->end - reading->at);
	return ret_header->section_count <= left / sizeof(struct recorded_section) &&
	       ret_header->name_count <= left / sizeof(struct recorded_name) &&
	       ret_header->source < INSIDE_SOURCE_COUNT && ret_header->lack < INSIDE_LACK_COUNT;
}

static bool take_sections(struct reading *reading, size_t count)
{
	struct section_list *list = &reading->parts.sections;

	list->sections = memory_alloc(count * sizeof(*list->sections));
	for (; list->count < count; list->count++) {
		struct inside_section *section = &list->sections[list->count];
		struct recorded_section record;

		if (!take(reading, &record, sizeof(record)) || record.start >= record.end ||
		    record.kind > KIND_BSS || (list->count && record.start < section[-1].end))
			return false;
		*section = (struct inside_section){
			.start = record.start,
			.end = record.end,
			.flags = record.flags,
			.offset = record.offset,
			.type = record.type,
			.nobits = record.nobits != 0,
			.kind = record.kind,
		};
	}
	return true;
}

/*
 * It ends in the section that it lies in, or takes no room, as at the end of one (_end). Generated
 * code has no sections.
 */
static bool is_limit(const struct section_list *list, const struct recorded_name *record)
{
	const struct inside_section *section = section_list_at(list, record->address);

	if (record->limit <= record->address || !list->count)
		return record->limit >= record->address;
	return section && record->limit <= section->end;
}

static bool take_names(struct reading *reading, size_t count)
{
	struct inside_parts *parts = &reading->parts;

	parts->names = memory_alloc(count * sizeof(*parts->names));
	for (; parts->name_count < count; parts->name_count++) {
		struct recorded_name record;

		if (!take(reading, &record, sizeof(record)) || record.kind >= INSIDE_SYMBOL_KINDS ||
		    record.reach > INSIDE_LOCAL || !is_limit(&parts->sections, &record))
			return false;
		parts->names[parts->name_count] = (struct inside_name){
			.address = record.address,
			.size = record.size,
			.limit = record.limit,
			.kind = record.kind,
			.reach = record.reach,
			/* Until the strings are there, something that is not NULL. */
			.shown = record.mangled ? reading->at : NULL,
		};
	}
	return true;
}

/* The next string of a copy of what is left; NULL when there is none. */
static const char *next_string(const char **at, const char *end)
{
	const char *string = *at, *nul = memchr(string, '\0', (size_t)(end - string));

	if (!nul)
		return NULL;
	*at = nul + 1;
	return string;
}

static bool take_name(struct inside_name *name, const char **at, const char *end)
{
	bool mangled = name->shown;

	name->name = next_string(at, end);
	name->shown = mangled && name->name ? next_string(at, end) : name->name;
	return name->name && *name->name && name->shown && *name->shown;
}

static bool take_strings(struct reading *reading, const struct header *header)
{
	struct inside_parts *parts = &reading->parts;
	size_t size = (size_t)(reading->end - reading->at);
	const char *at, *end, *path;

	parts->strings = memory_alloc(size + 1);
	parts->strings_size = size;
	memcpy(parts->strings, reading->at, size);
	at = parts->strings;
	end = at + size;
	for (size_t i = 0; i < parts->sections.count; i++)
		if (!(parts->sections.sections[i].name = next_string(&at, end)))
			return false;
	for (size_t i = 0; i < parts->name_count; i++)
		if (!take_name(&parts->names[i], &at, end))
			return false;
	path = next_string(&at, end);
	if (!path || at != end)
		return false;
	if (header->has_debug_path)
		parts->debug_path = memory_copy_string(path);
	return true;
}

int object_record_read(const char *bytes, size_t length, struct inside_object **ret_object)
{
	struct reading reading = {.at = bytes, .end = bytes + length};
	struct inside_parts *parts = &reading.parts;
	struct header header;

	if (!take_header(&reading, &header) || !take_sections(&reading, header.section_count) ||
	    !take_names(&reading, header.name_count) || !take_strings(&reading, &header)) {
		section_list_finish(&parts->sections);
		free(parts->names);
		free(parts->strings);
		free(parts->debug_path);
		return -EBADMSG;
	}
	parts->sections.from_segments = header.from_segments != 0;
	parts->source = (enum inside_source)header.source;
	parts->lack = (enum inside_lack)header.lack;
	*ret_object = inside_object_create(parts);
	return 0;
}
