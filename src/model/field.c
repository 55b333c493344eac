/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/field.h"

#include <errno.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "model/address_space.h"
#include "model/file_identity.h"
#include "model/identity.h"
#include "model/runtime.h"
#include "model/usage.h"

static const struct vma *mapping(const struct field_subject *subject)
{
	return &subject->space->vmas[subject->vma];
}

static bool number_pid(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = (uint64_t)subject->space->target.pid;
	return true;
}

static bool number_start(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = mapping(subject)->start;
	return true;
}

static bool number_end(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = mapping(subject)->end;
	return true;
}

static bool number_size(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = vma_size(mapping(subject));
	return true;
}

static bool number_growth(const struct field_subject *subject, uint64_t *ret_number)
{
	if (!subject->growth)
		return false;
	*ret_number = (uint64_t)identity_delta(subject->growth, subject->vma);
	return true;
}

static bool number_offset(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = mapping(subject)->offset;
	return true;
}

static bool number_inode(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = mapping(subject)->inode;
	return vma_is_numbered(mapping(subject));
}

static bool number_tid(const struct field_subject *subject, uint64_t *ret_number)
{
	*ret_number = (uint64_t)mapping(subject)->tid;
	return mapping(subject)->tid != 0;
}

static void append_time(const struct field_subject *subject, struct text *text)
{
	char time[FORMAT_TIME_LENGTH];

	text_append(text, format_time(time, subject->space->time_ns));
}

static void append_comm(const struct field_subject *subject, struct text *text)
{
	text_append(text, subject->space->target.comm);
}

static void append_flags(const struct field_subject *subject, struct text *text)
{
	uint64_t flags = subject->usage ? subject->usage->flags : TARGET_UNKNOWN;
	const char *name, *blank = "";

	if (flags == TARGET_UNKNOWN)
		return;
	for (; flags; flags &= flags - 1) {
		name = usage_flag_name((size_t)__builtin_ctzll(flags));
		if (!name)
			continue;
		text_append_format(text, "%s%s", blank, name);
		blank = " ";
	}
}

static void append_perms(const struct field_subject *subject, struct text *text)
{
	char perms[PERMS_LENGTH];

	text_append(text, vma_perms(mapping(subject), perms));
}

static void append_dev(const struct field_subject *subject, struct text *text)
{
	if (vma_is_numbered(mapping(subject)))
		text_append_format(text, "%02x:%02x", mapping(subject)->dev_major,
				   mapping(subject)->dev_minor);
}

static void append_kind(const struct field_subject *subject, struct text *text)
{
	text_append(text, kind_name(mapping(subject)->kind));
}

static void append_kind_source(const struct field_subject *subject, struct text *text)
{
	text_append(text, kind_source_name(mapping(subject)->kind_source));
}

static void append_owner(const struct field_subject *subject, struct text *text)
{
	text_append(text, owner_name(mapping(subject)->owner));
}

static void append_runtime(const struct field_subject *subject, struct text *text)
{
	if (mapping(subject)->runtime)
		text_append(text, runtime_name(mapping(subject)->runtime));
}

static void append_deleted(const struct field_subject *subject, struct text *text)
{
	text_append(text, mapping(subject)->deleted ? "true" : "false");
}

static void append_file_identity(const struct field_subject *subject, struct text *text)
{
	const char *name = file_identity_name(mapping(subject)->identity);

	if (name)
		text_append(text, name);
}

static void append_name(const struct field_subject *subject, struct text *text)
{
	text_append(text, mapping(subject)->name);
}

/* What a field is, and how it is got. */
static const struct row {
	const char *name;
	const char *help;
	enum field_type type;
	bool smaps;
	size_t usage; /* of an amount of struct usage: its offset there */
	bool (*number)(const struct field_subject *subject, uint64_t *ret_number);
	void (*append)(const struct field_subject *subject, struct text *text);
} rows[FIELD_COUNT] = {
	[FIELD_TIME] = {"time", "when the sample was taken, in UTC", FIELD_TEXT,
			.append = append_time},
	[FIELD_PID] = {"pid", "the process", FIELD_NUMBER, .number = number_pid},
	[FIELD_COMM] = {"comm", "the name of the process", FIELD_TEXT, .append = append_comm},
	[FIELD_START] = {"start", "the lowest address", FIELD_ADDRESS, .number = number_start},
	[FIELD_END] = {"end", "the address after the highest", FIELD_ADDRESS, .number = number_end},
	[FIELD_SIZE] = {"size", "bytes mapped", FIELD_BYTES, .number = number_size},
#define USAGE(member) FIELD_BYTES, .usage = offsetof(struct usage, member)
	[FIELD_RSS] = {"rss", "bytes in memory", USAGE(rss)},
	[FIELD_SWAP] = {"swap", "bytes swapped out", USAGE(swap)},
	[FIELD_HUGETLB] = {"hugetlb", "bytes in huge pages of hugetlb", USAGE(hugetlb)},
	[FIELD_PSS] = {"pss", "proportional share of rss", USAGE(pss), .smaps = true},
	[FIELD_USS] = {"uss", "bytes that no other process has", USAGE(uss), .smaps = true},
	[FIELD_PRIVATE_DIRTY] = {"private_dirty", "bytes that no other process has, written",
				 USAGE(private_dirty), .smaps = true},
	[FIELD_SHARED_DIRTY] = {"shared_dirty", "bytes that others have too, written",
				USAGE(shared_dirty), .smaps = true},
	[FIELD_REFERENCED] = {"referenced", "bytes used lately", USAGE(referenced), .smaps = true},
	[FIELD_ANONYMOUS] = {"anonymous", "bytes in memory that no file has", USAGE(anonymous),
			     .smaps = true},
	[FIELD_HUGE] = {"huge", "bytes in transparent huge pages", USAGE(huge), .smaps = true},
	[FIELD_LOCKED] = {"locked", "bytes locked in memory", USAGE(locked), .smaps = true},
#undef USAGE
	[FIELD_FLAGS] = {"flags", "VmFlags of smaps, with blanks between them", FIELD_TEXT,
			 .smaps = true, .append = append_flags},
	[FIELD_GROWTH] = {"growth", "bytes more than in the first sample", FIELD_DELTA,
			  .number = number_growth},
	[FIELD_PERMS] = {"perms", "permissions, as in maps", FIELD_TEXT, .append = append_perms},
	[FIELD_OFFSET] = {"offset", "where in the file it begins", FIELD_NUMBER,
			  .number = number_offset},
	[FIELD_DEV] = {"dev", "the device of the file, as in maps", FIELD_TEXT,
		       .append = append_dev},
	[FIELD_INODE] = {"inode", "the inode of the file", FIELD_NUMBER, .number = number_inode},
	[FIELD_KIND] = {"kind", "what it is, see KINDS", FIELD_TEXT, .append = append_kind},
	[FIELD_KIND_SOURCE] = {"kind_source", "how the kind is known", FIELD_TEXT,
			       .append = append_kind_source},
	[FIELD_OWNER] = {"owner", "program, loader, library, runtime or other", FIELD_TEXT,
			 .append = append_owner},
	[FIELD_RUNTIME] = {"runtime", "whose heap it is a piece of", FIELD_TEXT,
			   .append = append_runtime},
	[FIELD_TID] = {"tid", "the thread whose stack it is", FIELD_NUMBER, .number = number_tid},
	[FIELD_DELETED] = {"deleted", "whether the file has lost this name", FIELD_TEXT,
			   .append = append_deleted},
	[FIELD_FILE_IDENTITY] = {"file_identity", "how sure it is which file is mapped", FIELD_TEXT,
				 .append = append_file_identity},
	[FIELD_NAME] = {"name", "its name in maps", FIELD_TEXT, .append = append_name},
};

const char *field_name(enum field field)
{
	return rows[field].name;
}

enum field_type field_type(enum field field)
{
	return rows[field].type;
}

const char *field_unit(enum field field)
{
	static const char *const units[] = {
		[FIELD_TEXT] = "text",   [FIELD_ADDRESS] = "address", [FIELD_NUMBER] = "number",
		[FIELD_BYTES] = "bytes", [FIELD_DELTA] = "bytes",
	};

	return units[rows[field].type];
}

const char *field_help(enum field field)
{
	return rows[field].help;
}

bool field_needs_smaps(enum field field)
{
	return rows[field].smaps;
}

uint64_t field_of_usage(enum field field, const struct usage *usage)
{
	return *(const uint64_t *)((const char *)usage + rows[field].usage);
}

bool field_number(enum field field, const struct field_subject *subject, uint64_t *ret_number)
{
	uint64_t number;

	if (rows[field].number)
		return rows[field].number(subject, ret_number);
	number = subject->usage ? field_of_usage(field, subject->usage) : TARGET_UNKNOWN;
	if (number == TARGET_UNKNOWN)
		return false;
	*ret_number = number;
	return true;
}

void field_append(enum field field, const struct field_subject *subject, struct text *text)
{
	rows[field].append(subject, text);
}

/* The field of that name; FIELD_COUNT: there is none. */
static enum field find(const char *name, size_t length)
{
	enum field field = 0;

	while (field < FIELD_COUNT &&
	       (strlen(rows[field].name) != length || memcmp(rows[field].name, name, length) != 0))
		field++;
	return field;
}

static bool has(const struct field_list *list, enum field field)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->fields[i] == field)
			return true;
	return false;
}

int field_list_parse(const char *names, struct field_list *ret_list, const char **ret_wrong,
		     size_t *ret_length)
{
	struct field_list list = {0};

	for (;;) {
		size_t length = strcspn(names, ",");
		enum field field = find(names, length);

		if (field == FIELD_COUNT || has(&list, field)) {
			*ret_wrong = names;
			*ret_length = length;
			return -EINVAL;
		}
		list.fields[list.count++] = field;
		if (!names[length])
			break;
		names += length + 1;
	}
	*ret_list = list;
	return 0;
}

void field_list_lead(struct field_list *list, enum field field)
{
	if (has(list, field))
		return;
	memmove(list->fields + 1, list->fields, list->count * sizeof(*list->fields));
	list->fields[0] = field;
	list->count++;
}
